"""Names what people type instead of the language's own signs, and puts the right token in its place.

A repaired token lets the parser go on, so one full-width comma is one diagnostic and not ten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from lark import Token

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.refused_expression import RefusedExpression
from prx_dingtalk_router.language.diagnostics.wrong_date import WrongDate
from prx_dingtalk_router.language.diagnostics.wrong_duration import WrongDuration
from prx_dingtalk_router.language.diagnostics.wrong_percentage import WrongPercentage
from prx_dingtalk_router.language.diagnostics.wrong_time import WrongTime
from prx_dingtalk_router.language.source import Source, Span
from prx_dingtalk_router.language.syntax.keywords import KEYWORDS
from prx_dingtalk_router.language.syntax.lexer import Lexed, span_of
from prx_dingtalk_router.language.syntax.recovery.invisible import without_invisible
from prx_dingtalk_router.language.syntax.recovery.syntax_errors import (
    times_without_days,
    two_digits,
    unknown_field,
)
from prx_dingtalk_router.language.syntax.recovery.time_range import meant_times, why_wrong
from prx_dingtalk_router.message import FIELDS

OPERATORS = {
    "&&": ("AND", "and"),
    "&": ("AND", "and"),
    "||": ("OR", "or"),
    "|": ("OR", "or"),
    "!": ("NOT", "not"),
    "！": ("NOT", "not"),
    "==": ("IS", "is"),
    "===": ("IS", "is"),
}
PUNCTUATION = {
    "，": ("COMMA", ","),
    "、": ("COMMA", ","),
    "（": ("LPAR", "("),
    "）": ("RPAR", ")"),
    "［": ("LSQB", "["),
    "］": ("RSQB", "]"),
    "【": ("LSQB", "["),
    "】": ("RSQB", "]"),
    "＝": ("EQUAL", "="),
}
FIELD_TYPES = {name: "DOTTED_FIELD" if "." in name else name.upper() for name in FIELDS}
PLACEHOLDERS = {
    "DURATION": "1m",
    "INT": "1",
    "PERCENT": "1%",
    "TIMES": "00:00-24:00",
    "DATE": "9999-01-01",
}
"""What stands in for a malformed number of each kind."""

NUMBER = re.compile(r"[0-9]+(ms|s|m|h|d)?|[0-9]+(\.[0-9]+)?%|[0-9]{4}(-[0-9]{2}){2}|[0-9:]+-[0-9:]+")
BEFORE_PATHS = frozenset({"USE", "LINES", "FILE"})
NAME_OPENERS = frozenset({"LIST", "PATTERN", "HOURS", "CONDITION", "TEMPLATE", "RULE"})
BEFORE_NAMES = NAME_OPENERS | frozenset(
    "AGENT BY REPLY MARKDOWN WITH MENTION DURING IS IN CONTAINS ALL WORD MATCHES LSQB COMMA".split()
)
"""After these a name is meant, not a field."""

CLOSED_BY_MISTAKE = re.compile(r'\\"""[ \t]*(\r?\n|$)')
"""An escaped ``\"""`` at the end of a line, where a text block was surely meant to end."""

BEFORE_QUOTED_NAMES = NAME_OPENERS | frozenset({"DURING", "BY"})
"""After these comes a name, which stands in no quotes."""

PLAIN_NAME = re.compile(r"[^\W\d][\w-]*")
QUOTES = "“”„‟＂«»「」『』'‘’`《》〈〉"


def repaired(source: Source, lexed: Lexed, diagnostics: Diagnostics) -> tuple[Token, ...]:
    """The tokens with every recognisable mistake reported and mended; the others stay for the parser to refuse."""
    for token in lexed.trivia:
        if token.type == "WIDE_BLANK":
            span = span_of(source, token)
            diagnostics.add("wide-blank", span, character=f"U+{ord(token[0]):04X}", replace=" " * len(token))
    mended: list[Token] = []
    tokens = without_invisible(source, lexed.tokens, diagnostics)
    for unknown, run in groupby(tokens, lambda token: token.type == "UNKNOWN"):
        if unknown:
            _report_unknown(source, list(run), diagnostics)
            continue
        known = list(run)
        for at, token in enumerate(known):
            span = span_of(source, token)
            if token.type == "FOREIGN_FIELD" and mended and mended[-1].type in BEFORE_PATHS:
                diagnostics.add("unquoted", span, found=token.value, replace=f'"{token.value}"')
                mended.append(_typed(token, "STRING", f'"{token.value}"'))
            elif token.type == "FOREIGN_FIELD" and mended and mended[-1].type in BEFORE_NAMES:
                dashed = token.value.replace(".", "-") if mended[-1].type in NAME_OPENERS else None
                diagnostics.add("dotted-name", span, found=token.value, replace=dashed)
                mended.append(_typed(token, "NAME", token.value))
            elif token.type == "OPEN_TEXT_BLOCK":
                opening = _opening(mended, token)
                diagnostics.add("unclosed-string", span_of(source, opening).part(0, 3), quotes='"""')
                mended.append(_typed(token, "TEXT_BLOCK", '"""x"""'))
            elif _swapped(mended, token):
                mended.insert(-1, _description(source, mended[-1], token, diagnostics))
            elif token.type == "STRING" and mended and mended[-1].type in BEFORE_QUOTED_NAMES:
                if mended[-1].type == "RULE" and at + 1 < len(known) and known[at + 1].type == "NAME":
                    mended.append(token)  # its description, before its name
                    continue
                mended.append(_unquoted(mended[-1], token, span, diagnostics))
            else:
                mended.extend(_mended(token, span, diagnostics))
    return tuple(mended)


