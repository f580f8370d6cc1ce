"""Conditions against an oracle written straight from language.md sections 4 and 5, and their captures."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.language import check_rules
from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.message import Message

FEW = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=True,
)

MakeRouter = Callable[..., Router]
MakeMessage = Callable[..., Message]

# ---- the oracle: section 4 word for word, with nothing of the program in it

WHITE = (
    "\t\n\v\f\r \u0085\u00a0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000"
)
HIDDEN = [(0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180D), (0x180F, 0x180F), (0x3164, 0x3164)]  # fmt: skip
CJK = [(0x2E80, 0x2FDF), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]  # fmt: skip


def within(character: str, ranges: list[tuple[int, int]]) -> bool:
    """Whether a character lies in one of the ranges."""
    return any(low <= ord(character) <= high for low, high in ranges)


def nfkc(text: str) -> str:
    """Unicode compatibility form."""
    return unicodedata.normalize("NFKC", text)


def visible(text: str) -> str:
    """Section 4, ``visible``."""
    return "".join(c for c in text if unicodedata.category(c) != "Cf" and not within(c, HIDDEN))


def plain(text: str) -> str:
    """Section 4, ``plain``."""
    single = re.sub(f"[{re.escape(WHITE)}]+", " ", nfkc(visible(nfkc(text))))
    return single.strip(" ")


def fold(text: str) -> str:
    """Section 4, ``fold``."""
    spaced = plain(nfkc(text).casefold())
    closed = ""
    for at, character in enumerate(spaced):
        beside = spaced[max(0, at - 1) : at] + spaced[at + 1 : at + 2]
        if character != " " or not any(within(c, CJK) for c in beside):
            closed += character
    return nfkc(closed)


def is_word(character: str) -> bool:
    """A word character of section 5."""
    return character.isalnum() and not within(character, CJK)


def word_at(text: str, literal: str, start: int, *, left: bool) -> bool:
    """Whether the literal stands there as a word."""
    end = start + len(literal)
    if text[start:end] != literal:
        return False
    if left and is_word(literal[0]) and start > 0 and is_word(text[start - 1]):
        return False
    return not (is_word(literal[-1]) and end < len(text) and is_word(text[end]))


KEYS = {"text": "text", "quoted": "quoted", "sender.name": "sender_name", "sender": "sender", "type": "type"}
TEXTS = {"text", "quoted", "sender.name"}


def oracle(condition: Any, message: Message, rule: str) -> bool:
    """Whether a condition, as a tuple, holds."""
    match condition:
        case ("flag", name):
            flags = {
                "private": not message.group,
                "group": message.group,
                "mentioned": message.mentioned,
                "admin": message.admin,
                "external": message.sender == "",
            }
            return flags[name]
        case ("always",):
            return True
        case ("not", inner):
            return not oracle(inner, message, rule)
        case ("and", *parts):
            return all(oracle(part, message, rule) for part in parts)
        case ("or", *parts):
            return any(oracle(part, message, rule) for part in parts)
        case ("percent", percent, subject):
            sender = message.sender or f"ext:{message.sender_id}"
            key = {"senders": sender, "conversations": message.conversation, "messages": message.msg_id}[
                subject
            ]
            digest = hashlib.sha256(f"{rule}\n{key}".encode()).digest()[:8]
            return int.from_bytes(digest, "big") % 10_000 < 100 * Fraction(percent)
        case ("test", field, operator, values, negated):
            return compare(field, operator, values, getattr(message, KEYS[field])) is not negated
    raise AssertionError(condition)


def compare(field: str, operator: str, values: list[str], raw: str) -> bool:
    """One comparison of section 5."""
    form = fold if field in TEXTS else str
    value, literals = form(raw), [form(each) for each in values]
    match operator:
        case "is empty":
            return value == ""
        case "is" | "in":
            return any(value == literal for literal in literals)
        case "contains":
            return any(literal in value for literal in literals)
        case "contains all":
            return all(literal in value for literal in literals)
        case "starts with":
            return any(value[: len(literal)] == literal for literal in literals)
        case "ends with":
            return any(
                value[len(value) - len(literal) :] == literal
                for literal in literals
                if len(literal) <= len(value)
            )
        case "contains word":
            return any(
                word_at(value, literal, at, left=True) for literal in literals for at in range(len(value))
            )
        case "starts with word":
            return any(word_at(value, literal, 0, left=False) for literal in literals)
        case "matches":
            searched = plain(raw) if field in TEXTS else raw
            return any(re.search(each, searched) is not None for each in values)
    raise AssertionError(operator)


# ---- random conditions, written in the language

PIECES = st.sampled_from(
    ["hr", "HR", "ＨＲ", "h\u200br", "chrome", "找hr谈", "重置", "重置 VPN", "VPN密码", "ｖｐｎ", "ß", "SS", "ﬁ", "é", "e\u0301",
     "ﾃﾞ", "デ", "😀", "👨\u200d👩", "❤\ufe0f", "a b", "a\u3000b", "①", "İ", "々", "〇", "1", "_", "-", "/new", "/newer", ",", "，"]
)  # fmt: skip
LOOSE = st.sampled_from(["", " ", "\u3000", "\n", "\u200b", "\ufeff", "\u3164", "x", "中"])
TEXT = st.lists(PIECES | LOOSE, max_size=4).map("".join)
LITERAL = st.lists(PIECES, min_size=1, max_size=2).map("".join)
EXPRESSIONS = ["hr", "VPN", "^a", "b$", "[0-9]", "置.*密", "^$", "a b", "(?:x|😀)"]


def quoted(value: str) -> str:
    """A string of the language."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def single_test(draw: st.DrawFn) -> Any:
    """One test of a condition, as a tuple."""
    kind = draw(st.sampled_from(["flag", "test", "test", "test", "test", "percent", "always"]))
    if kind == "flag":
        return ("flag", draw(st.sampled_from(["private", "group", "mentioned", "admin", "external"])))
    if kind == "always":
        return ("always",)
    if kind == "percent":
        percent = draw(st.sampled_from(["0.01", "10", "33.33", "50", "99.99", "100"]))
        return ("percent", percent, draw(st.sampled_from(["senders", "conversations", "messages"])))
    field = draw(st.sampled_from(sorted(KEYS)))
    operator = draw(
        st.sampled_from(
            ["is", "in", "contains", "contains all", "contains word", "starts with", "starts with word", "ends with",
             "is empty", "matches"]
        )
    )  # fmt: skip
    if operator == "is empty":
        values = []
    elif operator == "matches":
        values = draw(st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=2))
    else:
        values = draw(st.lists(LITERAL, min_size=1, max_size=1 if operator == "is" else 3))
    return ("test", field, operator, values, draw(st.booleans()))


