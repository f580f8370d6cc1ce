"""Finds the comments ``# prx: ignore PRX203`` of a set, and keeps back what they are about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from prx_dingtalk_router.language.diagnostics import Diagnostic, Diagnostics
from prx_dingtalk_router.language.source import Place, Source
from prx_dingtalk_router.language.suppressions.comment import Suppression
from prx_dingtalk_router.language.syntax.lexer import Piece

_DIRECTIVE = re.compile(r"#[ \t]*prx[ \t]*[:：][^#\n]*", re.IGNORECASE)
_VERB = re.compile(r"#[ \t]*prx[ \t]*[:：][ \t]*(?P<verb>[^\s:：,，、]*)[ \t]*[:：]?", re.IGNORECASE)
_WORD = re.compile(r"[^\s,，、#]+")


class Suppressions:
    """The comments of a set.

    Args:
        diagnostics: of the set; what a comment is about is kept from it from now on.
    """

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self._by_line: dict[tuple[str, int], list[Suppression]] = {}
        self._all: list[tuple[Source, Suppression]] = []
        diagnostics.suppressed = self._covers

    def are_in(self, source: Source) -> bool:
        """Tell whether there may be such a comment in a file; then its pieces must have their tokens."""
        return _DIRECTIVE.search(source.text) is not None

    def read(self, source: Source, pieces: Iterable[Piece]) -> Iterable[Piece]:
        """Find the comments of a file, before anything of it is checked.

        Args:
            source: the file.
            pieces: of it, in order: what stands in a string is no comment.

        Returns:
            The same pieces.
        """
        if not self.are_in(source):
            return pieces
        pieces = list(pieces)
        for place in _comments(source, pieces):
            written = source.text[place.start : place.end]
            found = _VERB.match(written)
            assert found is not None
            words = [
                (word.group(), place.part(found.end() + word.start(), found.end() + word.end()))
                for word in _WORD.finditer(written[found.end() :])
            ]
            suppression = Suppression(
                place, found["verb"].lower(), words, _lines_of(source, place.start, pieces)
            )
            self._all.append((source, suppression))
            self._enter(source, suppression)
        return pieces

    def report(self, unsought: Collection[str] | None) -> None:
        """Report what is wrong with comments, such as that one kept nothing back.

        Args:
            unsought: codes that this check did not look for; ``None`` where it did not look for everything else either.
        """
        if self._all:
            # Imported here because most sets have no such comment.
            from prx_dingtalk_router.language.suppressions.findings import findings

            for source, suppression in self._all:
                for finding in findings(source, suppression, unsought):
                    self._diagnostics.add(finding)

    def _enter(self, source: Source, suppression: Suppression) -> None:
        if suppression.verb != "ignore":
            return
        from prx_dingtalk_router.language.diagnostics.registry import find_diagnostic

        for word, _ in suppression.words:
            kind = find_diagnostic(word)
            if kind is not None and kind.severity != "error":
                suppression.codes[word] = kind.code
        for line in suppression.lines:
            self._by_line.setdefault((source.name, line), []).append(suppression)

    def _covers(self, diagnostic: Diagnostic) -> bool:
        """Tell whether a comment keeps a diagnostic from being shown, and note that it did."""
        if not self._by_line or diagnostic.is_error:
            return False
        place = diagnostic.span
        assert isinstance(place, Place)
        line = self._diagnostics.sources[place.file].position(place.start).line
        covers = False
        for suppression in self._by_line.get((place.file, line), ()):
            if diagnostic.code in suppression.codes.values():
                suppression.used.add(diagnostic.code)
                covers = True
        return covers


def _comments(source: Source, pieces: Sequence[Piece]) -> Iterator[Place]:
    """Give the places of the comments that begin so."""
    for found in _DIRECTIVE.finditer(source.text):
        start = found.start()
        token = next(_tokens_from(pieces, start), None)
        if token is None or token[0] > start:
            yield Place(start, start + len(found.group().rstrip()), source.name)


def _lines_of(source: Source, start: int, pieces: Sequence[Piece]) -> range:
    """Return the lines that a comment is about: its own, or the next one with anything where it stands alone.

    A token of several lines, such as a text block, is one with the lines where it begins and ends.
    """
    line = source.position(start).line
    begin = source.text.rfind("\n", 0, start) + 1
    tokens = (
        (source.position(one).line, source.position(other).line) for one, other in _tokens_from(pieces, begin)
    )
    following = next(tokens, None)
    if source.text[begin:start].strip(" \t"):
        first, last = line, line
    elif following is None:
        return range(0)
    else:
        first = last = following[0]
    while following is not None and following[0] <= last:
        first, last = min(first, following[0]), max(last, following[1])
        following = next(tokens, None)
    return range(first, last + 1)


def _tokens_from(pieces: Sequence[Piece], offset: int) -> Iterator[tuple[int, int]]:
    """Give begin and end of the tokens of a file that end behind an offset."""
    at = max(0, bisect_right(pieces, offset, key=lambda piece: piece.offset) - 1)
    for piece in pieces[at:]:
        first = bisect_right(piece.tokens, offset - piece.offset, key=lambda token: token.end)
        for token in piece.tokens[first:]:
            yield piece.offset + token.start, piece.offset + token.end
