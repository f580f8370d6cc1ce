"""Words a syntax error: what stands there, and what was expected instead."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from lark import Token

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.keywords import KEYWORDS, OPENERS
from prx_dingtalk_router.language.source import Source, Span
from prx_dingtalk_router.language.tokens import OPENER_TYPES, span_of

WORD_TYPES = {word.upper(): word for word in KEYWORDS}
SIGNS = {"EQUAL": "=", "COMMA": ",", "LPAR": "(", "RPAR": ")", "LSQB": "[", "RSQB": "]", "DOTS": ".."}
SUMMARIES: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "condition",
        frozenset({"ALWAYS", "PRIVATE", "DURING", "PERCENT", "DOTTED_FIELD", "SENDER", "NAME", "TEXT"}),
    ),
    ("step", frozenset({"AGENT", "REPLY", "DROP", "FORGET", "CANCEL", "NEXT"})),
    ("operator", frozenset({"IS", "IN", "CONTAINS", "STARTS", "ENDS", "MATCHES"})),
    ("days", frozenset({"DAY", "DAY_RANGE", "DAILY", "DATE", "WORKDAYS", "HOLIDAYS"})),
    ("value", frozenset({"STRING", "EXPRESSION", "NAME", "LSQB"})),
    ("template", frozenset({"STRING", "TEXT_BLOCK", "NAME"})),
)
"""Kinds of things, and the tokens that only together stand for one of them."""

MEMBERS: dict[str, frozenset[str]] = {
    "condition": frozenset(
        "ALWAYS PRIVATE GROUP MENTIONED ADMIN EXTERNAL DURING PERCENT DOTTED_FIELD TEXT QUOTED SENDER CONVERSATION ROBOT CORP TYPE NAME NOT LPAR".split()
    ),
    "operator": frozenset({"IS", "IN", "CONTAINS", "STARTS", "ENDS", "MATCHES", "NOT"}),
}


def supposed_opener(token: Token) -> Token | None:
    """The word that opens a declaration which this one was surely meant to be, as a token; else ``None``."""
    if token.type != "NAME":
        return None
    word = _nearest(token.value, OPENERS)
    return Token.new_borrow_pos(word.upper(), word, token) if word else None


def report(
    source: Source,
    token: Token | None,
    before: tuple[Token, ...],
    expected: frozenset[str],
    diagnostics: Diagnostics,
) -> None:
    """Report that ``token`` (``None``: the end of the declaration) stands where only ``expected`` may stand."""
    if token is None or token.type in OPENER_TYPES or token.type == "$END":
        last = span_of(source, before[-1])
        after = Span(source, last.end, last.end)
        diagnostics.add(
            "unfinished",
            last if last.start < last.end else after,
            expected=_wording(expected),
            opener=before[0].value,
        )
        return
    span = span_of(source, token)
    if token.type in WORD_TYPES and "NAME" in expected and "AND" not in expected and len(before) <= 2:
        diagnostics.add("keyword-as-name", span, word=token.value)
        return
    meant = _meant(token, expected)
    diagnostics.add(
        "unexpected",
        span,
        found=_found(token),
        expected=_wording(expected),
        hint=text("language.did-you-mean", word=meant) if meant else text("language.no-hint"),
        replace=meant,
    )


def _meant(token: Token, expected: Iterable[str]) -> str | None:
    if token.type != "NAME":
        return None
    words = [WORD_TYPES[kind] for kind in expected if kind in WORD_TYPES]
    if "$END" in expected:
        words.extend(OPENERS)
    return _nearest(token.value, words)


def _nearest(word: str, candidates: Iterable[str]) -> str | None:
    close = get_close_matches(word.lower(), list(candidates), n=1, cutoff=0.75)
    return close[0] if close else None


def _found(token: Token) -> Text | str:
    value = str(token.value)
    return f"`{value if len(value) <= 30 else value[:29] + '…'}`"


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