def _opening(before: list[Token], token: Token) -> Token:
    """Where a text block that runs to the end of the file began: maybe in an earlier one that an escape kept open."""
    for earlier in reversed(before):
        if earlier.type == "TEXT_BLOCK" and CLOSED_BY_MISTAKE.search(earlier.value):
            return earlier
    return token


def _swapped(before: list[Token], token: Token) -> bool:
    """Whether the description of a rule stands behind ``shadow``, or before the name."""
    if token.type == "STRING":
        return len(before) > 2 and before[-1].type == "SHADOW" and before[-3].type == "RULE"
    return token.type == "NAME" and [each.type for each in before[-2:]] == ["RULE", "STRING"]


def _description(source: Source, first: Token, second: Token, diagnostics: Diagnostics) -> Token:
    """Report a description that stands behind ``shadow``, or before the name; what should come first."""
    both = span_of(source, first).through(span_of(source, second))
    alone = both.text == f"{first} {second}"
    diagnostics.add("misplaced-description", both, replace=f"{second} {first}" if alone else None)
    return second


def _unquoted(before: Token, token: Token, span: Span, diagnostics: Diagnostics) -> Token:
    """Report a name in quotes; a rule's is often left out, so that its description stands there."""
    name = token.value[1:-1]
    plain = PLAIN_NAME.fullmatch(name) is not None and name not in KEYWORDS
    shown = name if plain else text("language.some-name")
    form = "rule" if before.type == "RULE" else "other"
    diagnostics.add(
        "quoted-name",
        span,
        opener=before.value,
        form=text(f"language.quoted-name.{form}", opener=before.value, name=shown),
        replace=name if plain else None,
    )
    return _typed(token, "NAME", name)


def _report_unknown(source: Source, run: list[Token], diagnostics: Diagnostics) -> None:
    """One diagnostic for characters that mean nothing, however many stand together."""
    first, last = span_of(source, run[0]), span_of(source, run[-1])
    shown = "".join(_shown(token.value) for token in run[:10]) + ("…" if len(run) > 10 else "")
    diagnostics.add("unknown-character", first.through(last), found=shown)


def _mended(token: Token, span: Span, diagnostics: Diagnostics) -> Iterator[Token]:
    match token.type:
        case "FOREIGN_OPERATOR":
            yield from _operator(token, span, diagnostics)
        case "FOREIGN_QUOTE":
            inner = token.value.strip(QUOTES)
            closed = token.value[-1] in QUOTES and len(token.value) > 1
            mended = '"' + inner.replace("\\", "\\\\").replace('"', '\\"') + '"'
            diagnostics.add("foreign-quotes", span, found=token.value[0], replace=mended if closed else None)
            yield _typed(token, "STRING", mended)
        case "FOREIGN_PUNCTUATION":
            if token.value in PUNCTUATION:
                kind, sign = PUNCTUATION[token.value]
                diagnostics.add("foreign-punctuation", span, found=token.value, instead=sign, replace=sign)
                yield _typed(token, kind, sign)
            else:
                diagnostics.add("unknown-character", span, found=token.value)
        case "FOREIGN_FIELD":
            yield from _field(token, span, diagnostics)
        case "FOREIGN_COMMENT":
            text_before = span.source.text[span.source.text.rfind("\n", 0, span.start) + 1 : span.start]
            sign = "//" if token.value.startswith("//") else token.value[0]
            # `//` behind something else may have been meant as an expression.
            surely = sign != "//" or not text_before.strip()
            replace = "#" + token.value.lstrip(sign) if surely else None
            diagnostics.add("foreign-comment", span, found=sign, replace=replace)
        case "EXPRESSION" if token.value[-1] not in "/i":
            yield from _apart_from_word(token, span, diagnostics)
        case "EMPTY_EXPRESSION":
            diagnostics.add(RefusedExpression(span, "empty", "", 1, span))
            yield _typed(token, "EXPRESSION", "/x/")
        case "OPEN_STRING":
            diagnostics.add("unclosed-string", span, quotes='"')
            yield _typed(token, "STRING", token.value.rstrip("\\") + '"')
        case "OPEN_EXPRESSION":
            diagnostics.add("unclosed-expression", span)
            yield _typed(token, "EXPRESSION", "/x/")
        case _:
            yield token


