"""Texts that begin with one kind of quotation mark and end with another: ``"报销”``, ``“报销"``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from prx_dingtalk_router.language.diagnostics.foreign_quotes import ForeignQuotes
from prx_dingtalk_router.language.syntax.keywords import PHRASE_WORDS
from prx_dingtalk_router.language.syntax.lexer import Piece, Token, kind_in_phrase, lex
from prx_dingtalk_router.language.syntax.recovery.punctuation import QUOTES

_ENDS = re.compile("[”“„‟＂」』»]")
"""What a text that begins with ``"`` is ended with by mistake; apostrophes may belong to it."""
_OTHER_ENDS = re.compile(f'["{QUOTES}]')
READ_AGAIN = 4
"""So many times as much as is written is read again at most: lists of thousands stand in one line."""
READ_AGAIN_ANYWAY = 5_000
"""In characters."""
_PAIR = re.compile("“[^“”]*”")


def with_whole_quotes(piece: Piece, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with such texts as strings, and what follows them on the line read again."""
    whole: list[Token] = []
    ahead = list(reversed(tokens))
    left = READ_AGAIN * len(piece.text) + READ_AGAIN_ANYWAY
    while ahead:
        token = ahead.pop()
        end = _end(token, ahead[-1] if ahead else None) if left > 0 else None
        if end is None:
            whole.append(token)
            continue
        inner = piece.text[token.start + 1 : end - 1]
        string = f'"{inner}"'
        if token.type != "FOREIGN_QUOTE":
            finding = _wrong_mark(piece, end - 1)
        else:
            string = '"' + inner.replace("\\", "\\\\") + '"'
            finding = _wrong_mark(piece, token.start)
            if piece.text[end - 1] != '"':  # neither of them is right
                finding = ForeignQuotes(piece.between(token.start, end), found=token.value[0], instead=string)
        whole.append(Token("STRING", string, token.start, end, (*token.findings, finding)))
        line_end = piece.text.find("\n", end)
        line_end = len(piece.text) if line_end < 0 else line_end
        while ahead and ahead[-1].start < line_end:
            line_end = max(line_end, ahead.pop().end)
        left -= line_end - end
        ahead.extend(reversed(list(_read_again(piece, end, line_end))))
    return whole


def _wrong_mark(piece: Piece, at: int) -> ForeignQuotes:
    return ForeignQuotes(piece.between(at, at + 1), found=piece.text[at], instead='"')


def _end(token: Token, following: Token | None) -> int | None:
    """Return where a text ends whose marks do not fit each other; None where they do, or nothing ends it."""
    match token.type:
        case "OPEN_STRING":
            pass
        case "STRING" if (
            following is not None
            and following.start == token.end
            and following.type in ("NAME", "WRONG_NUMBER", "INT", "OPEN_STRING", "FOREIGN_FIELD")
        ):
            pass  # what seems to end it begins the next text
        case "FOREIGN_QUOTE" if len(token.value) > 1 and token.value[-1] not in QUOTES:
            found = _OTHER_ENDS.search(token.value, 1)
            return token.start + found.end() if found is not None else None
        case _:
            return None
    if _PAIR.search(token.value):
        return None
    found = _ENDS.search(token.value, 1)
    return token.start + found.end() if found is not None else None


def _read_again(piece: Piece, start: int, end: int) -> Iterator[Token]:
    opener, last = piece.tokens[0].type, "STRING"
    for part in lex(piece.text[start:end]):
        offset = start + part.offset
        for token in part.tokens:
            kind = token.type
            if kind == "NAME" and token.value in PHRASE_WORDS:
                kind = kind_in_phrase(token.value, opener, last)
            last = kind
            yield Token(kind, token.value, offset + token.start, offset + token.end)
