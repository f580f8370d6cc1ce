"""Signs of other languages and keyboards: operators, brackets, quotes, comments, and signs that nothing needs."""

from __future__ import annotations

from msgspec.structs import replace

from prx_dingtalk_router.language.diagnostics.foreign_comment import ForeignComment
from prx_dingtalk_router.language.diagnostics.foreign_operator import ForeignOperator
from prx_dingtalk_router.language.diagnostics.foreign_punctuation import ForeignPunctuation
from prx_dingtalk_router.language.diagnostics.foreign_quotes import ForeignQuotes
from prx_dingtalk_router.language.diagnostics.needless_punctuation import NeedlessPunctuation
from prx_dingtalk_router.language.diagnostics.unknown_character import UnknownCharacter
from prx_dingtalk_router.language.syntax.lexer import Piece, Token
from prx_dingtalk_router.language.syntax.recovery.retyping import nothing, retyped

OPERATORS = {
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not",
    "！": "not",
    "==": "is",
    "===": "is",
    "!=": "is not",
    "<>": "is not",
    "≠": "is not",
    "！=": "is not",
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
QUOTES = "“”„‟＂«»「」『』'‘’`《》〈〉"
SHOWN = 10
"""So many characters that mean nothing are shown."""


def operator(piece: Piece, token: Token, following: Token | None) -> list[Token]:
    """Read a sign as the words that it stands for."""
    instead = OPERATORS.get(token.value)
    if instead is None:
        return [nothing(token, UnknownCharacter(piece.span(token), found=token.value))]
    if instead.startswith("is") and following is not None and following.type == "LSQB":
        instead += " in"  # a list is equal to nothing
    apart = (_joins(piece, token.start - 1), _joins(piece, token.end))
    first, *others = instead.split()
    finding = ForeignOperator(piece.span(token), found=token.value, instead=instead, apart=apart)
    return [
        retyped(token, first.upper(), first, finding),
        *(Token(word.upper(), word, token.start, token.end) for word in others),
    ]


def punctuation(piece: Piece, token: Token) -> Token:
    """Read a full-width sign as the ordinary one."""
    if token.value not in PUNCTUATION:
        return nothing(token, UnknownCharacter(piece.span(token), found=token.value))
    kind, sign = PUNCTUATION[token.value]
    finding = ForeignPunctuation(piece.span(token), found=token.value, instead=sign)
    return retyped(token, kind, sign, finding)


def quoted(piece: Piece, token: Token) -> Token:
    """Read a text between other quotation marks as a string."""
    inner = token.value.strip(QUOTES)
    closed = token.value[-1] in QUOTES and len(token.value) > 1
    string = '"' + inner.replace("\\", "\\\\").replace('"', '\\"') + '"'
    finding = ForeignQuotes(piece.span(token), found=token.value[0], instead=string if closed else None)
    return retyped(token, "STRING", string, finding)


def comment(piece: Piece, token: Token) -> Token:
    """Read a comment of another language as nothing."""
    before = piece.text[piece.text.rfind("\n", 0, token.start) + 1 : token.start]
    return nothing(token, ForeignComment(piece.span(token), found=token.value, alone=not before.strip()))


def unknown(piece: Piece, run: list[Token]) -> Token:
    """Read characters that mean nothing as nothing, and report them once, however many stand together."""
    written = "".join(token.value for token in run)
    shown = "".join(each if each.isprintable() else f"U+{ord(each):04X}" for each in written[:SHOWN]) + (
        "…" if len(written) > SHOWN else ""
    )
    whole = replace(run[0], end=run[-1].end)
    return nothing(whole, UnknownCharacter(piece.span(whole), found=shown))


def needless(piece: Piece, token: Token) -> NeedlessPunctuation:
    """Report a sign that everything would be in order without."""
    found, between = piece.written(token), grows_together(piece, token)
    return NeedlessPunctuation(piece.span(token), found=found, between_words=between)


def grows_together(piece: Piece, token: Token) -> bool:
    """Tell whether what stands on both sides of a sign would be one word without it."""
    return _joins(piece, token.start - 1) and _joins(piece, token.end)


def _joins(piece: Piece, at: int) -> bool:
    """Tell whether what is written beside the character at a place would be one word with it."""
    return 0 <= at < len(piece.text) and not piece.text[at].isspace()
