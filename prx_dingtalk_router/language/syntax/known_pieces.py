"""A text cut into pieces where most of them are known: those need no tokens, so that an edit costs what it touches."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator

from prx_dingtalk_router.language.syntax.keywords import OPENERS
from prx_dingtalk_router.language.syntax.lexer import Piece, lex

_OPENER_AT_MARGIN = re.compile(rf"^(?:{'|'.join(sorted(OPENERS))})(?![\w.-])", re.MULTILINE)


def cut(text: str, known: Container[str]) -> Iterator[Piece]:
    """Cut a text into the pieces that ``lex`` cuts it into; those that are known are given without their tokens.

    A piece that is in order and ends with its line is cut off wherever a line behind it begins with a word that opens a
    declaration, or nothing follows: its last token is whole, so nothing behind it can belong to it.

    Args:
        text: of a file.
        known: pieces that are in order, each one declaration.
    """
    openers = [found.start() for found in _OPENER_AT_MARGIN.finditer(text)]
    openers.append(len(text))
    number = 0 if openers[0] == 0 else -1
    at = 0
    while at < len(text):
        if number >= 0 and openers[number] == at:
            written = text[at : openers[number + 1]]
            if written in known and written.endswith("\n"):
                yield Piece(at, written, ())
                number += 1
                at = openers[number]
                continue
        end = len(text)
        for piece in lex(text, at):
            yield piece
            end = piece.offset + len(piece.text)
            number = bisect_left(openers, end, max(number, 0))
            if end < len(text) and openers[number] == end and text[end : openers[number + 1]] in known:
                break
        else:
            return
        at = end
