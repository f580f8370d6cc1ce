"""Routers are made ready a little at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.language.ruleset import Matches
from prx_dingtalk_router.language.semantics.walk import walk
from prx_dingtalk_router.service.pauses import Pauses
from prx_dingtalk_router.service.reload import preparing


async def test_no_message_waits_for_a_regex(make_router: Callable[..., Any]) -> None:
    """After it everything is compiled."""
    router = make_router("rule r when text matches /重置/ and quoted matches [/a/, /b/] then drop")
    await preparing.prepared(router)
    tests = [each for each in walk(router.rules.rules[0].condition) if isinstance(each, Matches)]
    assert all("_find" in regex.__dict__ for test in tests for regex in test.regexes)


async def test_others_go_on_meanwhile(
    make_router: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is ready to run is not kept waiting until the end."""
    monkeypatch.setattr(preparing, "Pauses", lambda: Pauses(0.0))
    router = make_router("".join(f'rule r{n} when text contains "w{n}" then drop\n' for n in range(200)))
    task = asyncio.create_task(preparing.prepared(router))
    turns = 0
    while not task.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 4


async def test_what_is_out_of_use_is_let_go(
    make_router: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it, and others go on meanwhile."""
    monkeypatch.setattr(preparing, "LET_GO_AFTER", 0.0)
    monkeypatch.setattr(preparing, "Pauses", lambda: Pauses(0.0))
    parts = make_router("".join(f'rule r{n} when text is "w{n}" then drop\n' for n in range(200))).parts()
    assert len(parts) == 400
    task = asyncio.create_task(preparing.let_go(parts))
    turns = 0
    while not task.done():
        await asyncio.sleep(0)
        turns += 1
    assert parts == []
    assert turns > 4
