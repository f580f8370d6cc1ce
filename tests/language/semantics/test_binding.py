"""Bound steps: positions, alternatives, guards, defaults (language.md section 7)."""

from __future__ import annotations

from collections.abc import Callable

from prx_dingtalk_router.matching import AgentStep, Baseline, DropStep, ReplyStep, Router
from prx_dingtalk_router.message import Message

MakeRouter = Callable[..., Router]
MakeMessage = Callable[..., Message]


def test_positions_count_from_one_and_alternatives_within_them(
    router: MakeRouter, message: MakeMessage
) -> None:
    """One guard counter a step, keyed by rule and position."""
    decided = router(
        'rule r when always then reply "a" else reply "b" then forget then cancel then agent x else agent y else drop "z"'
    ).decide(message())
    assert [step.position for step in decided.steps] == ["1", "2", "3", "4"]
    assert [[each.position for each in step.alternatives] for step in decided.steps] == [
        ["1.1"],
        [],
        [],
        ["4.1", "4.2"],
    ]
    assert [each.is_alternative for each in (decided.steps[3], *decided.steps[3].alternatives)] == [
        False,
        True,
        True,
    ]
    assert isinstance(decided.steps[3].alternatives[1], DropStep)


def test_timeouts_come_from_the_step_then_the_configuration(router: MakeRouter, message: MakeMessage) -> None:
    """Ten minutes where neither says another."""
    baseline = Baseline(timeouts={"x": 90.0})
    decided = router("rule r when always then agent x timeout 5s else agent x else agent y", baseline).decide(
        message()
    )
    chain = (decided.steps[0], *decided.steps[0].alternatives)
    assert [step.timeout for step in chain if isinstance(step, AgentStep)] == [5.0, 90.0, 600.0]


def test_progress_comes_from_the_step_then_the_configuration(
    router: MakeRouter, message: MakeMessage
) -> None:
    """Nothing is shown where neither says so."""
    rules = "rule r when always then agent x progress none else agent x else agent y else agent y progress reaction"
    decided = router(rules, Baseline(reacting=frozenset({"x"}))).decide(message())
    chain = (decided.steps[0], *decided.steps[0].alternatives)
    shown = [step.progress for step in chain if isinstance(step, AgentStep)]
    assert shown == ["none", "reaction", "none", "reaction"]


def test_sessions_default_by_the_kind_of_conversation(router: MakeRouter, message: MakeMessage) -> None:
    """``conversation`` in private chats, ``sender`` in groups, unless the step says."""
    routed = router("rule r when always then agent x else agent x session per message")
    for group, expected in ((False, "conversation"), (True, "sender")):
        step = routed.decide(message(group=group)).steps[0]
        assert isinstance(step, AgentStep)
        assert step.session == expected
        other = step.alternatives[0]
        assert isinstance(other, AgentStep)
        assert other.session == "message"


def test_mentions_are_bound_as_written(router: MakeRouter, message: MakeMessage) -> None:
    """Nobody, the sender, or staff IDs flattened from lists."""
    decided = router(
        'list l = ["u2", "u3"]\nrule r when always then reply "a" then reply "b" mention then reply "c" mention ["u1", l]'
    ).decide(message())
    mentions = [step.mention for step in decided.steps if isinstance(step, ReplyStep)]
    assert mentions[0] is None
    assert mentions[1] is not None
    assert (mentions[1].sender, mentions[1].staff_ids) == (True, ())
    assert mentions[2] is not None
    assert (mentions[2].sender, mentions[2].staff_ids) == (False, ("u1", "u2", "u3"))


def test_bound_steps_need_no_rules_any_more(router: MakeRouter, message: MakeMessage) -> None:
    """Templates are sources, captures are values: a decision can be stored and carried out later."""
    decided = router(
        'template t = "{{ match.n }}"\nrule r when text matches /(?P<n>\\d+)/ then reply markdown t'
    ).decide(message("see 42"))
    (step,) = decided.steps
    assert isinstance(step, ReplyStep)
    assert (step.template, step.format, dict(step.match)) == ("{{ match.n }}", "markdown", {"n": "42"})
