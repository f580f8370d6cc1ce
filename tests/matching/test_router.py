"""Deciding: order, next, shadow, otherwise, denied, notices (language.md sections 4, 5, 7, 8)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.matching import AgentStep, Baseline, DropStep, ReplyStep, Router
from prx_dingtalk_router.matching.compiled_rule import CompiledRule
from prx_dingtalk_router.message import Message

MakeRouter = Callable[..., Router]
MakeMessage = Callable[..., Message]


class Asked:
    """A recorder of names."""

    def __init__(self) -> None:
        self.rules: list[tuple[str, bool]] = []

    def asked(self, rule: CompiledRule, view: MessageView, *, held: bool) -> None:
        """Note one."""
        self.rules.append((rule.name, held))


NOBODY = Baseline(allowed_users=frozenset())


def test_the_first_rule_that_holds_takes_the_message(router: MakeRouter, message: MakeMessage) -> None:
    """File order decides; nothing after it is looked at."""
    routed = router(
        'rule a when text is "x" then drop "a"\nrule b when text contains "x" then drop "b"\notherwise drop "o"'
    )
    recorder = Asked()
    assert routed.decide(message("x"), recorder).by == "a"
    assert recorder.rules == [("a", True)]
    assert routed.decide(message("xy")).by == "b"
    assert routed.decide(message("y")).by == "otherwise"


def test_next_performs_its_replies_and_goes_on(router: MakeRouter, message: MakeMessage) -> None:
    """The replies of rules with ``next`` come first, in order."""
    routed = router(
        'rule a when text contains "1" then reply "warn" then next\n'
        'rule b when text contains "2" then reply "more" then next\n'
        'rule c when text contains "3" then agent x\notherwise reply "end"'
    )
    decided = routed.decide(message("1 2 3"))
    assert (decided.by, decided.via, decided.outcome) == ("c", ("a", "b"), "agent")
    assert [step.rule for step in decided.steps] == ["a", "b", "c"]
    assert routed.decide(message("1")).via == ("a",)
    assert [step.rule for step in routed.decide(message("1")).steps] == ["a", "otherwise"]


def test_a_rule_of_next_alone_only_leaves_its_name(router: MakeRouter, message: MakeMessage) -> None:
    """``next`` is no step itself."""
    decided = router("rule a when always then next\nrule b when private then drop\notherwise drop").decide(
        message()
    )
    assert (decided.by, decided.via, [type(step) for step in decided.steps]) == ("b", ("a",), [DropStep])


def test_without_otherwise_a_message_is_dropped_as_no_rule(router: MakeRouter, message: MakeMessage) -> None:
    """``by`` is nobody."""
    decided = router('rule a when text is "x" then drop').decide(message("y"))
    assert (decided.by, decided.outcome, decided.reason, decided.steps) == (None, "drop", "no rule", ())


def test_replies_on_the_way_to_no_rule_are_still_sent(router: MakeRouter, message: MakeMessage) -> None:
    """A reply by ``next`` is the outcome where nothing else takes the message."""
    decided = router('rule a when always then reply "warn" then next').decide(message())
    assert (decided.by, decided.via, decided.outcome, decided.reason) == (None, ("a",), "reply", None)


def test_shadow_rules_are_listed_and_never_take(router: MakeRouter, message: MakeMessage) -> None:
    """Those before the taking rule whose condition holds, in order; those after it are not asked."""
    routed = router(
        "rule s1 shadow when private then agent x\nrule s2 shadow when group then agent x\n"
        "rule a when private then drop\nrule s3 shadow when private or admin then agent y\notherwise drop"
    )
    decided = routed.decide(message())
    assert decided.by == "a"
    assert [each.rule for each in decided.shadow] == ["s1"]
    assert isinstance(decided.shadow[0].steps[0], AgentStep)
    assert [type(step) for step in decided.steps] == [DropStep]
    in_group = routed.decide(message(group=True, admin=True))
    assert (in_group.by, [each.rule for each in in_group.shadow]) == ("otherwise", ["s2", "s3"])


def test_a_shadow_rule_with_next_changes_nothing(router: MakeRouter, message: MakeMessage) -> None:
    """It is neither in ``via`` nor in the steps."""
    decided = router('rule s shadow when always then reply "x" then next\notherwise drop').decide(message())
    assert (decided.via, decided.by, len(decided.steps)) == ((), "otherwise", 1)


# ---- the baseline


@pytest.mark.parametrize(
    ("allowed", "fields", "admitted"),
    [
        ({"*"}, {}, True),
        ({"*"}, {"sender": ""}, True),
        ({"*"}, {"sender": "", "sender_id": ""}, False),
        ({"u1001"}, {}, True),
        ({"u1002"}, {}, False),
        ({"U1001"}, {}, False),
        ({"u1001"}, {"sender": ""}, False),
        ({"ext:$:LWCP_v1:$u1", "$:LWCP_v1:$u1", ""}, {"sender": ""}, False),
        (set(), {}, False),
    ],
)
def test_the_baseline_decides_before_any_rule(
    router: MakeRouter, message: MakeMessage, allowed: set[str], fields: dict[str, str], admitted: bool
) -> None:
    """Staff IDs exactly, ``"*"`` for everybody, nobody without any sender id."""
    routed = router(
        "rule s shadow when always then drop\nrule a when always then drop",
        Baseline(allowed_users=frozenset(allowed)),
    )
    decided = routed.decide(message(**fields))
    assert (decided.by == "a") is admitted
    if not admitted:
        assert (decided.by, decided.outcome, decided.reason, decided.shadow) == (
            "denied",
            "drop",
            "denied",
            (),
        )


def test_denied_replies_to_whom_the_baseline_refuses(router: MakeRouter, message: MakeMessage) -> None:
    """Its replies carry a guard of once in ten minutes a sender, unless they have their own."""
    routed = router(
        'denied reply "no" then reply "ask IT" at most 2 per 1h\notherwise drop',
        Baseline(allowed_users=frozenset()),
    )
    decided = routed.decide(message())
    first, second = decided.steps
    assert (decided.by, decided.outcome) == ("denied", "reply")
    assert isinstance(first, ReplyStep)
    assert first.guard is not None
    assert second.guard is not None
    assert (first.guard.count, first.guard.per, first.guard.scope) == (1, 600.0, "sender")
    assert (second.guard.count, second.guard.per, second.guard.scope) == (2, 3600.0, "step")


def test_denied_may_drop_with_its_reason(router: MakeRouter, message: MakeMessage) -> None:
    """The reason that is written counts."""
    decided = router('denied drop "not invited"\notherwise drop', NOBODY).decide(message())
    assert (decided.by, decided.outcome, decided.reason) == ("denied", "drop", "not invited")


@pytest.mark.parametrize("notice", ["quota", "own"])
def test_notices_are_seen_by_no_rule(router: MakeRouter, message: MakeMessage, notice: str) -> None:
    """Not even by the baseline."""
    decided = router("rule a when always then drop", NOBODY).decide(message(notice=notice))
    assert (decided.by, decided.outcome, decided.reason, decided.steps) == (None, "drop", notice, ())


def test_deciding_is_pure(router: MakeRouter, message: MakeMessage) -> None:
    """The same message by the same rules is the same decision, guards or not."""
    routed = router('rule a when always then reply "x" at most 1 per 1h then agent y\notherwise drop')
    assert routed.decide(message()) == routed.decide(message())


def test_a_decision_names_the_agents_it_may_ask(router: MakeRouter, message: MakeMessage) -> None:
    """Alternatives included."""
    decided = router('rule a when always then agent x else agent y else reply "z"').decide(message())
    assert list(decided.agents()) == ["x", "y"]


def test_half_a_character_is_no_hindrance(router: MakeRouter, message: MakeMessage) -> None:
    """A lone surrogate, which JSON can hold, is decided about like anything else."""
    routed = router(
        'rule r when text matches /a.b/ or 50% of senders and text contains "zz" then drop\notherwise drop'
    )
    assert routed.decide(message("a\ud800b", sender="u\udfff")).by == "r"


def test_a_recorder_is_told_of_every_rule(router: MakeRouter, message: MakeMessage) -> None:
    """Rules that deciding leaves out are asked when somebody listens, and the decision is the same."""
    routed = router('rule a when text is "a" then drop\nrule b when text is "b" then drop\notherwise drop')
    recorder = Asked()
    assert list(routed.candidates(MessageView(message("b")))) == [1]
    assert routed.decide(message("b"), recorder) == routed.decide(message("b"))
    assert recorder.rules == [("a", False), ("b", True)]
