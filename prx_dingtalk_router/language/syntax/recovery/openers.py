"""Words that were meant to open a declaration: ``ruel``, ``规则``."""

from __future__ import annotations

from msgspec.structs import replace

from prx_dingtalk_router.language.syntax.keywords import OPENERS
from prx_dingtalk_router.language.syntax.lexer import OPENER_TYPES, Token
from prx_dingtalk_router.language.syntax.synonyms import keyword_meant
from prx_dingtalk_router.text.did_you_mean import nearest


def opener_meant(token: Token) -> Token | None:
    """Return the token as the word that opens a declaration which it is or was surely meant to be; else ``None``."""
    if token.type in OPENER_TYPES:
        return token
    if token.type != "NAME":
        return None
    word = keyword_meant(token.value, OPENERS) or nearest(token.value, OPENERS)
    return replace(token, type=word.upper(), value=word) if word else None
