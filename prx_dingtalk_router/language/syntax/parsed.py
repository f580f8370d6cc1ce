"""What the parser gives."""

from __future__ import annotations

from typing import NamedTuple

from prx_dingtalk_router.language.diagnostics import Diagnostic
from prx_dingtalk_router.language.syntax.ast import Unparsed
from prx_dingtalk_router.language.syntax.lexer import Piece
from prx_dingtalk_router.language.syntax.tree import Branch


class Parsed(NamedTuple):
    """A declaration of a piece, and what was found wrong on the way; ``None`` where there is none, only remarks."""

    piece: Piece
    tree: Branch | Unparsed | None
    findings: tuple[Diagnostic, ...] = ()
