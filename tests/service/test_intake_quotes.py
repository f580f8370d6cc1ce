"""Messages that quote without words have the words of what they quote, where these are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

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
