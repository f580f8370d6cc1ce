"""The tree of a declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the lexer needs the grammar, and the grammar these trees
    from prx_dingtalk_router.language.syntax.lexer import Token


class Branch:
    """A rule of the grammar, or one of its forms by name, and all that it was made of: keywords and signs too.

    ``start`` and ``end`` count code points from the beginning of its piece, as those of tokens do.
    """

    __slots__ = ("children", "end", "kind", "start")

    def __init__(self, kind: str, children: list[Branch | Token]) -> None:
        self.kind = kind
        self.children = children
        self.start: int = children[0].start
        self.end: int = children[-1].end