CONDITIONS = st.recursive(
    single_test(),
    lambda inner: st.one_of(
        inner.map(lambda part: ("not", part)),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner, inner),
    ),
    max_leaves=6,
)


def written(condition: Any) -> str:
    """The condition in the rules language."""
    match condition:
        case ("flag", name):
            return str(name)
        case ("always",):
            return "always"
        case ("not", inner):
            return f"not ({written(inner)})"
        case ("and" | "or" as word, *parts):
            return "(" + f" {word} ".join(f"({written(part)})" for part in parts) + ")"
        case ("percent", percent, subject):
            return f"{percent}% of {subject}"
        case ("test", field, "is empty", _, negated):
            return f"{field} is {'not ' if negated else ''}empty"
        case ("test", field, operator, values, negated):
            items = (
                [f"/{each}/" for each in values]
                if operator == "matches"
                else [quoted(each) for each in values]
            )
            value = items[0] if operator == "is" else f"[{', '.join(items)}]"
            if operator == "is":
                return f"{field} {'is not' if negated else 'is'} {value}"
            return f"{field} {'not ' if negated else ''}{operator} {value}"
    raise AssertionError(condition)


@FEW
@given(
    condition=CONDITIONS,
    text=TEXT,
    quote=TEXT,
    name=TEXT,
    sender=st.sampled_from(["", "u1", "u2", "hr", "ＨＲ", "a b"]),
    type_=st.sampled_from(["text", "richText", "hr", ""]),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_every_condition_agrees_with_the_oracle(
    router: MakeRouter,
    message: MakeMessage,
    condition: Any,
    text: str,
    quote: str,
    name: str,
    sender: str,
    type_: str,
    flags: tuple[bool, bool, bool],
) -> None:
    """Whatever is written and whatever is said, the router takes the message exactly when section 5 says so."""
    seen = message(
        text,
        quoted=quote,
        sender_name=name,
        sender=sender,
        type=type_,
        group=flags[0],
        mentioned=flags[1],
        admin=flags[2],
    )
    decided = router(f"rule r when {written(condition)} then drop\notherwise drop").decide(seen)
    assert decided.by == ("r" if oracle(condition, seen, "r") else "otherwise")


# ---- what checks claim about conditions is true of every message

SHORT = st.sampled_from(["a", "ab", "b", "hr", "中", "a b"])


@st.composite
def simple_test(draw: st.DrawFn) -> Any:
    """One test over few fields and literals, so that conditions often cover or contradict each other."""
    if draw(st.booleans()):
        return ("flag", draw(st.sampled_from(["private", "group", "admin", "external"])))
    operator = draw(
        st.sampled_from(
            ["is", "in", "contains", "contains all", "contains word", "starts with", "starts with word", "ends with",
             "is empty"]
        )
    )  # fmt: skip
    most = {"is empty": 0, "is": 1}.get(operator, 2)
    values = draw(st.lists(SHORT, min_size=min(most, 1), max_size=most, unique=True))
    return ("test", draw(st.sampled_from(["text", "sender"])), operator, values, draw(st.booleans()))


SIMPLE = st.recursive(
    simple_test(),
    lambda inner: st.one_of(
        inner.map(lambda part: ("not", part)), st.tuples(st.sampled_from(["and", "or"]), inner, inner)
    ),
    max_leaves=4,
)


@FEW
@given(
    first=SIMPLE,
    second=SIMPLE,
    seen=st.lists(
        st.tuples(
            st.sampled_from(["", "a", "ab", "xab", "b a", "hr", "中ab", "a b"]),
            SHORT | st.just(""),
            st.booleans(),
            st.booleans(),
        ),
        min_size=8,
        max_size=8,
    ),
)
def test_warnings_about_reachability_are_certain(
    tmp_path: Path, message: MakeMessage, first: Any, second: Any, seen: list[tuple[str, str, bool, bool]]
) -> None:
    """A rule that is said never to be reached, or a condition never or always to hold, is so for every message."""
    path = tmp_path / "main.rules"
    path.write_text(
        f"rule a when {written(first)} then drop\nrule b when {written(second)} then drop\notherwise drop"
    )
    said = {(each.code.name, each.message.params.get("name")) for each in check_rules(path).diagnostics}
    for text, sender, group, admin in seen:
        one = message(text, sender=sender, group=group, admin=admin)
        holds = {"a": oracle(first, one, "a"), "b": oracle(second, one, "b")}
        for rule, held in holds.items():
            assert not (held and ("never-holds", rule) in said)
            assert held or ("always-holds", rule) not in said
        if {("covered-rule", "b"), ("same-condition", "b"), ("never-reached", "b")} & said:
            assert holds["a"] or not holds["b"]


# ---- the examples of the reference


@pytest.mark.parametrize(
    ("condition", "text", "holds"),
    [
        ('text contains "vpn"', "ＶＰＮ 坏了", True),
        ('text contains "VPN"', "V\u200bPN", True),
        ('text is "重置VPN密码"', " 重置 VPN 密码\n", True),
        ('text is "a b"', "a\u3000\u3000b", True),
        ('text is "ab"', "a b", False),
        ('text contains word "hr"', "找hr谈", True),
        ('text contains word "hr"', "chrome", False),
        ('text contains word "hr"', "chrome hr", True),
        ('text contains word "/new"', "see /new", True),
        ('text starts with word "/new"', "/new topic", True),
        ('text starts with word "/new"', "/newer", False),
        ('text starts with word "重置"', "重置密码", True),
        ("text matches /VPN/", "ｖｐｎ", False),
        ("text matches /VPN/", "ＶＰＮ", True),
        ("text matches /^VPN 坏/", "  VPN  坏了", True),
        ('text contains all ["a", "b"]', "b a", True),
        ('text not contains ["a", "b"]', "b", False),
        ('text not contains ["a", "b"]', "c", True),
        ('text not contains all ["a", "b"]', "a", True),
        ("text is empty", "\u200b\u3000\ufeff", True),
        ("text is not empty", "。", True),
        ("sender is empty", "x", False),
        ('sender is "U1001"', "x", False),
        ('sender contains "100"', "x", True),
    ],
)
def test_the_reference_holds(
    router: MakeRouter, message: MakeMessage, condition: str, text: str, holds: bool
) -> None:
    """Each case is a sentence of section 4 or 5."""
    decided = router(f"rule r when {condition} then drop\notherwise drop").decide(message(text))
    assert (decided.by == "r") is holds


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        ("2026-01-07 08:59", False),
        ("2026-01-07 09:00", True),
        ("2026-01-07 11:59", True),
        ("2026-01-07 12:00", False),
        ("2026-01-10 10:00", False),
    ],
)
def test_hours_are_those_when_the_message_was_written(
    router: MakeRouter, message: MakeMessage, at: str, holds: bool
) -> None:
    """``during`` looks at ``createAt`` in the zone; the end is exclusive."""
    decided = router("rule r when during mon-fri 09:00-12:00 then drop\notherwise drop").decide(
        message(at=at)
    )
    assert (decided.by == "r") is holds


