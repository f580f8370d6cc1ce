"""What a regex asks for and the plain form of a text never holds (language.md section 4).

Full-width and invisible characters, two blanks in a row, a letter and its accent apart: ``plain`` leaves none of them.
The plain form itself is asked, so that nothing is said of a character that it keeps.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from prx_dingtalk_router.regex import foreign
from prx_dingtalk_router.regex.character_set import characters_of
from prx_dingtalk_router.regex.correction import Correction
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal, replaced
from prx_dingtalk_router.regex.syntax import (
    Alternation,
    BracketClass,
    ClassKind,
    Concatenation,
    Group,
    Literal,
    NamedClass,
    Node,
    Range,
    Repeat,
)
from prx_dingtalk_router.regex.unicode_tables import case_variants
from prx_dingtalk_router.text.folding import WHITE_SPACE, plain

_BLANK_CLASSES = frozenset({"Z", "Zs"})
_MOST_CHARACTERS = 512
"""Characters of a range that are looked at."""

_MOST_EDITS = 200
"""Pieces that are corrected in one regex."""

_SUSPICIOUS = re.compile(r"[^!-~\u4e00-\u9fff]|\\[sStnrfvx0-7pP]|\[:")
"""Without one of these a regex asks for nothing but characters of ASCII and Chinese, none of them a blank."""

_BREAK = None
"""Between what is not certainly one directly after the other."""

Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Unfindable(Correction):
    """A piece of a regex that no plain text holds.

    Args:
        character: the character at fault; two blanks, or a letter and a mark, if they are at fault together.
    """

    character: str


def never_in_plain_text(source: str, tree: Node, ignore_case: bool) -> Unfindable | None:
    """Return the first piece of a regex that no plain text holds, or None.

    Args:
        source: the regex.
        tree: its tree.
        ignore_case: whether the flag ``i`` follows.
    """
    if _SUSPICIOUS.search(source) is None:
        return None
    search = _Search(source)
    search.run(tree)
    if search.first is None:
        return None
    start, end, character = search.first
    return Unfindable(start, end, search.corrected(ignore_case), character)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One character that certainly follows the one before it.

    Args:
        start: where it is written, its repetition included.
        end: where that ends.
        character: what it takes; of several case variants one that plain texts hold, if there is one.
        special: the characters that mean something where it is written.
        ignore_case: whether it takes the case variants of the character as well.
        is_repeated: whether a repetition is of this character alone.
    """

    start: int
    end: int
    character: str
    special: frozenset[str] = foreign.SPECIAL
    ignore_case: bool = False
    is_repeated: bool = False


