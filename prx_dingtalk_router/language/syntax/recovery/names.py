"""Names in a form that names do not have, and words in their place: in quotes, with dots, keywords, fields that are none."""

from __future__ import annotations

import re

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.language.diagnostics.dotted_name import DottedName
from prx_dingtalk_router.language.diagnostics.keyword_as_name import KeywordAsName
from prx_dingtalk_router.language.diagnostics.malformed_name import MalformedName
from prx_dingtalk_router.language.diagnostics.misplaced_description import MisplacedDescription
from prx_dingtalk_router.language.diagnostics.quoted_name import QuotedName
from prx_dingtalk_router.language.diagnostics.unexpected import Unexpected
from prx_dingtalk_router.language.diagnostics.unknown_field import UnknownField
from prx_dingtalk_router.language.diagnostics.unquoted import Unquoted
from prx_dingtalk_router.language.syntax.keywords import KEYWORDS
from prx_dingtalk_router.language.syntax.lexer import Piece, Token
from prx_dingtalk_router.language.syntax.recovery.retyping import retyped
from prx_dingtalk_router.language.syntax.synonyms import field_meant, is_sure
from prx_dingtalk_router.message import FIELDS
from prx_dingtalk_router.text.did_you_mean import nearest

FIELD_TYPES = {name: "DOTTED_FIELD" if "." in name else name.upper() for name in FIELDS}
COMPARED_FIELDS = frozenset(field.name for field in FIELDS.values() if field.kind != "flag")
BEFORE_PATHS = frozenset({"USE", "LINES", "FILE"})
NAME_OPENERS = frozenset({"LIST", "PATTERN", "HOURS", "CONDITION", "TEMPLATE", "RULE"})
BEFORE_NAMES = NAME_OPENERS | frozenset(
    "AGENT BY REPLY MARKDOWN WITH MENTION DURING IS IN CONTAINS ALL WORD MATCHES LSQB COMMA".split()
)
"""After these a name is meant, not a field."""

BEFORE_QUOTED_NAMES = NAME_OPENERS | frozenset({"DURING", "BY"})
"""After these comes a name, without quotes."""

PLAIN_NAME = re.compile(r"[^\W\d][\w-]*")


def keyword_as_name(piece: Piece, token: Token, before: Token | None) -> KeywordAsName:
    """Report a keyword where a name is needed; after ``agent`` it may stand in quotes."""
    of_agent = before is not None and before.type == "AGENT"
    return KeywordAsName(piece.span(token), word=piece.written(token), of_agent=of_agent)


def word_as_name(piece: Piece, token: Token, before: Token | None) -> Token:
    """Read a word that is kept for later, or begins with a number that is no digit, as the name that it is meant for."""
    if token.value in KEYWORDS:
        return retyped(token, "NAME", token.value, keyword_as_name(piece, token, before))
    return retyped(token, "NAME", token.value, MalformedName(piece.span(token), found=token.value))


def dotted_word(piece: Piece, token: Token, before: Token | None) -> Token:
    """Read words with dots between them as what belongs in their place: a file, a name or a field."""
    span, after = piece.span(token), before.type if before is not None else ""
    if after in BEFORE_PATHS:
        return retyped(token, "STRING", f'"{token.value}"', Unquoted(span, found=token.value))
    if after in BEFORE_NAMES:
        finding = DottedName(span, found=token.value, declared=after in NAME_OPENERS)
        return retyped(token, "NAME", token.value, finding)
    return field(piece, token)


def negation(piece: Piece, token: Token) -> Token:
    """Read another word for ``not`` as that."""
    expected = (text("language.token.condition"),)
    finding = Unexpected(
        piece.span(token), found=piece.written(token), expected=expected, meant="not", surely=True
    )
    return retyped(token, "NOT", "not", finding)


def field(piece: Piece, token: Token) -> Token:
    """Read a word that is compared with something as the field that it was meant to be."""
    unknown = unknown_field(piece, token)
    meant = unknown.meant or "text"
    return retyped(token, FIELD_TYPES[meant], meant, unknown)


def unknown_field(piece: Piece, token: Token) -> UnknownField:
    """Report a word in the place of a field that is none."""
    written = piece.written(token)
    synonym = field_meant(written)
    meant = synonym or nearest(written, COMPARED_FIELDS)
    return UnknownField(
        piece.span(token), found=written, meant=meant, surely=synonym is not None and is_sure(written)
    )


def quoted_name(piece: Piece, token: Token, before: Token) -> Token:
    """Read a string as the name that belongs there; a rule's is often left out, so that its description is in that place."""
    name = token.value[1:-1]
    plain = PLAIN_NAME.fullmatch(name) is not None and name not in KEYWORDS
    finding = QuotedName(piece.span(token), opener=before.value, unquoted=name if plain else None)
    return retyped(token, "NAME", name, finding)


def misplaced_description(piece: Piece, first: Token, second: Token) -> Token:
    """Return the second of two tokens, a description and what is on the wrong side of it, as the one to come first."""
    both = piece.text[first.start : second.end]
    instead = f"{second.value} {first.value}" if both == f"{first.value} {second.value}" else None
    finding = MisplacedDescription(piece.span(first, second), instead=instead)
    return retyped(second, second.type, second.value, finding)
