"""Words a syntax error: what stands there, and what was expected instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from lark import Token

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.wrong_time import WrongTime
from prx_dingtalk_router.language.source import Source, Span
from prx_dingtalk_router.language.syntax.keywords import KEYWORDS, OPENERS
from prx_dingtalk_router.language.syntax.lexer import OPENER_TYPES, span_of
from prx_dingtalk_router.language.syntax.recovery.list_expected import ITEM_TYPES, report_several_values
from prx_dingtalk_router.language.syntax.recovery.synonyms import DAYS_MEANT, FIELDS_MEANT, WORDS_MEANT
from prx_dingtalk_router.message import FIELDS

WORD_TYPES = {word.upper(): word for word in KEYWORDS}
SIGNS = {"EQUAL": "=", "COMMA": ",", "LPAR": "(", "RPAR": ")", "LSQB": "[", "RSQB": "]", "DOTS": ".."}
DAY_TYPES = frozenset({"DAY", "DAY_RANGE", "DAILY", "DATE", "WORKDAYS", "HOLIDAYS"})
SUMMARIES: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "condition",
        frozenset({"ALWAYS", "PRIVATE", "DURING", "PERCENT", "DOTTED_FIELD", "SENDER", "NAME", "TEXT"}),
    ),
    ("step", frozenset({"AGENT", "REPLY", "DROP", "FORGET", "CANCEL", "NEXT"})),
    ("operator", frozenset({"IS", "IN", "CONTAINS", "STARTS", "ENDS", "MATCHES"})),
    ("days", DAY_TYPES),
    ("value", frozenset({"STRING", "EXPRESSION", "NAME", "LSQB"})),
    ("template", frozenset({"STRING", "TEXT_BLOCK", "NAME"})),
)
"""Kinds of things, and the tokens that only together stand for one of them."""

MEMBERS: dict[str, frozenset[str]] = {
    "condition": frozenset(
        "ALWAYS PRIVATE GROUP PICTURED MENTIONED ADMIN EXTERNAL DURING PERCENT DOTTED_FIELD TEXT QUOTED SENDER CONVERSATION ROBOT CORP TYPE NAME NOT LPAR".split()
    ),
    "operator": frozenset({"IS", "IN", "CONTAINS", "STARTS", "ENDS", "MATCHES", "NOT"}),
}


OPERATOR_TYPES = frozenset({"IS", "IN", "CONTAINS", "STARTS", "ENDS", "MATCHES"})
BEFORE_TESTS = frozenset({"WHEN", "AND", "OR", "NOT", "LPAR", "EQUAL"})
"""After these a test begins."""

COMPARED_FIELDS = tuple(field.name for field in FIELDS.values() if field.kind != "flag")
FLAG_TYPES = frozenset(field.name.upper() for field in FIELDS.values() if field.kind == "flag")
STEP_TYPES = frozenset({"AGENT", "REPLY", "DROP", "FORGET", "CANCEL", "NEXT"})
TIMES = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")
NAME_PLACES = frozenset({"NAME", "STRING", "DEFAULT"})
"""Where only these are expected, a keyword was meant as a name."""


def supposed_opener(token: Token) -> Token | None:
    """The word that opens a declaration which this one was surely meant to be, as a token; else ``None``."""
    if token.type != "NAME":
        return None
    meant = WORDS_MEANT.get(token.value.lower())
    word = meant if meant in OPENERS else _nearest(token.value, OPENERS)
    return Token.new_borrow_pos(word.upper(), word, token) if word else None


def keyword_as_name(span: Span, before: Token | None, diagnostics: Diagnostics) -> None:
    """Report a keyword where a name is needed; after ``agent`` it may stand in quotes."""
    of_agent = before is not None and before.type == "AGENT"
    diagnostics.add(
        "keyword-as-name",
        span,
        word=span.text,
        quoting=text("language.agent-quoted", word=span.text) if of_agent else text("language.no-hint"),
        replace=f'"{span.text}"' if of_agent else None,
    )


def report(
    source: Source,
    token: Token | None,
    before: tuple[Token, ...],
    expected: frozenset[str],
    diagnostics: Diagnostics,
    after: tuple[Token, ...] = (),
) -> None:
    """Report that ``token`` (``None``: the end of the declaration) stands where only ``expected`` may stand.

    Args:
        source: the file.
        token: what cannot stand there.
        before: the tokens of the declaration before it, which are in order.
        expected: the types of tokens that may stand there.
        diagnostics: where it is reported.
        after: the tokens of the declaration after it.
    """
    if token is None or token.type in OPENER_TYPES or token.type == "$END":
        last = span_of(source, before[-1])
        behind = Span(source, last.end, last.end)
        diagnostics.add(
            "unfinished",
            last if last.start < last.end else behind,
            expected=_wording(expected),
            opener=before[0].value,
        )
        return
    if token.type == "TIMES" and [each.type for each in before[-2:]] == ["DURING", "NAME"]:
        # The name of hours takes no times of its own: what stands there was meant as days.
        token, before, expected = before[-1], before[:-1], DAY_TYPES
    span = span_of(source, token)
    _withdraw_foreign(span, diagnostics)  # what it was taken for cannot stand here either
    if {"COMMA", "RSQB"} <= expected and token.type in ITEM_TYPES:
        _commas_missing(source, before[-1], (token, *after), diagnostics)
        return
    if report_several_values(source, before, (token, *after), expected, diagnostics):
        return
    if _is_quote_inside(source, token, before):
        _quote_inside(source, before[-1], after, diagnostics)
        return
    if token.type == "TIMES" and "DAILY" in expected:
        comma = span_of(source, before[-1]) if before[-1].type == "COMMA" else None
        times_without_days(span, token.value, diagnostics, comma)
        return
    if [each.type for each in (*before[-1:], token, *after[:1])] == ["TIMES", "COMMA", "TIMES"]:
        times_without_days(span_of(source, after[0]), after[0].value, diagnostics, span)
        return
    if token.value in KEYWORDS and "NAME" in expected and expected <= NAME_PLACES:
        keyword_as_name(span, before[-1] if before else None, diagnostics)
        return
    if token.type in OPERATOR_TYPES and before and before[-1].type in FLAG_TYPES:
        place = span_of(source, before[-1]).through(span)
        diagnostics.add("flag-with-operator", place, flag=before[-1].value, found=token.value)
        return
    if _is_field_unknown(token, before, expected):
        unknown_field(span_of(source, before[-1]), diagnostics)
        return
    missing = _missing(token, expected)
    if missing is not None:
        diagnostics.add(
            "missing-word", span, found=token.value, word=missing, replace=f"{missing} {span.text}"
        )
        return
    meant = _meant(token, expected)
    if meant in ("starts", "ends") and not source.text[span.end :].lstrip().startswith("with"):
        meant = f"{meant} with"
    diagnostics.add(
        "unexpected",
        span,
        found=f"`{_cut(span.text)}`",
        expected=_wording(expected),
        hint=text("language.did-you-mean", word=meant) if meant else text("language.no-hint"),
        replace=meant,
    )


def needless(span: Span, diagnostics: Diagnostics) -> None:
    """Report a sign that everything would be in order without."""
    _withdraw_foreign(span, diagnostics)
    diagnostics.add("needless-punctuation", span, found=span.text, replace=_nothing(span))


def _nothing(span: Span) -> str:
    """What is left where something is deleted: a blank where words would grow together."""
    around = span.source.text[max(0, span.start - 1) : span.start], span.source.text[span.end : span.end + 1]
    return "" if any(not each or each.isspace() for each in around) else " "


def _withdraw_foreign(span: Span, diagnostics: Diagnostics) -> None:
    for what in ("foreign-punctuation", "foreign-operator"):
        diagnostics.withdraw(what, span)


def times_without_days(
    span: Span, times: str | None, diagnostics: Diagnostics, comma: Span | None = None
) -> None:
    """Report times that stand where days must come first.

    Args:
        span: where they stand.
        times: in half-width characters; ``None`` where they are none even so.
        diagnostics: where it is reported.
        comma: the one before them, which begins another span, with days of its own.
    """
    if comma is not None:
        diagnostics.withdraw("foreign-punctuation", comma)
        diagnostics.add(WrongTime(span, "after-comma", span.text, _nothing(comma), comma))
        return
    padded = two_digits(times) if times is not None else None
    diagnostics.add(WrongTime(span, "no-days", span.text, f"daily {padded}" if padded else None))


def two_digits(times: str) -> str | None:
    """Times with two digits for each hour; ``None`` where they are no times of a day."""
    padded = "-".join(each.zfill(5) for each in times.split("-"))
    return padded if TIMES.fullmatch(padded) else None


def _commas_missing(source: Source, before: Token, rest: tuple[Token, ...], diagnostics: Diagnostics) -> None:
    """Report the first entry of a list that no comma stands before; the repair puts in all that are missing."""
    places: list[Span] = []
    for token in rest:
        if token.type in ITEM_TYPES and before.type in ITEM_TYPES:
            end = span_of(source, before).end
            places.append(Span(source, end, end))
        elif token.type not in ITEM_TYPES | {"COMMA"}:
            break
        before = token
    span = span_of(source, rest[0])
    diagnostics.add("missing-word", span, found=_cut(span.text), word=",", replace=dict.fromkeys(places, ","))


def _is_quote_inside(source: Source, token: Token, before: tuple[Token, ...]) -> bool:
    """Whether a string ended right before this by a quotation mark inside it: its own comes later on the line."""
    if not before or before[-1].type != "STRING" or span_of(source, before[-1]).end != token.start_pos:
        return False
    end = source.text.find("\n", token.start_pos)
    return source.text.find('"', token.start_pos, end if end >= 0 else None) >= 0


def _quote_inside(source: Source, string: Token, after: tuple[Token, ...], diagnostics: Diagnostics) -> None:
    for token in after:
        if token.line != string.end_line:
            break
        diagnostics.withdraw("unclosed-string", span_of(source, token))
    end = span_of(source, string).end
    diagnostics.add("quote-inside", Span(source, end - 1, end))


def unknown_field(span: Span, diagnostics: Diagnostics) -> str | None:
    """Report a word that stands where a field does, and is none; the field that was surely meant, if any."""
    near = FIELDS_MEANT.get(span.text) or _nearest(span.text, COMPARED_FIELDS)
    diagnostics.add(
        "unknown-field",
        span,
        found=span.text,
        hint=text("language.did-you-mean", word=near) if near else text("language.no-hint"),
        replace=near,
    )
    return near


def _is_field_unknown(token: Token, before: tuple[Token, ...], expected: frozenset[str]) -> bool:
    """Whether an operator follows a name that begins a test: the name was read as that of a condition."""
    if "AND" not in expected or len(before) < 2 or before[-1].type != "NAME":
        return False
    return token.type in OPERATOR_TYPES | {"NOT"} and before[-2].type in BEFORE_TESTS


def _missing(token: Token, expected: frozenset[str]) -> str | None:
    """The word without which what stands here would be right."""
    if "THEN" in expected and token.type in STEP_TYPES:
        return "then"
    if "WHEN" in expected and (token.type in MEMBERS["condition"] and token.type != "NAME"):
        return "when"
    if "EXPECT" in expected and "GIVEN" not in expected and token.type in STEP_TYPES:
        return "expect"
    return None


def _meant(token: Token, expected: frozenset[str]) -> str | None:
    if token.type == "EQUAL" and "IS" in expected:
        return "is"
    if token.type != "NAME":
        return None
    if "DAY_RANGE" in expected and token.value.lower() in DAYS_MEANT:
        return DAYS_MEANT[token.value.lower()]
    words = [WORD_TYPES[kind] for kind in expected if kind in WORD_TYPES]
    if "$END" in expected:
        words.extend(OPENERS)
    meant = WORDS_MEANT.get(token.value.lower())
    if meant in words:
        return meant
    return _nearest(token.value, words)


def _nearest(word: str, candidates: Iterable[str]) -> str | None:
    close = get_close_matches(unicodedata.normalize("NFKC", word).lower(), list(candidates), n=1, cutoff=0.75)
    return close[0] if close else None


def _cut(value: str) -> str:
    return value if len(value) <= 30 else value[:29] + "…"


def _wording(expected: frozenset[str]) -> list[Text | str]:
    """What may stand here, the general before the particular, in a fixed order."""
    left = set(expected)
    words: list[Text | str] = []
    for key, needed in SUMMARIES:
        if needed <= left:
            words.append(text(f"language.token.{key}"))
            left -= needed | MEMBERS.get(key, frozenset())
    for kind in sorted(left - {"$END"}, key=lambda k: (k not in WORD_TYPES, k)):
        if kind in WORD_TYPES:
            words.append(f"`{WORD_TYPES[kind]}`")
        elif kind in SIGNS:
            words.append(f"`{SIGNS[kind]}`")
        elif f"language.token.{kind}" in MESSAGES:
            words.append(text(f"language.token.{kind}"))
    if "$END" in left:
        words.append(text("language.token.end"))
    return words