@dataclass(slots=True)
class _Search:
    """Looks for what no plain text holds, and collects what to write instead."""

    source: str
    first: tuple[int, int, str] | None = None
    edits: list[Edit] = field(default_factory=list)
    is_correctable: bool = True

    def run(self, tree: Node) -> None:
        run: list[Literal | _Piece] = []
        for each in self._sequence(tree):
            if len(self.edits) > _MOST_EDITS:
                return
            if each is not _BREAK:
                run.append(each)
            elif run:
                self._check_run(run)
                run = []
        if run:
            self._check_run(run)

    def corrected(self, ignore_case: bool) -> str | None:
        edits = sorted(self.edits)
        overlap = any(before[1] > behind[0] for before, behind in itertools.pairwise(edits))
        if not self.is_correctable or len(edits) > _MOST_EDITS or overlap:
            return None
        written = replaced(self.source, edits)
        tree = parse(written, ignore_case)
        if isinstance(tree, Refusal) or never_in_plain_text(written, tree, ignore_case) is not None:
            return None
        return written

    def _report(self, start: int, end: int, character: str, edit: Edit | None) -> None:
        if self.first is None or start < self.first[0]:
            self.first = (start, end, character)
        if edit is None:
            self.is_correctable = False
        else:
            self.edits.append(edit)

    # ---- what follows what

    def _sequence(self, tree: Node) -> Iterator[Literal | _Piece | None]:
        """Yield the characters of a tree in written order, with breaks where one need not follow the other."""
        waiting: list[Node | None] = [tree]
        while waiting:
            node = waiting.pop()
            match node:
                case None:
                    yield _BREAK
                case Literal():
                    yield node
                case NamedClass() | BracketClass():
                    yield from self._of_class(node)
                case Group():
                    waiting.append(node.body)
                case Concatenation():
                    waiting.extend(reversed(node.parts))
                case Alternation():
                    for branch in reversed(node.branches):
                        waiting += (_BREAK, branch)
                    waiting.append(_BREAK)
                case Repeat() if node.minimum > 0 and _is_blank(node.body):
                    yield self._of_repeated_blank(node)
                case Repeat(body=Literal() as literal):
                    outside = (_BREAK,) if node.minimum == 0 else ()
                    yield from (*outside, replace(_of_literal(literal)[0], is_repeated=True), *outside)
                case Repeat():
                    # What is repeated begins behind the part before it and ends in front of the one behind it, if it
                    # cannot be left out.
                    outside = (_BREAK,) if node.minimum == 0 else ()
                    waiting += (*outside, node.body, *outside)
                case _:
                    yield _BREAK

    def _of_repeated_blank(self, node: Repeat) -> _Piece:
        if node.minimum > 1:
            self._report(node.start, node.end, "  ", (node.operator_start, node.end, ""))
        return _Piece(node.start, node.end, " ")

    def _of_class(self, node: NamedClass | BracketClass) -> Iterator[_Piece | None]:
        if _is_blank(node):
            yield _Piece(node.start, node.end, " ")
            return
        yield _BREAK
        characters = characters_of(node)
        if (
            characters is not None
            and 0 < len(characters) <= len(WHITE_SPACE)
            and set(characters) <= set(WHITE_SPACE)
        ):
            edit = (node.start, node.end, " ")
            self._report(node.start, node.end, next(iter(characters)), edit)
        elif isinstance(node, BracketClass):
            for item in node.items:
                if isinstance(item, Range):
                    self._check_item(item, node)

    # ---- what plain leaves

    def _check_run(self, run: list[Literal | _Piece]) -> None:
        text = "".join([each.text if isinstance(each, Literal) else each.character for each in run])
        if _left(text) == text:
            return
        before: _Piece | None = None
        for each in run:
            for piece in _of_literal(each) if isinstance(each, Literal) else (each,):
                if len(self.edits) > _MOST_EDITS:
                    return
                before = self._check_piece(before, piece)

    def _check_piece(self, before: _Piece | None, piece: _Piece) -> _Piece | None:
        """Check one character of a run; return it as the next one finds it."""
        kept = _left(piece.character)
        if kept != piece.character:
            self._report(piece.start, piece.end, piece.character, _written(piece, kept))
            if not kept:
                return before
        piece = replace(piece, character=kept)
        if before is None:
            return piece
        together = before.character + kept
        composed = _left(together)
        if composed == together or (piece.ignore_case and _is_kept_in_other_case(together)):
            return piece
        if kept == before.character == " ":
            self._report(before.start, piece.end, "  ", (piece.start, piece.end, ""))
            return before
        # A letter and a mark, which are one character in the plain form.
        both = replace(piece, start=before.start, character=composed)
        self.edits = [edit for edit in self.edits if edit[0] < both.start]
        self._report(
            before.start, piece.end, together, _written(both, composed) if before.end == piece.start else None
        )
        return both

    def _check_item(self, item: Range, node: BracketClass) -> None:
        """Check a character or a range within brackets; a blank among others is let pass."""
        first, last = ord(item.first), ord(item.last)
        if last - first >= _MOST_CHARACTERS:
            return
        characters = [chr(point) for point in range(first, last + 1)]
        if any(each in WHITE_SPACE or _is_left(each, node.ignore_case) for each in characters):
            return
        kept = [_left(each) for each in characters]
        in_order = all(
            len(each) == 1 and ord(each) == ord(kept[0]) + offset for offset, each in enumerate(kept)
        )
        edit = None
        if in_order:
            ends = [kept[0]] if first == last else [kept[0], kept[-1]]
            written = "-".join(_escaped(each, foreign.SPECIAL_IN_BRACKETS) for each in ends)
            edit = (item.start, item.end, written)
        elif not any(kept) and len(node.items) > 1:
            edit = (item.start, item.end, "")
        self._report(item.start, item.end, item.first, edit)


def _of_literal(node: Literal) -> list[_Piece]:
    special: frozenset[str] = frozenset() if node.quoted else foreign.SPECIAL
    pieces: list[_Piece] = []
    for at, character in enumerate(node.text):
        start, end = (node.start, node.end) if node.escaped else (node.start + at, node.start + at + 1)
        shown = character
        if node.ignore_case and not character.isascii():
            shown = next(
                (each for each in sorted(case_variants(character)) if _left(each) == each), character
            )
        pieces.append(_Piece(start, end, shown, special, node.ignore_case))
    return pieces


def _is_kept_in_other_case(text: str) -> bool:
    return any(_left(other) == other for other in (text.lower(), text.upper()))


def _written(piece: _Piece, kept: str) -> Edit | None:
    """Return the edit that writes for a piece what plain leaves of it; None where a repetition would be of something else."""
    if piece.is_repeated and len(kept) != 1:
        return None
    return (piece.start, piece.end, "".join(_escaped(each, piece.special) for each in kept))


def _is_left(character: str, ignore_case: bool) -> bool:
    variants = case_variants(character) if ignore_case else (character,)
    return any(_left(each) == each for each in variants)


def _is_blank(node: Node) -> bool:
    """Return whether a node takes exactly one blank of a plain text, and nothing else of it."""
    match node:
        case Literal():
            return node.text == " "
        case Group():
            return not isinstance(node.body, Group) and _is_blank(node.body)
        case NamedClass() if node.kind is ClassKind.UNICODE:
            return node.name in _BLANK_CLASSES and not node.negated
        case NamedClass() | BracketClass():
            characters = characters_of(node)
            return (
                characters is not None
                and len(characters) <= len(WHITE_SPACE)
                and " " in characters
                and set(characters) <= set(WHITE_SPACE)
            )
        case _:
            return False


def _left(text: str) -> str:
    """Return what the plain form leaves of a text out of the middle of another."""
    return plain(f"0{text}0")[1:-1]


def _escaped(character: str, special: frozenset[str]) -> str:
    return f"\\{character}" if character in special else character