def test_the_zone_of_hours_is_their_own(router: MakeRouter, message: MakeMessage) -> None:
    """Ten in Shanghai is two in the morning in London."""
    text = 'hours h = daily 02:00-03:00 in "Europe/London"\nrule r when during h then drop\notherwise drop'
    assert router(text).decide(message(at="2026-01-07 10:30")).by == "r"


def test_make_up_days_are_workdays(router: MakeRouter, message: MakeMessage) -> None:
    """A Sunday that China works on is a workday, and its National Day a holiday."""
    text = (
        'hours w = workdays calendar "CN"\nhours h = holidays calendar "CN"\n'
        "rule w when during w then drop\nrule h when during h then drop\notherwise drop"
    )
    routed = router(text)
    assert routed.decide(message(at="2025-09-28 10:00")).by == "w"
    assert routed.decide(message(at="2025-10-01 10:00")).by == "h"
    assert routed.decide(message(at="2025-10-19 10:00")).by == "otherwise"


def test_percentages_depend_on_the_rule_that_is_decided(router: MakeRouter, message: MakeMessage) -> None:
    """Inside a named condition too: the same share of two rules holds for different people."""
    text = (
        "condition tenth = 10% of senders\n"
        'rule a when tenth then reply "a" then next\nrule b when tenth then reply "b" then next\notherwise drop'
    )
    routed = router(text)
    via = [routed.decide(message(sender=f"u{n}")).via for n in range(300)]
    for rule in ("a", "b"):
        inside = [n for n in range(300) if rule in via[n]]
        expected = [
            n
            for n in range(300)
            if int.from_bytes(hashlib.sha256(f"{rule}\nu{n}".encode()).digest()[:8], "big") % 10_000 < 1_000
        ]
        assert inside == expected


