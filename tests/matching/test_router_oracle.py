"""Conditions against an oracle written straight from language.md sections 4 and 5."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
    """Section 4, ``visible``; a mark stands on the last character before it that is no mark."""
    kept, base = "", ""
    for c in text:
        category = unicodedata.category(c)
        if category in ("Cf", "Me") or within(c, HIDDEN):
            continue
        if category == "Mn" and base and within(base, CJK) and c not in "\u3099\u309a":
            continue
        kept += c
        base = base if category.startswith("M") else c
    return kept


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
                "pictured": message.pictures > 0,
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
            spoken = field == "text" and message.type == "audio"
            return compare(field, operator, values, getattr(message, KEYS[field]), spoken) is not negated
    raise AssertionError(condition)


def compare(field: str, operator: str, values: list[str], raw: str, spoken: bool) -> bool:
    """One comparison of section 5; of a spoken text ``is`` and ``in`` hold without its final marks as well."""
    form = fold if field in TEXTS else str
    value, literals = form(raw), [form(each) for each in values]
    match operator:
        case "is empty":
            return value == ""
        case "is" | "in":
            said = re.sub(r" ?[。.！!？?，,、…~]+$", "", value) if spoken else value
            return any(literal in (value, said) for literal in literals)
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
     "ﾃﾞ", "デ", "😀", "👨\u200d👩", "❤\ufe0f", "重\u0336置\u0336", "か\u3099", "1\ufe0f\u20e3", "e\u0336", "a b", "a\u3000b", "①", "İ", "々", "〇", "1", "_", "-", "/new", "/newer", ",", "，", "。", "…", "～", "!"]
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
        return (
            "flag",
            draw(st.sampled_from(["private", "group", "pictured", "mentioned", "admin", "external"])),
        )
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
    type_=st.sampled_from(["text", "richText", "audio", "audio", "hr", ""]),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
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
    flags: tuple[bool, bool, bool, bool],
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
        pictures=2 * flags[3],
    )
    decided = router(f"rule r when {written(condition)} then drop\notherwise drop").decide(seen)
    assert decided.by == ("r" if oracle(condition, seen, "r") else "otherwise")


@FEW
@given(
    text=TEXT,
    expression=st.sampled_from(["^(?P<n>.*)$", "(?P<n>[a-z].*)", "(?P<n> .)", "[^h](?P<n>..)", "(?P<n>x?)$"]),
)
def test_captures_are_what_was_written(
    router: MakeRouter, message: MakeMessage, text: str, expression: str
) -> None:
    """They are found in the plain form; each is the stretch of the shown text that folds to what was found."""
    seen = message(text)
    decided = router(f"rule r when text matches /{expression}/ then drop\notherwise drop").decide(seen)
    found = re.search(expression, plain(text))
    assert (found is not None) is (decided.by == "r")
    if found is not None:
        value = decided.match["n"]
        assert value in seen.text
        assert found["n"].strip(" ") in plain(value)
        assert value == found["n"] or plain(seen.text) != seen.text
