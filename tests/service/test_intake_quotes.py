"""Messages that quote without words have the words of what they quote, where these are known."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.delivery import MemoryJournal
from prx_dingtalk_router.delivery.journal import Entry, EntryKey

RULES = """
rule why
  when quoted contains "部署失败"
  then reply "说的是：{{ quoted }}"

rule again
  when quoted contains "说的是"
  then reply "还是那件事"

otherwise reply "没有引用"
"""


@pytest.fixture
async def desk(make_desk: Callable[..., Any], make_router: Callable[..., Any]) -> Any:
    """A desk that knows what a quoted message says."""
    return await make_desk(router=make_router(RULES))


async def _reply_to(desk: Any, msg_id: str) -> Any:
    await desk.events.until("Done", msg_id=msg_id)
    (line,) = [each.line for each in desk.events.of("Wrote") if each.line.in_reply_to == msg_id]
    return line


@pytest.mark.parametrize("form", ["original-only", "ids-only"])
async def test_rules_see_the_words_of_a_quoted_message(desk: Any, form: str) -> None:
    """What a person said is known by its id alone; the decision that is stored has it."""
    old = desk.say("部署失败了")
    await desk.events.until("Done", msg_id=old)
    desk.dingtalk.faults.quote_form = form
    asked = desk.say("为什么？", quote=old)
    assert (await _reply_to(desk, asked)).text == "说的是：部署失败了"
    assert desk.decisions[-1][1].message.quoted == "部署失败了"
    assert desk.intake.counters.quotes == {"found": 1}


async def test_what_nobody_knows_stays_as_it_was(desk: Any) -> None:
    """A quote of a message from before, and one of a post by webhook without its time, has no words."""
    old = desk.say("你好")
    line = await _reply_to(desk, old)
    desk.dingtalk.faults.quote_form = "original-only"
    asked = desk.say("为什么？", quote=line.msg_id)
    assert (await _reply_to(desk, asked)).text == "没有引用"
    assert desk.intake.counters.quotes == {"unknown": 1}


async def test_a_message_without_a_quote_asks_nobody(desk: Any) -> None:
    """Only who quotes without words costs anything; a quote with words keeps them."""
    old = desk.say("部署失败了")
    await desk.events.until("Done", msg_id=old)
    asked = desk.say("为什么？", quote=old)
    assert (await _reply_to(desk, asked)).text == "说的是：部署失败了"
    assert desk.intake.counters.quotes == {}


async def test_a_message_that_came_with_the_quote_is_known(desk: Any) -> None:
    """Also when both wait to be taken together."""
    desk.dingtalk.faults.quote_form = "original-only"
    desk.dingtalk.faults.hold_pushes = True
    old = desk.say("部署失败了")
    asked = desk.say("为什么？", quote=old)
    desk.dingtalk.faults.hold_pushes = False
    assert (await _reply_to(desk, asked)).text == "说的是：部署失败了"


@pytest.fixture
async def slow_desk(make_desk: Callable[..., Any], make_router: Callable[..., Any]) -> Any:
    """A desk whose journal does not find a message until ``found`` is set, and patience with it."""

    class SlowJournal(MemoryJournal):
        found = asyncio.Event()

        async def get(self, key: EntryKey) -> Entry | None:
            await self.found.wait()
            return await super().get(key)

    desk = await make_desk(journal=SlowJournal(), router=make_router(RULES))
    desk.dingtalk.faults.quote_form = "original-only"
    return desk


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look-up may take long here."""
    monkeypatch.setattr("prx_dingtalk_router.service.intake.LOOK_UP_SECONDS", 60.0)


async def test_nobody_else_waits_for_a_look_up(slow_desk: Any, patience: None) -> None:
    """Other conversations are answered meanwhile; what comes behind the quote in its own keeps its place."""
    desk = slow_desk
    old = desk.say("部署失败了")
    await desk.events.until("Done", msg_id=old)
    desk.dingtalk.faults.hold_pushes = True
    asked = desk.say("为什么？", quote=old)
    behind = desk.say("在吗")
    other = desk.say("你好", person="u1002")
    desk.dingtalk.faults.hold_pushes = False
    await desk.events.until("Done", msg_id=other)
    again = desk.say("还在吗")
    another = desk.say("你好吗", person="u1002")
    await desk.events.until("Done", msg_id=another)
    assert {decision.message.msg_id for _, decision in desk.decisions} == {old, other, another}
    assert desk.intake.is_storing
    desk.journal.found.set()
    await desk.events.until("Done", msg_id=again)
    decided = [decision.message.msg_id for _, decision in desk.decisions]
    assert [each for each in decided if each in (asked, behind, again)] == [asked, behind, again]
    assert (await _reply_to(desk, asked)).text == "说的是：部署失败了"
    await desk.intake.settled()
    assert not desk.intake.is_storing


async def test_a_look_up_that_takes_too_long_is_given_up(slow_desk: Any) -> None:
    """The message is decided about without the words."""
    desk = slow_desk
    old = desk.say("部署失败了")
    await desk.events.until("Done", msg_id=old)
    asked = desk.say("为什么？", quote=old)
    assert (await _reply_to(desk, asked)).text == "没有引用"
    assert [decision.message.msg_id for _, decision in desk.decisions] == [old, asked]
