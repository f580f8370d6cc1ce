"""What declarations are, by their text: an edit touches one of thousands, and the others need not be parsed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from prx_dingtalk_router.language.source import Home
from prx_dingtalk_router.language.syntax.ast import Declaration, DeclarationNode, Unparsed
from prx_dingtalk_router.language.syntax.build import build
from prx_dingtalk_router.language.syntax.lexer import Piece
from prx_dingtalk_router.language.syntax.parser import MAX_DECLARATIONS, parse


class DeclarationCache:
    """Knows the declarations of the set that was checked last.

    Only those that are in order are kept, as diagnostics hold places. What a check does not ask for is
    forgotten at the end of it (``forget_unused``).
    """

    def __init__(self) -> None:
        self._known: dict[str, DeclarationNode] = {}
        self._used: dict[str, DeclarationNode] = {}

    def declarations(self, pieces: Iterable[Piece], file: str) -> Iterator[Declaration]:
        """Give the declarations of a file, as ``build(parse(pieces), file)`` would.

        Args:
            pieces: of the file, in order.
            file: its name as people are shown it.
        """
        cut = list(pieces)
        if len(cut) > MAX_DECLARATIONS:
            yield from build(parse(cut), file)
            return
        for is_known, run in groupby(cut, lambda piece: piece.text in self._known):
            if is_known:
                yield from (self._recalled(piece, file) for piece in run)
            else:
                yield from self._parsed(list(run), file)

    def forget_unused(self) -> None:
        """Keep only what was asked for since the last call."""
        self._known, self._used = self._used, {}

    def _recalled(self, piece: Piece, file: str) -> Declaration:
        node = self._used[piece.text] = self._known[piece.text]
        return Declaration(Home(file, piece.offset), node, ())

    def _parsed(self, run: list[Piece], file: str) -> Iterator[Declaration]:
        texts = {piece.offset: piece.text for piece in run}
        several = set[int]()
        kept: dict[int, DeclarationNode] = {}
        for declaration in build(parse(run), file):
            offset, node = declaration.home.offset, declaration.node
            if offset in kept or declaration.diagnostics or node is None or isinstance(node, Unparsed):
                several.add(offset)
            else:
                kept[offset] = node
            yield declaration
        for offset, node in kept.items():
            if offset in texts and offset not in several:
                self._used[texts[offset]] = node
