"""A declaration whose words are Chinese: read as a whole, and told once."""

from __future__ import annotations

from collections.abc import Sequence

from prx_dingtalk_router.language.diagnostics.chinese_words import ChineseWords
from prx_dingtalk_router.language.diagnostics.unexpected import Unexpected
from prx_dingtalk_router.language.diagnostics.unknown_field import UnknownField
from prx_dingtalk_router.language.syntax.lexer import OPENER_TYPES, Piece, Token
from prx_dingtalk_router.language.syntax.lr import END, Automaton
from prx_dingtalk_router.language.syntax.recovery.comparison import OPERATOR_TYPES
from prx_dingtalk_router.language.syntax.recovery.expectation import WORD_TYPES
from prx_dingtalk_router.language.syntax.recovery.names import FIELD_TYPES
from prx_dingtalk_router.language.syntax.recovery.openers import opener_meant
from prx_dingtalk_router.language.syntax.recovery.retyping import NOTHING_TYPE, retyped
from prx_dingtalk_router.language.syntax.synonyms import field_meant, flag_meant, is_sure, keyword_meant

LEAST = 2
"""One such word is told by itself."""
MOST_TOKENS = 500
"""A longer declaration is told word by word."""
SEVERAL = {"starts": "starts with", "ends": "ends with", "at": "at most"}
"""Words of the language that are the first of two, where one Chinese word says both."""


def in_english(piece: Piece, tokens: Sequence[Token], begin: int) -> tuple[int, list[Token]] | None:
    """Return the tokens of a declaration as if its Chinese words were those of the language, and where the next one begins.

    ``None`` where hardly any are Chinese, or the declaration is not in order even so.

    Args:
        piece: the part of the file.
        tokens: all its tokens, repaired.
        begin: the place of the first token of the declaration.
    """
    if sum(_is_chinese(piece, token) for token in tokens[begin : begin + MOST_TOKENS]) < LEAST:
        return None
    end = _end(piece, tokens, begin)
    if end - begin > MOST_TOKENS:
        return None
    within = [token for token in tokens[begin:end] if token.type != NOTHING_TYPE]
    if sum(_is_chinese(piece, token) for token in within) < LEAST:
        return None
    automaton = Automaton()
    read: list[Token] = []
    words: list[tuple[Token, str]] = []
    for at, token in enumerate(within):
        expected = automaton.accepted()
        following = within[at + 1] if at + 1 < len(within) else END
        word = _meant(piece, token, following, expected) if _is_chinese(piece, token) else None
        if word is None:
            meant = [token]
        elif token.type != "NAME":
            words.append((token, word))
            meant = [Token(token.type, token.value, token.start, token.end)]
        else:
            words.append((token, word))
            meant = [retyped(token, each.upper(), each) for each in word.split()]
            if word in FIELD_TYPES:
                meant = [retyped(token, FIELD_TYPES[word], word)]
        if not all(automaton.feed(each.type) for each in meant):
            return None
        read += meant
    if len(words) < LEAST or not automaton.feed(END.type):
        return None
    finding = ChineseWords(
        piece.span(words[0][0]),
        words=tuple(dict.fromkeys(f"{piece.written(token)} → {word}" for token, word in words)),
        places=tuple(piece.span(token) for token, _ in words),
        instead=tuple(word for _, word in words),
        surely=all(is_sure(piece.written(token)) for token, _ in words),
    )
    first = read[0]
    read[0] = retyped(first, first.type, first.value, finding)
    left = [token for token in tokens[begin:end] if token.type == NOTHING_TYPE]
    return end, [*left, *read]


def _end(piece: Piece, tokens: Sequence[Token], begin: int) -> int:
    """Return the place of the first token of the next declaration: a word that opens one, at the margin."""
    for at in range(begin + 1, min(len(tokens), begin + MOST_TOKENS + 1)):
        token = tokens[at]
        if token.type in OPENER_TYPES or token.type == "NAME":
            at_margin = piece.text[token.start - 1 : token.start] in ("", "\n")
            if at_margin and opener_meant(token) is not None:
                return at
    return len(tokens)


def _is_chinese(piece: Piece, token: Token) -> bool:
    """Tell whether a word is Chinese, as it is written or as far as it was repaired already."""
    if token.type == "NAME":
        return not token.value.isascii()
    return (
        token.value.isascii()
        and not piece.written(token).isascii()
        and bool(token.findings)
        and all(isinstance(each, Unexpected | UnknownField) for each in token.findings)
    )


def _meant(piece: Piece, token: Token, following: Token, expected: frozenset[str]) -> str | None:
    """Return the word of the language that a Chinese word stands for where it is; ``None`` where it is a name."""
    if token.type != "NAME":
        return token.value
    compared = _is_operator(piece, following)
    field = field_meant(token.value)
    if field is not None and compared and FIELD_TYPES[field] in expected:
        return field
    flag = flag_meant(token.value)
    if flag is not None and not compared and flag.upper() in expected:
        return flag
    if "NAME" in expected and "WHEN" not in expected and not expected & {"NOT", "CONTAINS"}:
        return None
    word = keyword_meant(token.value, (WORD_TYPES[kind] for kind in expected if kind in WORD_TYPES))
    if word is None:
        return None
    return SEVERAL.get(word, word) if following.value not in ("with", "most") else word


def _is_operator(piece: Piece, token: Token) -> bool:
    if token.type in OPERATOR_TYPES or token.type == "NOT":
        return True
    words = (WORD_TYPES[kind] for kind in (*OPERATOR_TYPES, "NOT") if kind in WORD_TYPES)
    return token is not END and _is_chinese(piece, token) and keyword_meant(token.value, words) is not None
