"""``dead``: what could not be delivered is listed, looked at, tried again and given up."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.workspace import find_workspace
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import SqliteJournal
from prx_dingtalk_router.delivery.dispatch.incoming import to_carry_out, undecided
from prx_dingtalk_router.delivery.journal import (
    Ended,
    EntryKey,
    Lane,
    StepChanged,
    StepRecord,
    StepRef,
    TurnChanged,
    TurnRecord,
)
from prx_dingtalk_router.language import check_rules
from prx_dingtalk_router.matching import Baseline, Router
from prx_dingtalk_router.message import read_message

RULES = """language 1

rule vpn
  when text contains "vpn"
  then agent helpdesk

rule payroll
  when text contains "工资"
  then reply "收到"
  then agent hr

otherwise reply "您好，{{ sender.name }}"
"""
FINGERPRINT = re.compile(r"\b[0-9a-f]{12}\b")
AT = 1788200002000
UNREACHABLE = text("delivery.unreachable")
EXPIRED = text("delivery.webhook-expired")
REFUSED = text("delivery.reply-refused", code=300001, said=text("delivery.said", words="robot 不存在"))
DEAD: tuple[tuple[str, str, str, Text], ...] = (
    ("m1", "my vpn is broken", "helpdesk", UNREACHABLE),
    ("m2", "工资条", "hr", EXPIRED),
    ("m3", "vpn again", "helpdesk", REFUSED),
)


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def journal(
    tmp_path: Path, write: Callable[..., Path], configuration: Path, callback: Callable[..., dict[str, Any]]
) -> Path:
    """A journal in which three messages are dead, each with its turn, and one is done."""
    write("rules/main.rules", RULES)
    with configuration.open("a") as file:
        file.write(
            '[agents.hr]\nurl = "http://127.0.0.1:16831"\n[journal]\nretention = "3600d"\n[admin]\nlisten = "127.0.0.1:1"\n'
        )

    async def store() -> None:
        workspace = find_workspace(None, None)
        rules = check_rules(Path("rules"), workspace.context()).rules
        assert rules is not None
        assert workspace.settings is not None
        decide = Router(rules, Baseline.of(workspace.settings)).decide
        kept = SqliteJournal(tmp_path / "prx-router.db", retention=1e9)
        await kept.claim()
        for msg_id, said, agent, reason in (*DEAD, ("m4", "hi", "", None)):
            message = read_message(callback(said, msgId=msg_id), received_ms=AT, client_id="ding1abc")
            (stored,) = await kept.store([to_carry_out(decide(message), "{}")], AT)
            entry = stored.entry
            assert entry is not None
            if reason is None:
                await kept.apply(entry, [Ended("done", None, AT)])
                continue
            ref = StepRef.of(entry.decision.steps[-1])
            turn = TurnRecord(ref, Lane(agent, "s"), "k", b"{}", AT + 1000, failure=reason, at_ms=AT + 9000)
            failed = StepRecord("failed", failure=reason, begun_at_ms=AT, at_ms=AT + 9000)
            entry = await kept.apply(entry, [TurnChanged(turn), StepChanged(ref, failed)])
            assert entry is not None
            await kept.apply(entry, [Ended("dead", reason, AT + 10_000)])
        await kept.close()

    asyncio.run(store())
    return tmp_path / "prx-router.db"


def states(journal: Path) -> dict[str, str]:
    """How each message is."""

    async def read() -> dict[str, str]:
        kept = SqliteJournal(journal, retention=1e9)
        await kept.claim()
        found = {each: await kept.get(EntryKey("ding1abc", each)) for each in ("m1", "m2", "m3", "m4")}
        await kept.close()
        return {name: entry.state for name, entry in found.items() if entry is not None}

    return asyncio.run(read())


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_and_a_letter_are_told(
    invoke: Callable[..., Any], language: str, snapshot: SnapshotAssertion
) -> None:
    """One line a letter and the reasons counted, with what can be done; of one letter every step and attempt."""
    listed = invoke("dead", "list", "--lang", language)
    shown = invoke("dead", "show", "m3", "--lang", language)
    assert (listed.code, listed.err, shown.code, shown.err) == (0, "", 0, "")
    assert "robot 不存在" in shown.out  # the service's own words
    assert listed.out == snapshot
    assert FINGERPRINT.sub("<rules>", shown.out) == snapshot


@pytest.mark.usefixtures("journal")
def test_letters_are_chosen_by_agent_reason_and_time(invoke: Callable[..., Any]) -> None:
    """A reason by its name or by words of its sentence, in the language of the command or the other."""

    def found(*arguments: str) -> list[str]:
        return [each["msg_id"] for each in invoke("dead", "list", "--json", *arguments).documents]

    assert found() == ["m1", "m2", "m3"]
    assert found("--agent", "helpdesk") == ["m1", "m3"]
    assert found("--reason", "webhook-expired") == ["m2"]
    assert found("--reason", "CANNOT be reached") == ["m1"]
    assert found("--reason", "联系不上") == ["m1"]
    assert found("--reason", "robot 不存在", "--agent", "helpdesk") == ["m3"]
    died_minutes_ago = (time.time_ns() // 1_000_000 - AT - 10_000) // 60_000
    assert found("--since", f"{died_minutes_ago + 2}m") == ["m1", "m2", "m3"]
    assert found("--since", f"{died_minutes_ago - 2}m") == []


@pytest.mark.usefixtures("journal")
def test_json_has_what_a_script_needs(invoke: Callable[..., Any]) -> None:
    """The account of the message, the name of its reason, what can be done, and its agents."""
    (told,) = invoke("dead", "show", "m2", "--json").documents
    assert (told["state"], told["reason_name"], told["agents"]) == ("dead", "webhook-expired", ["hr"])
    assert told["finished_at"] == "2026-08-31T18:13:32.000Z"
    assert "write again" in told["remedy"]
    assert [step["fate"] for step in told["steps"]] == ["skipped", "failed"]


def test_without_a_router_they_are_changed_in_the_file(invoke: Callable[..., Any], journal: Path) -> None:
    """By their ids, or by a filter that is confirmed; what is not there fails the command, and the others are changed."""
    told = invoke("dead", "retry", "m1", "m4", "m9")
    assert (told.code, "queued again: 1" in told.out) == (1, True)
    assert told.out.count("there is no such dead message") == 2
    assert "next start" in told.err
    assert states(journal) == {"m1": "queued", "m2": "dead", "m3": "dead", "m4": "done"}
    told = invoke("dead", "drop", "--agent", "helpdesk", "--yes", "--json")
    assert (told.code, told.documents) == (
        0,
        [{"done": [{"robot": "ding1abc", "msg_id": "m3"}], "refused": []}],
    )
    assert states(journal) == {"m1": "queued", "m2": "dead", "m3": "dropped", "m4": "done"}


def test_what_was_never_decided_waits_for_a_router(
    invoke: Callable[..., Any], journal: Path, callback: Callable[..., dict[str, Any]]
) -> None:
    """Without one nobody can decide: it stays dead, and that is said."""

    async def store() -> None:
        kept = SqliteJournal(journal, retention=1e9)
        await kept.claim()
        message = read_message(callback("x", msgId="m5"), received_ms=AT, client_id="ding1abc")
        await kept.store([undecided(Decision(message, "sha256:0", None))], AT)
        await kept.close()

    asyncio.run(store())
    told = invoke("dead", "retry", "m5")
    assert (told.code, "only a router that runs can decide it" in told.out) == (1, True)
    assert [each["msg_id"] for each in invoke("dead", "list", "--json").documents][-1] == "m5"


def test_a_filter_without_a_terminal_wants_yes(invoke: Callable[..., Any], journal: Path) -> None:
    """It says how many it found, and changes nothing."""
    told = invoke("dead", "drop", "--all")
    assert (told.code, "found: 3" in told.err) == (2, True)
    assert set(states(journal).values()) == {"dead", "done"}


@pytest.mark.usefixtures("journal")
def test_on_a_terminal_a_person_is_asked(on_terminal: Callable[..., Any]) -> None:
    """With the reasons counted; without an answer nothing happens."""
    told = on_terminal("dead", "drop", "--reason", "unreachable", typed="n\n", DINGTALK_CLIENT_SECRET="s")
    assert (told.code, "Give them up (1)?" in told.out, "given up:" in told.out) == (1, True, False)
    told = on_terminal("dead", "drop", "--reason", "unreachable", typed="y\n", DINGTALK_CLIENT_SECRET="s")
    assert (told.code, "given up: 1" in told.out) == (0, True)


def test_beside_a_router_that_does_not_answer_nothing_is_changed(
    invoke: Callable[..., Any], journal: Path
) -> None:
    """Whoever holds the journal is asked; when it does not answer, that is said."""

    async def beside() -> Any:
        held = SqliteJournal(journal, retention=1e9)
        await held.claim()
        try:
            return await asyncio.to_thread(invoke, "dead", "retry", "m1")
        finally:
            await held.close()

    told = asyncio.run(beside())
    assert (told.code, "no router answers" in told.err) == (2, True)
    assert states(journal)["m1"] == "dead"


@pytest.mark.parametrize("arguments", [(), ("m1", "--all"), ("--since", "often")])
@pytest.mark.usefixtures("journal")
def test_what_is_meant_must_be_clear(invoke: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    """Ids or a filter, and one of them."""
    assert invoke("dead", "drop", *arguments).code == 2


def test_without_letters_that_is_said(invoke: Callable[..., Any], configuration: Path) -> None:
    """Before the first run, too; a list of none is no mistake, an id that is not there is one."""
    told = invoke("dead", "list")
    assert (told.code, told.out, "no such dead letters" in told.err) == (0, "", True)
    assert invoke("dead", "list", "--json").out == ""
    assert invoke("dead", "drop", "--all", "--yes").code == 0
    assert invoke("dead", "show", "m1").code == 1
    assert invoke("dead", "drop", "m1").code == 1
    configuration.unlink()
    assert invoke("dead", "list").code == 2