def _apart_from_word(token: Token, span: Span, diagnostics: Diagnostics) -> Iterator[Token]:
    """An expression that grew together with the word behind it."""
    body, _, flags = token.value.rpartition("/")
    word = flags if flags in KEYWORDS else flags.removeprefix("i")
    if word not in KEYWORDS:
        yield token
        return
    flag = flags.removesuffix(word)
    length = len(token) - len(word)
    assert token.start_pos is not None
    assert token.column is not None
    start, column = token.start_pos + length, token.column + length
    place = span.part(len(token) - len(flags), len(token))
    diagnostics.add("unknown-flag", place, flags=flags, replace=f"{flag} {word}")
    expression = f"{body}/{flag}"
    yield Token(
        "EXPRESSION", expression, token.start_pos, token.line, token.column, token.line, column, start
    )
    yield Token(word.upper(), word, start, token.line, column, token.line, token.end_column, token.end_pos)


def _operator(token: Token, span: Span, diagnostics: Diagnostics) -> Iterator[Token]:
    if token.value in ("!=", "<>", "≠", "！="):
        diagnostics.add(
            "foreign-operator", span, found=token.value, instead="is not", replace=_apart("is not", span)
        )
        yield _typed(token, "IS", "is")
        yield _typed(token, "NOT", "not")
    elif token.value in OPERATORS:
        kind, word = OPERATORS[token.value]
        diagnostics.add("foreign-operator", span, found=token.value, instead=word, replace=_apart(word, span))
        yield _typed(token, kind, word)
    else:
        diagnostics.add("unknown-character", span, found=token.value)


def _apart(word: str, span: Span) -> str:
    """A word with blanks where it would grow together with what stands beside the sign that it replaces."""
    text = span.source.text
    before = " " if span.start > 0 and not text[span.start - 1].isspace() else ""
    after = " " if span.end < len(text) and not text[span.end].isspace() else ""
    return f"{before}{word}{after}"


def _field(token: Token, span: Span, diagnostics: Diagnostics) -> Iterator[Token]:
    meant = unknown_field(span, diagnostics) or "text"
    yield _typed(token, FIELD_TYPES[meant], meant)


def _typed(token: Token, kind: str, value: str) -> Token:
    return Token.new_borrow_pos(kind, value, token)


def number_meant(
    source: Source,
    token: Token,
    before: Sequence[Token],
    accepted: Collection[str],
    diagnostics: Diagnostics,
) -> Token | None:
    """Report a malformed number by what belongs in its place, and give one so that the parser finds its way.

    Args:
        source: the file.
        token: the malformed number.
        before: the tokens of the declaration before it.
        accepted: the types of tokens that may stand there.
        diagnostics: where it is reported.

    Returns:
        A sound number; ``None`` where no number belongs at all.
    """
    span = span_of(source, token)
    written = unicodedata.normalize("NFKC", token.value)
    narrow = written if written != token.value and NUMBER.fullmatch(written) else None
    if token.type == "FOREIGN_TIMES":
        guess, narrow = "TIMES", meant_times(token.value)
    elif written.endswith("%"):
        guess = "PERCENT"
    elif ":" in written or "点" in written:
        guess = "TIMES"
    else:
        guess = "DATE" if written.count("-") == 2 else "DURATION"
    possible = [kind for kind in (guess, *PLACEHOLDERS) if kind in accepted]
    kind = possible[0] if possible else ""
    if guess == "TIMES" and kind != "TIMES" and "DAILY" in accepted:
        comma = span_of(source, before[-1]) if before[-1].type == "COMMA" else None
        times_without_days(span, narrow, diagnostics, comma)
        return _typed(token, "DAILY", "daily")
    if kind == "TIMES":
        padded = two_digits(narrow) if narrow is not None else None
        reason, shown = why_wrong(token.value, padded)
        diagnostics.add(WrongTime(span, reason, shown, padded))
    elif kind == "DATE":
        diagnostics.add(WrongDate(span, "none", token.value, narrow))
    elif kind == "DURATION":
        diagnostics.add(WrongDuration(span, token.value, narrow))
    elif kind == "PERCENT":
        diagnostics.add(WrongPercentage(span, token.value, narrow))
    else:
        diagnostics.add("malformed-number", span, found=token.value, replace=narrow)
    return _typed(token, kind, PLACEHOLDERS[kind]) if kind else None


def _shown(character: str) -> str:
    return character if character.isprintable() else f"U+{ord(character):04X}"
