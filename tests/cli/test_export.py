"""``export`` and ``replay --journal``: what the journal recorded, out again."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import NewEntry, SqliteJournal
from prx_dingtalk_router.message import read_message

WEBHOOK = "https://oapi.dingtalk.com/robot/sendBySession?session=s3cr3t"
DAY_MS = 86_400_000


def stored(path: Path, *callbacks: tuple[dict[str, Any] | str, int]) -> None:
    """Record callbacks, each with how many days ago."""

    async def store() -> None:
        journal = SqliteJournal(path, retention=1e9)
        await journal.claim()
        now = time.time_ns() // 1_000_000
        for callback, days in callbacks:
            raw = callback if isinstance(callback, str) else json.dumps(callback, ensure_ascii=False)
            message = read_message(json.loads(raw), received_ms=now)
            await journal.store([NewEntry(Decision(message, "sha256:0", "r"), raw)], now - days * DAY_MS)
        await journal.close()

    asyncio.run(store())


@pytest.fixture
def recorded(
    tmp_path: Path, configuration: Path, sound: Path, callback: Callable[..., dict[str, Any]]
) -> list[dict[str, Any]]:
    """Three callbacks in the journal of the configuration: nine days old, two days old, and of today."""
    calls = [
        callback("VPN 坏了", msgId="m1", sessionWebhook=WEBHOOK),
        callback("hi", msgId="m2", sessionWebhook=WEBHOOK),
        callback("VPN 坏了", msgId="m3", senderNick="李雷", senderStaffId="u9"),
    ]
    stored(tmp_path / "prx-router.db", *zip(calls, (9, 2, 0), strict=True))
    return calls


def test_callbacks_come_as_they_were_but_for_the_webhook(
    invoke: Callable[..., Any], recorded: list[dict[str, Any]]
) -> None:
    """One line each, in the order of arrival; the session webhook is a secret and empty."""
    told = invoke("export")
    assert (told.code, told.err) == (0, "")
    assert told.documents == [
        call | ({"sessionWebhook": ""} if "sessionWebhook" in call else {}) for call in recorded
    ]


def test_only_what_is_recent(invoke: Callable[..., Any], recorded: list[dict[str, Any]]) -> None:
    """``--since`` counts back from now."""
    assert [each["msgId"] for each in invoke("export", "--since", "3d").documents] == ["m2", "m3"]
    assert invoke("export", "--since", "1h").documents[0]["msgId"] == "m3"


def test_a_callback_over_several_lines_is_one_line(
    invoke: Callable[..., Any], configuration: Path, sound: Path, tmp_path: Path
) -> None:
    """However it was written on the wire, a line of the export is a document."""
    stored(tmp_path / "prx-router.db", ('{"msgId": "m",\n "senderStaffId": "u"}', 0))
    assert invoke("export").documents == [{"msgId": "m", "senderStaffId": "u"}]


def test_redacting_keeps_equality_and_nothing_else(
    invoke: Callable[..., Any], recorded: list[dict[str, Any]]
) -> None:
    """No word, name or id is left; equal ones are equal, kinds and times stay, and another export has other hashes."""
    told = invoke("export", "--redact")
    assert told.code == 0
    for secret in ("VPN", "王芳", "李雷", "u1003", "cid1", "m1", "s3cr3t"):
        assert f'"{secret}' not in told.out
    first, second, third = told.documents
    assert first["text"]["content"] == third["text"]["content"] != second["text"]["content"]
    assert first["senderNick"] == second["senderNick"] != third["senderNick"]
    assert (first["msgtype"], first["createAt"]) == ("text", recorded[0]["createAt"])
    assert list(first) == list(recorded[0])
    assert invoke("export", "--redact").documents[0]["msgId"] != first["msgId"]


def test_the_journal_is_replayed(invoke: Callable[..., Any], recorded: list[dict[str, Any]]) -> None:
    """``replay --journal`` decides what was recorded as it decides a file."""
    told = invoke("replay", "--journal", "--json")
    assert [(each["msg_id"], each["by"]) for each in told.documents] == [
        ("m1", "vpn"),
        ("m2", "otherwise"),
        ("m3", "vpn"),
    ]
    summed = invoke("replay", "--journal", "--since", "3d", "--summary", "--json").documents[0]
    assert {each["by"]: each["count"] for each in summed["counts"]} == {"vpn": 1, "otherwise": 1}


def test_it_can_be_read_while_a_router_has_it(
    invoke: Callable[..., Any], recorded: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Reading takes no lock."""

    async def meanwhile() -> Any:
        journal = SqliteJournal(tmp_path / "prx-router.db", retention=1e9)
        await journal.claim()
        told = await asyncio.to_thread(invoke, "export")
        await journal.close()
        return told

    assert len(asyncio.run(meanwhile()).documents) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "--since", "yesterday"), "whole number and a unit"),
        (("replay",), "name a file"),
        (("replay", "calls.jsonl", "--journal"), "not both"),
        (("replay", "calls.jsonl", "--since", "1d"), "--journal only"),
    ],
)
def test_misuse_is_told(
    invoke: Callable[..., Any], recorded: list[dict[str, Any]], arguments: tuple[str, ...], said: str
) -> None:
    """A wrong duration, and what does not go together, end with 2 and a sentence."""
    told = invoke(*arguments)
    assert (told.code, told.out) == (2, "")
    assert said in told.err


def test_a_journal_that_is_not_there_is_told(
    invoke: Callable[..., Any], write: Callable[..., Path], configuration: Path, sound: Path
) -> None:
    """Without configuration, before the first run, in memory, damaged, or another program's: 2 and a sentence."""
    written = configuration.read_text("utf-8")
    configuration.unlink()
    assert "no configuration" in invoke("export").err.lower()
    configuration.write_text(written, "utf-8")
    assert "no journal" in invoke("export").err
    write("prx-router.db", b"x" * 5000)
    told = invoke("export")
    assert (told.code, "damaged" in told.err) == (2, True)
    write("prx-router.toml", f'{written}\n[journal]\nurl = "memory:"\n')
    assert "in memory" in invoke("export").err
