"""The one reference that a reload replaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prx_dingtalk_router.language.ruleset import Matches
from prx_dingtalk_router.language.semantics.walk import walk
from prx_dingtalk_router.service import ActiveRouter


def test_the_last_router_is_in_use(make_router: Callable[..., Any]) -> None:
    """Replacing is one assignment: whoever took the former router keeps it, the next one gets the new."""
    first, second = make_router(), make_router('otherwise reply "x"')
    active = ActiveRouter(first)
    taken = active.current
    active.replace(second)
    assert (taken, active.current) == (first, second)


def test_no_message_waits_for_a_regex(make_router: Callable[..., Any]) -> None:
    """Regexes are compiled before a router is in use at the start; how a reload does that is told beside ``preparing``."""
    rules = """
pattern p = /重置/
condition c = text matches p or not quoted matches [/a/, /b/]
rule r when private and c then drop
otherwise drop
"""
    router = make_router(rules)
    ActiveRouter(router)
    tests = [each for each in walk(router.rules.rules[0].condition) if isinstance(each, Matches)]
    assert [[("_find" in regex.__dict__) for regex in test.regexes] for test in tests] == [
        [True],
        [True, True],
    ]


async def test_a_message_is_decided_by_one_version(
    make_desk: Callable[..., Any], make_router: Callable[..., Any]
) -> None:
    """From the replacement on messages are decided by the new rules; those before stay with the old."""
    desk = await make_desk()
    before = desk.say("敲门")
    await desk.events.until("Acked", msg_id=before)
    desk.active.replace(make_router('otherwise reply "新规则"'))
    after = desk.say("敲门")
    await desk.events.until("Acked", msg_id=after)
    assert [(decision.message.msg_id, decision.by) for _, decision in desk.decisions] == [
        (before, "knock"),
        (after, "otherwise"),
    ]
    assert desk.decisions[0][1].rules != desk.decisions[1][1].rules
