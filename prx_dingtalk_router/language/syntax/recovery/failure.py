"""A place where a declaration cannot go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from prx_dingtalk_router.language.syntax.lexer import Piece, Token
from prx_dingtalk_router.language.syntax.recovery.retyping import meaningful


class Failure(NamedTuple):
    """A token that cannot stand where it does.

    Args:
        piece: the part of the file.
        before: the tokens of the declaration before it, which are in order; at least one.
        token: what cannot stand there.
        tokens: all tokens of the piece.
        at: the place of ``token`` among them.
        expected: the types of tokens that may stand there.
    """

    piece: Piece
    before: Sequence[Token]
    token: Token
    tokens: Sequence[Token]
    at: int
    expected: frozenset[str]

    def rest(self) -> Iterator[Token]:
        """Give ``token`` and those after it that are read as something."""
        yield self.token
        yield from meaningful(self.tokens, self.at + 1)

    def following(self) -> Token | None:
        """Return the token after ``token``, if there is one."""
        return next(meaningful(self.tokens, self.at + 1), None)
