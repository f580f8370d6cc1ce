"""Names what people type instead of the language's own signs, and puts the right token in its place.

A repaired token lets the parser go on, so one full-width comma is one diagnostic and not ten.
"""

from __future__ import annotations

from collections.abc import Iterable

from lark import Token

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.source import Source
from prx_dingtalk_router.language.tokens import Lexed, span_of

OPERATORS = {
    "&&": ("AND", "and"),
    "&": ("AND", "and"),
    "||": ("OR", "or"),
    "|": ("OR", "or"),
    "!": ("NOT", "not"),
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
QUOTES = "“”„‟＂«»「」『』'‘’`"


def repaired(source: Source, lexed: Lexed, diagnostics: Diagnostics) -> tuple[Token, ...]:
    """The tokens with every recognisable mistake reported and mended; the others stay for the parser to refuse."""
    for token in lexed.trivia:
        if token.type == "WIDE_BLANK":
            span = span_of(source, token)
            diagnostics.add("wide-blank", span, character=f"U+{ord(token[0]):04X}", replace=" " * len(token))
    return tuple(_mended(source, lexed.tokens, diagnostics))


def _mended(source: Source, tokens: Iterable[Token], diagnostics: Diagnostics) -> Iterable[Token]:
    for token in tokens:
        span = span_of(source, token)
        match token.type:
            case "FOREIGN_OPERATOR":
                if token.value in ("!=", "<>", "≠", "！="):
                    diagnostics.add(
                        "foreign-operator", span, found=token.value, instead="is not", replace="is not"
                    )
                    yield _typed(token, "IS", "is")
                    yield _typed(token, "NOT", "not")
                elif token.value in OPERATORS:
                    kind, word = OPERATORS[token.value]
                    diagnostics.add("foreign-operator", span, found=token.value, instead=word, replace=word)
                    yield _typed(token, kind, word)
                else:
                    diagnostics.add("unknown-character", span, found=token.value)
            case "FOREIGN_QUOTE":
                inner = token.value.strip(QUOTES)
                closed = token.value[-1] in QUOTES and len(token.value) > 1
                mended = '"' + inner.replace("\\", "\\\\").replace('"', '\\"') + '"'
                diagnostics.add(
                    "foreign-quotes", span, found=token.value[0], replace=mended if closed else None
                )
                yield _typed(token, "STRING", mended)
            case "FOREIGN_PUNCTUATION":
                if token.value in PUNCTUATION:
                    kind, sign = PUNCTUATION[token.value]
                    diagnostics.add(
                        "foreign-punctuation", span, found=token.value, instead=sign, replace=sign
                    )
                    yield _typed(token, kind, sign)
                else:
                    diagnostics.add("unknown-character", span, found=token.value)
            case "UNKNOWN":
                diagnostics.add("unknown-character", span, found=_shown(token.value))
            case "OPEN_STRING":
                diagnostics.add("unclosed-string", span, quotes='"')
                yield _typed(token, "STRING", token.value.rstrip("\\") + '"')
            case "OPEN_TEXT_BLOCK":
                diagnostics.add("unclosed-string", span.part(0, 3), quotes='"""')
                yield _typed(token, "TEXT_BLOCK", '""""""')
            case "OPEN_EXPRESSION":
                diagnostics.add("unclosed-expression", span)
                yield _typed(token, "EXPRESSION", "/x/")
            case "WRONG_NUMBER":
                diagnostics.add("malformed-number", span, found=token.value)
                yield _number(token)
            case _:
                yield token


def _typed(token: Token, kind: str, value: str) -> Token:
    return Token.new_borrow_pos(kind, value, token)


def _number(token: Token) -> Token:
    """The number that was most likely meant, so that the parser finds its place."""
    if token.value.endswith("%"):
        return _typed(token, "PERCENT", "1%")
    if ":" in token.value:
        return _typed(token, "TIMES", "00:00-24:00")
    if token.value.count("-") == 2:
        return _typed(token, "DATE", "2026-01-01")
    return _typed(token, "DURATION", "1m") if not token.value.isdigit() else _typed(token, "INT", "1")


def _shown(character: str) -> str:
    return character if character.isprintable() else f"U+{ord(character):04X}"
