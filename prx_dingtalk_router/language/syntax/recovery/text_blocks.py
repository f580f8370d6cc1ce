"""Text blocks that do not end where they were meant to."""

from __future__ import annotations

import re

from prx_dingtalk_router.language.diagnostics.unclosed_string import UnclosedString
from prx_dingtalk_router.language.syntax.lexer import Piece, Token

_CLOSED_BY_MISTAKE = re.compile(r'\\"""[ \t]*(\r?\n|$)')


def is_closed_by_mistake(token: Token) -> bool:
    """Tell whether a text block holds an escaped end at the end of a line, where it was surely meant to end."""
    return token.type == "TEXT_BLOCK" and _CLOSED_BY_MISTAKE.search(token.value) is not None


def unclosed_block(piece: Piece, token: Token) -> UnclosedString:
    """Report a text block without its end where it begins."""
    return UnclosedString(piece.between(token.start, token.start + 3), quotes='"""')
