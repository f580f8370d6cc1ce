"""The tree of a declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the lexer needs the grammar, and the grammar these trees
    from prx_dingtalk_router.language.syntax.lexer import Token


class Branch:
    """A rule of the grammar, or one of its forms by name, and all that it was made of: keywords and signs too.

    Lark makes one for each rule that it has recognised.
    """

    __slots__ = ("children", "kind")

    def __init__(self, data: str, children: list[Branch | Token], meta: object = None) -> None:
        self.kind = str(data)
        self.children = children
