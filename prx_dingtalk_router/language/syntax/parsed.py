"""What the parser gives."""

from __future__ import annotations

from typing import NamedTuple

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.syntax.ast import DeclarationNode, Unparsed
from prx_dingtalk_router.language.syntax.lexer import Piece
from prx_dingtalk_router.language.syntax.tree import Branch


class Parsed(NamedTuple):
    """A declaration of a piece, as a tree or, where it was known, as the node that it is built to; and what was found wrong on the way.

    ``None`` where there is none, only remarks.
    """

    piece: Piece
    tree: Branch | DeclarationNode | Unparsed | None
    findings: tuple[Diagnostic, ...] = ()
