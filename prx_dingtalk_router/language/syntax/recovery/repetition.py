"""How often a test sends its message again, as people write it: ``再来3次``, ``重复 3次``, ``3times``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from prx_dingtalk_router.language.diagnostics.unexpected import Unexpected
from prx_dingtalk_router.language.syntax.keywords import BEFORE_NAMES
from prx_dingtalk_router.language.syntax.lexer import Piece, Token
from prx_dingtalk_router.language.syntax.synonyms import keyword_meant

_REPETITION = re.compile(r"([^\W\d]*)([0-9]{1,9})(?:次|遍|times?|x)", re.IGNORECASE)
_AGAIN = frozenset({"again"})


def with_repetition_read(piece: Piece, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with words and numbers that are grown together as ``again``, a number and ``times``."""
    if not tokens or tokens[0].type != "TEST":
        return list(tokens)
    return [each for at, token in enumerate(tokens) for each in _read(piece, tokens, at, token)]


def _read(piece: Piece, tokens: Sequence[Token], at: int, token: Token) -> Iterator[Token]:
    found = None
    if token.type in ("NAME", "WRONG_NUMBER") and tokens[at - 1].type not in BEFORE_NAMES:
        found = _REPETITION.fullmatch(unicodedata.normalize("NFKC", token.value))
    if found is None or not (found[1] == "" or _is_again(found[1])):
        yield token
        return
    before = tokens[at - 1]
    is_said = not found[1] and (before.type == "AGAIN" or (before.type == "NAME" and _is_again(before.value)))
    meant = f"{found[2]} times" if is_said else f"again {found[2]} times"
    finding = Unexpected(piece.span(token), found=token.value, expected=(), meant=meant, surely=True)
    read = [("INT", found[2]), ("TIMES_OVER", "times")]
    if not is_said:
        read.insert(0, ("AGAIN", "again"))
    for place, (kind, value) in enumerate(read):
        yield Token(kind, value, token.start, token.end, () if place else (*token.findings, finding))


def _is_again(word: str) -> bool:
    return word == "again" or keyword_meant(word, _AGAIN) is not None
