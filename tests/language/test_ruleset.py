"""A checked set is plain data: it can be stored and sent, and decides the same elsewhere."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from itertools import chain

from msgspec.structs import replace

from prx_dingtalk_router.language import RuleSet, Span
from prx_dingtalk_router.language.ruleset import FlagIsSet
from prx_dingtalk_router.matching import Baseline, Router
from prx_dingtalk_router.message import FIELDS, Message

Rules = Callable[..., RuleSet]

SET = r"""
list staff = ["ops-007", "ops-008"]
pattern ticket = /(?P<ticket>[A-Z]{2,5}-\d+)/
hours office = mon-fri 09:00-18:00 in "Asia/Shanghai"
condition known = sender in staff and not external
template busy = "{{ sender.name }}，已收到"
rule first when text contains "先看" then reply busy then next
rule ticket when group and text matches [ticket, /工单/i] then agent tracker with "{{ match.ticket }}" timeout 2m
rule seen shadow when known or 50% of senders then drop
rule silent when text is empty then forget then reply "?"
"""
REST = """
rule night when not during office and text starts with word "/ask" then agent night else reply "{{ failure }}"
otherwise agent general at most 5 per 1m per sender
denied reply "no"
test "t" given "看下 OPS-42" in group expect agent tracker by ticket
"""

PIECE = 7
"""So many rules are sent at a time."""


def many(count: int) -> str:
    """Rules as people write them, each a little different."""
    return "\n".join(
        f'rule r{n} "第{n}条" when text contains ["词{n}", "关键字{n}"] and not sender is "boss{n}"\n'
        f'  then reply "{{{{ sender.name }}}}，回复{n}" at most 1 per 10m per sender'
        for n in range(count)
    )


def pieces(rules: RuleSet) -> Iterator[bytes]:
    """A set in pieces that are small enough to be loaded between two messages."""
    yield pickle.dumps(replace(rules, rules=()))
    for at in range(0, len(rules.rules), PIECE):
        yield pickle.dumps(rules.rules[at : at + PIECE])


def joined(sent: Iterator[bytes]) -> RuleSet:
    """The set again."""
    whole: RuleSet = pickle.loads(next(sent))  # noqa: S301
    return replace(whole, rules=tuple(chain.from_iterable(map(pickle.loads, sent))))


def messages(message: Callable[..., Message]) -> list[Message]:
    """Some for every rule, and some for none."""
    texts = ["看下 OPS-42 的进度", "工单", "", "先看 OPS-1", "/ask x", "词3 在哪", "关键字11", "再见"]
    return [
        message(text, sender=sender, group=group)
        for text in texts
        for sender in ("ops-007", "u1", "boss3", "")
        for group in (True, False)
    ]


def test_a_set_that_was_sent_in_pieces_decides_the_same(
    rules: Rules, message: Callable[..., Message]
) -> None:
    """Rule by rule, with its captures, steps and reasons; and is equal to what was sent."""
    before = rules(SET + many(30) + REST)
    after = joined(pieces(before))
    assert after.rules == before.rules
    here, there = (Router(each, Baseline()) for each in (before, after))
    decided = [(here.decide(each), there.decide(each)) for each in messages(message)]
    assert [second for _, second in decided] == [first for first, _ in decided]
    assert len({first.by for first, _ in decided}) > 4


def test_what_was_sent_still_says_how_it_is_written(rules: Rules) -> None:
    """Its files come along."""
    after = joined(pieces(rules(SET + REST)))
    rule = after.rules[1]
    assert (
        after.sources.written(rule.home.place(rule.condition.span))
        == "group and text matches [ticket, /工单/i]"
    )
    assert str(after.sources.locate(rule.place)) == "main.rules:8:6"


def test_a_set_is_small(rules: Rules) -> None:
    """Five hundred bytes a rule, with the text of its file: 5 MB for ten thousand."""
    count = 500
    assert len(pickle.dumps(rules(many(count) + "\notherwise drop"))) < 500 * count


def test_fields_stay_the_ones_of_the_table() -> None:
    """A field that was sent is the very object of the table."""
    (sent,) = pickle.loads(pickle.dumps((FIELDS["group"],)))  # noqa: S301
    assert sent is FIELDS["group"]


def test_conditions_that_ask_the_same_are_equal_wherever_they_are_written() -> None:
    """Their places do not count, their kind does."""
    first, second = (FlagIsSet(Span(at, at + 5), FIELDS["group"]) for at in (0, 9))
    assert first == second
    assert hash(first) == hash(second)
    assert first != FlagIsSet(Span(0, 5), FIELDS["admin"])