def test_a_growing_share_keeps_who_was_in(router: MakeRouter, message: MakeMessage) -> None:
    """Sticky: nobody drops out when the percentage grows."""
    inside = []
    for percent in ("5", "20.5", "100"):
        routed = router(f"rule r when {percent}% of senders then drop\notherwise drop")
        inside.append({n for n in range(200) if routed.decide(message(sender=f"u{n}")).by == "r"})
    assert inside[0] < inside[1] < inside[2]
    assert len(inside[2]) == 200


def test_an_external_sender_is_told_by_its_sender_id(router: MakeRouter, message: MakeMessage) -> None:
    """``ext:`` and ``senderId`` stand in."""
    routed = router("rule r when 50% of senders then drop\notherwise drop")
    for n in range(40):
        key = f"r\next:i{n}".encode()
        expected = int.from_bytes(hashlib.sha256(key).digest()[:8], "big") % 10_000 < 5_000
        assert (routed.decide(message(sender="", sender_id=f"i{n}")).by == "r") is expected


# ---- captures


@pytest.mark.parametrize(
    ("condition", "text", "captures"),
    [
        (r"text matches /(?P<n>\d+)/", "a 12 b 34", {"n": "12"}),
        (r"text matches /(?P<n>[a-z]+)-(?P<m>\d+)?/", "ops-", {"n": "ops", "m": ""}),
        (r"text matches /x(?P<n>a)/ or text matches /(?P<n>b)/", "b xa", {"n": "a"}),
        (r"text matches /zz(?P<n>a)/ or text matches /(?P<n>b)/", "b xa", {"n": "b"}),
        (r"text matches /b/ or text matches /x(?P<n>a)/", "b xa", {"n": "a"}),
        (r"group or text matches /(?P<n>b)/ or private", "b", {"n": "b"}),
        (r"not text matches /(?P<n>zz)/", "b", {}),
        (r"text not matches /(?P<n>zz)/", "b", {}),
        (r"not (not text matches /(?P<n>b)/)", "b", {}),
        (r"text matches [/zz(?P<n>a)/, /(?P<n>b)/, /(?P<n>c)/]", "c b", {"n": "b"}),
        (r"said and text matches /(?P<m>c)/", "b c", {"n": "b", "m": "c"}),
        (r"text matches /(?P<m>c)/ or said", "b c", {"n": "b", "m": "c"}),
        (r"text matches /密码 (?P<n>\S+)/", "密码\u3000 ＡＢ", {"n": "AB"}),
        (r"sender matches /(?P<n>\d+)/", "x", {"n": "1001"}),
    ],
)
def test_captures_come_from_the_first_true_matches_that_has_them(
    router: MakeRouter, message: MakeMessage, condition: str, text: str, captures: dict[str, str]
) -> None:
    """Written order, outside negations, whatever ``and`` and ``or`` decided; pieces of the plain form."""
    rules = f"condition said = text matches /(?P<n>b)/\nrule r when {condition} then drop\notherwise drop"
    decided = router(rules).decide(message(text))
    assert decided.by == "r"
    assert dict(decided.match) == captures


def test_the_moment_of_a_message_is_aware(message: MakeMessage) -> None:
    """What the tests rely on."""
    moment = datetime(2026, 1, 7, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert message().created_at == moment
