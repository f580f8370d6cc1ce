"""``why``: what became of a message, from the journal."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.workspace import find_workspace
from prx_dingtalk_router.delivery import SqliteJournal
from prx_dingtalk_router.delivery.dispatch.incoming import to_carry_out
from prx_dingtalk_router.delivery.journal import (
    Change,
    Ended,
    Lane,
    Retried,
    StepChanged,
    StepRecord,
    StepRef,
    TurnChanged,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.sqlite.lock import JournalLock
from prx_dingtalk_router.language import check_rules
from prx_dingtalk_router.matching import Baseline, Router
from prx_dingtalk_router.message import read_message
from prx_dingtalk_router.service.reload.boot import boot
from prx_dingtalk_router.service.reload.build import Origin
from prx_dingtalk_router.service.reload.kept_sets import KeptSets
from prx_dingtalk_router.settings.kept_configuration import state_folder

RULES = """language 1

rule greeted
  when text is "hello"
  then reply "hi"

rule noted
  when text contains "VPN"
  then reply "noted"
  then next

rule vpn "VPN trouble"
  when text contains "vpn"
  then agent helpdesk
  else reply "稍后再试"

otherwise reply "您好，{{ sender.name }}"
"""
AT = 1788200002000
FINGERPRINT = re.compile(r"\b[0-9a-f]{12}\b")

Happened = list[list[Change]]


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def happened(
    tmp_path: Path, write: Callable[..., Path], configuration: Path, callback: Callable[..., dict[str, Any]]
) -> Callable[..., None]:
    """Stores messages as the router decides them, and what happened to each."""
    write("rules/main.rules", RULES)
    configuration.write_text(configuration.read_text().replace('["*"]', '["u1003", "u1004"]'))

    async def store(at_ms: int, *said: tuple[dict[str, Any], Happened]) -> None:
        workspace = find_workspace(None, None)
        rules = check_rules(Path("rules"), workspace.context()).rules
        assert rules is not None
        assert workspace.settings is not None
        decide = Router(rules, Baseline.of(workspace.settings)).decide
        journal = SqliteJournal(tmp_path / "prx-router.db", retention=1e9)
        await journal.claim()
        for fields, changes in said:
            message = read_message(callback(**fields), received_ms=at_ms)
            (stored,) = await journal.store([to_carry_out(decide(message), "{}")], at_ms)
            entry = stored.entry
            for group in changes:
                assert entry is not None
                entry = await journal.apply(entry, group)
        await journal.close()
        (tmp_path / "prx-router.db.lock").unlink()  # it names this process, which lives on

    def stored(*said: tuple[dict[str, Any], Happened], at_ms: int = AT) -> None:
        asyncio.run(store(at_ms, *said))

    return stored


def step(rule: str, position: str, state: Any, begun: int, ended: int, **fields: Any) -> StepChanged:
    """A step with its times, in milliseconds after the message came."""
    record = StepRecord(state, begun_at_ms=AT + begun, at_ms=AT + ended, **fields)
    return StepChanged(StepRef(rule, position), record)


TURN = TurnRecord(
    StepRef("vpn", "1"),
    Lane("helpdesk", "dingtalk:ding1abc:private:cid1"),
    "k",
    b"",
    AT + 1000,
    state="not-started",
    failure=text("delivery.unreachable"),
    at_ms=AT + 16_000,
)
FAILED = [
    [step("noted", "1", "performed", 0, 200, route="webhook")],
    [TurnChanged(TURN), step("vpn", "1", "failed", 900, 16_100, failure=text("delivery.unreachable"))],
    [step("vpn", "1.1", "performed", 16_200, 16_400, route="api"), Ended("done", None, AT + 16_400)],
]
VPN = {"text": "my VPN is broken", "msgId": "m1"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_message_is_told_from_its_sender_to_its_end(
    invoke: Callable[..., Any], happened: Callable[..., None], language: str, snapshot: SnapshotAssertion
) -> None:
    """Who and where, the rule and the rules, each step and attempt with its times, what to do, and why it was that rule."""
    happened((VPN, FAILED))
    told = invoke("why", "m1", "--lang", language)
    assert (told.code, told.err) == (0, "")
    assert FINGERPRINT.sub("<rules>", told.out) == snapshot


@pytest.mark.parametrize("language", ["zh", "en"])
def test_how_it_failed_before_it_was_tried_again_stays(
    invoke: Callable[..., Any], happened: Callable[..., None], language: str, snapshot: SnapshotAssertion
) -> None:
    """Each earlier try with its reason, and the steps that were not done, as text and as JSON."""
    refused = step("vpn", "1.1", "failed", 16_200, 16_400, route="api", failure=text("delivery.undecided"))
    died = Ended("dead", text("delivery.unreachable"), AT + 16_400)
    happened((VPN, [*FAILED[:2], [refused, died], [Retried()]]))
    told = invoke("why", "m1", "--lang", language)
    (document,) = invoke("why", "m1", "--json", "--lang", language).documents
    became, _, _ = told.out.partition(text("cli.why.because").render(language))
    assert (FINGERPRINT.sub("<rules>", became), document["earlier"]) == snapshot


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_under_way_says_what_it_waits_for(
    invoke: Callable[..., Any], happened: Callable[..., None], language: str, snapshot: SnapshotAssertion
) -> None:
    """One is at its agent, the next of that session behind it, one held back by its conversation, one dead, one not admitted."""
    working = replace(TURN, state="accepted", failure=None, job_id="job-7", at_ms=0)
    held_back = [step("otherwise", "1", "sending", 0, 100, parts=1, due_at_ms=AT + 60_000)]
    dead = Ended("dead", text("delivery.unreachable"), AT + 3000)
    told_sender = step("vpn", "failed", "performed", 3000, 3100)
    group = {"conversationId": "c3", "conversationType": "2", "conversationTitle": "IT", "isInAtList": True}
    happened(
        (VPN, [[step("vpn", "1", "sending", 900, 900), TurnChanged(working)]]),
        ({**VPN, "msgId": "m2"}, []),
        ({"text": "谁在", "msgId": "m3", **group}, [held_back]),
        (
            {"text": "vpn", "msgId": "m4", "senderStaffId": "u1004", "conversationId": "c2"},
            [[told_sender, dead]],
        ),
        ({"text": "让我进来", "msgId": "m5", "senderStaffId": "u9", "senderNick": "李雷"}, []),
        ({"text": "外人", "msgId": "m6", "senderStaffId": "", "senderId": "$:9"}, []),
    )
    since = f"{(time.time_ns() // 1_000_000 - AT) // 60_000 + 2}m"
    told = invoke("why", "--since", since, "--lang", language)
    assert (told.code, "prx-router run" in told.err) == (0, True)  # as no router holds the journal
    assert FINGERPRINT.sub("<rules>", told.out) == snapshot


def test_beside_a_router_nothing_is_said_of_a_start(
    invoke: Callable[..., Any], happened: Callable[..., None], tmp_path: Path
) -> None:
    """What waits is in its hands."""
    happened((VPN, []))
    lock = JournalLock(tmp_path / "prx-router.db")
    lock.acquire()
    told = invoke("why", "m1")
    lock.release()
    assert (told.code, told.err) == (0, "")


def test_a_person_is_found_by_id_or_by_a_part_of_their_name(
    invoke: Callable[..., Any], happened: Callable[..., None]
) -> None:
    """Within the time that is asked about, an hour where none is; case does not matter."""
    now = time.time_ns() // 1_000_000
    happened((VPN, []), at_ms=now - 7_200_000)
    happened(
        ({**VPN, "msgId": "m2"}, []),
        ({**VPN, "msgId": "m3", "senderStaffId": "u9", "senderNick": "Li Lei"}, []),
        at_ms=now,
    )

    def found(*arguments: str) -> list[str]:
        return [each["msg_id"] for each in invoke("why", "--json", *arguments).documents]

    assert found() == ["m2", "m3"]
    assert found("--from", "u1003") == ["m2"]
    assert found("--from", "u1003", "--since", "3h") == ["m1", "m2"]
    assert found("--from", "li l") == ["m3"]


def test_json_is_one_document_a_message(invoke: Callable[..., Any], happened: Callable[..., None]) -> None:
    """With times in UTC, every step with its attempts, and the trace of the rules."""
    happened((VPN, FAILED))
    (told,) = invoke("why", "m1", "--json").documents
    assert (told["msg_id"], told["by"], told["via"], told["state"]) == ("m1", "vpn", ["noted"], "done")
    assert (told["stored_at"], told["finished_at"]) == (
        "2026-08-31T18:13:22.000Z",
        "2026-08-31T18:13:38.400Z",
    )
    noted, asked = told["steps"]
    assert (noted["fate"], noted["route"]) == ("performed", "webhook")
    assert (asked["agent"], asked["fate"], asked["else"][0]["fate"]) == ("helpdesk", "failed", "performed")
    (attempt,) = asked["attempts"]
    assert (attempt["state"], attempt["ended_at"]) == ("not-started", "2026-08-31T18:13:38.000Z")
    assert [(rule["rule"], rule["held"]) for rule in told["trace"]] == [
        ("greeted", False),
        ("noted", True),
        ("vpn", True),
    ]
    assert told["unexplained"] is None


def test_where_the_rules_have_changed_that_is_said(
    invoke: Callable[..., Any], happened: Callable[..., None], write: Callable[..., Path]
) -> None:
    """A decision is not explained by rules that did not make it, nor by none; a changed allow list is remarked."""
    happened((VPN, []))
    write("rules/main.rules", RULES.replace("hello", "good morning"))
    told = invoke("why", "m1")
    assert told.code == 0
    assert "are not kept any more (now " in told.out
    write("rules/main.rules", "rule")
    assert "the rules have errors, and those of that time" in invoke("why", "m1").out
    write("rules/main.rules", RULES)
    config = Path("prx-router.toml")
    config.write_text(config.read_text().replace("u1003", "u7"))
    told = invoke("why", "m1")
    assert "are not kept any more" not in told.out
    assert "the configuration was changed" in told.out


def test_rules_that_the_router_keeps_still_explain(
    invoke: Callable[..., Any],
    happened: Callable[..., None],
    write: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of sets that were in force the router has the sources, so what they decided is explained when the files have changed."""
    monkeypatch.setenv("DINGTALK_CLIENT_SECRET", "s3cr3t")
    happened((VPN, []))
    settings = find_workspace(None, None).settings
    assert settings is not None
    folder = state_folder(settings.journal)
    assert folder is not None
    kept = KeptSets(folder)
    start = boot(settings, Origin(), kept)
    assert start is not None
    kept.add(start.record, start.built)
    write("rules/main.rules", "language 1\n")
    told = invoke("why", "m1")
    assert "why, by the rules of that time:" in told.out
    assert "because the text contains “vpn”" in told.out


def test_what_is_not_there_is_said_and_fails(
    invoke: Callable[..., Any], happened: Callable[..., None]
) -> None:
    """With 1, and what may be the reason; wrong use with 2."""
    happened((VPN, []))
    told = invoke("why", "m9")
    assert (told.code, told.out) == (1, "")
    assert "the journal has no m9" in told.err
    told = invoke("why", "--from", "nobody", "--since", "5m")
    assert (told.code, told.out) == (1, "")
    assert "no such message within 5m" in told.err
    assert invoke("why", "m1", "--since", "5m").code == 2
    assert invoke("why", "--since", "often").code == 2


def test_without_a_journal_there_is_nothing_to_tell(invoke: Callable[..., Any], configuration: Path) -> None:
    """Neither before the first run nor for a journal in memory."""
    assert "there is no journal" in invoke("why").err
    with configuration.open("a") as file:
        file.write('[journal]\nurl = "memory:"\n')
    told = invoke("why")
    assert (told.code, "in memory only" in told.err) == (2, True)
