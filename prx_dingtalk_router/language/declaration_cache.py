"""What declarations are, by their text: an edit touches one of thousands, and the others need not be parsed again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import msgspec

from prx_dingtalk_router.language.syntax.ast import Declaration, DeclarationNode, Unparsed
from prx_dingtalk_router.language.syntax.build import build
from prx_dingtalk_router.language.syntax.known_pieces import cut
from prx_dingtalk_router.language.syntax.lexer import Piece
from prx_dingtalk_router.language.syntax.parser import parse

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[str, DeclarationNode])


class DeclarationCache:
    """Knows the declarations of the set that was checked last.

    Only those that are in order are kept, as diagnostics hold places. What a check does not ask for is
    forgotten at the end of it (``forget_unused``).
    """

    def __init__(self) -> None:
        self._known: dict[str, DeclarationNode] = {}
        self._used: dict[str, DeclarationNode] = {}
        self.is_new = True
        """Whether something was asked for that was not loaded."""

    def pieces(self, text: str) -> Iterator[Piece]:
        """Cut a text into pieces; those whose declarations are known have no tokens."""
        return cut(text, self._known)

    def declarations(self, pieces: Iterable[Piece], file: str) -> Iterator[Declaration]:
        """Give the declarations of a file, as ``build(parse(pieces), file)`` would.

        Args:
            pieces: of the file, in order.
            file: its name as people are shown it.
        """
        texts: dict[int, str] = {}

        def seen() -> Iterator[Piece]:
            for piece in pieces:
                texts[piece.offset] = piece.text
                yield piece

        several = set[int]()
        kept: dict[int, DeclarationNode] = {}
        for declaration in build(parse(seen(), self._known), file):
            offset, node = declaration.home.offset, declaration.node
            if offset in kept or declaration.diagnostics or node is None or isinstance(node, Unparsed):
                several.add(offset)
            else:
                kept[offset] = node
            yield declaration
        for offset, node in kept.items():
            if offset in texts and offset not in several:
                self._used[texts[offset]] = node
                self.is_new = self.is_new or texts[offset] not in self._known

    def load(self, kept: bytes) -> None:
        """Take what ``dump`` gave, whoever kept it meanwhile; nothing of it where it has another form.

        The form holds data only: whatever is in it, no code of it runs.
        """
        with contextlib.suppress(msgspec.MsgspecError, ValueError, RecursionError):
            self._known |= _DECODER.decode(kept)
            self.is_new = False

    def dump(self) -> bytes:
        """Return the declarations that were asked for since the last call of ``forget_unused``, to be kept for ``load``.

        They are what they are by their text and by this program alone: another version must not load them.
        """
        return _ENCODER.encode(self._used)

    def known(self) -> Iterable[DeclarationNode]:
        """Return the declarations that were loaded or are known from before, in their order."""
        return self._known.values()

    def used(self) -> Iterable[DeclarationNode]:
        """Return the declarations that ``dump`` gives, in their order."""
        return self._used.values()

    def forget_unused(self) -> None:
        """Keep only what was asked for since the last call."""
        self._known, self._used = self._used, {}
