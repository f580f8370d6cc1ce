"""Expressions compiled, and warned of where they cannot find what their writer means (language.md section 4)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.language.syntax.ast import ExpressionText
from prx_dingtalk_router.regex.engine import Expression, compile_expression
from prx_dingtalk_router.regex.pieces import Piece, PieceKind, expression_pieces
from prx_dingtalk_router.regex.refusal import ExpressionProblem
from prx_dingtalk_router.text.folding import WHITE_SPACE, visible

ASCII_ONLY = frozenset({"\\b", "\\B", "\\w", "\\W"})
SPECIAL = frozenset("\\.^$|?*+()[]{}")
SPECIAL_IN_CLASS = frozenset("\\]^-[")
ESCAPED_BLANKS = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\f": "\f", "\\v": "\v"}
_NUMBERED = re.compile(r"\\x\{?([0-9A-Fa-f]+)\}?")
_BLANKS = re.compile(f"[{re.escape(WHITE_SPACE)}]+")


@dataclass(slots=True)
class Expressions:
    """Compiles expressions, each once, and checks those that are searched in texts."""

    diagnostics: Diagnostics
    _compiled: dict[Span, Expression | None] = field(default_factory=dict)
    _checked: set[Span] = field(default_factory=set)

    def compiled(self, written: ExpressionText) -> Expression | None:
        """The expression, or ``None`` after reporting why it cannot be used."""
        if written.span not in self._compiled:
            self._compiled[written.span] = self._compile(written)
        return self._compiled[written.span]

    def searched_in_text(self, written: ExpressionText) -> None:
        """Warn of what the plain form of a text never holds, and of classes that know ASCII only."""
        if written.span in self._checked:
            return
        self._checked.add(written.span)
        corrected, first = _corrected(written.value)
        if first is not None:
            start, piece = first
            spelling = "/" + corrected.replace("/", "\\/") + ("/i" if written.ignore_case else "/")
            self.diagnostics.add(
                "not-in-plain-text",
                _place(written, start, len(piece)),
                character=_named(piece),
                instead=spelling,
                replace={written.span: spelling},
            )
        pieces = expression_pieces(written.value)
        for at, piece_at in enumerate(pieces):
            shown = written.value[piece_at.start : piece_at.end]
            if shown in ASCII_ONLY and _beside_other_letters(written.value, pieces, at):
                self.diagnostics.add(
                    "ascii-only-class", _place(written, piece_at.start, len(shown)), found=shown
                )
                return

    def _compile(self, written: ExpressionText) -> Expression | None:
        compiled = compile_expression(written.value, written.ignore_case)
        if isinstance(compiled, ExpressionProblem):
            self._refused(written, compiled)
            return None
        if compiled.matches_everything:
            self.diagnostics.add("matches-everything", written.span)
        return compiled

    def _refused(self, written: ExpressionText, problem: ExpressionProblem) -> None:
        span = written.span
        if problem.position is not None:
            span = _place(written, problem.position, len(problem.detail))
        self.diagnostics.add(
            "refused-expression",
            span,
            why=text(f"language.expression.{problem.kind.value}", detail=problem.detail),
            position=(problem.position if problem.position is not None else 0) + 1,
        )


def _corrected(source: str) -> tuple[str, tuple[int, str] | None]:
    """The expression in characters that plain texts hold, and the first place where it has others."""
    result: list[str] = []
    first: tuple[int, str] | None = None
    pieces = expression_pieces(source)
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        shown = source[piece.start : piece.end]
        repaired = shown
        if piece.kind is PieceKind.LITERAL:
            end = at
            while end + 1 < len(pieces) and pieces[end + 1].kind is PieceKind.LITERAL:
                end += 1
            if end > at and end + 1 < len(pieces) and _may_be_absent(source, pieces[end + 1]):
                end -= 1
            shown = source[piece.start : pieces[end].end]
            kept = _left_by_plain(shown)
            repaired = shown if kept == shown else "".join(_escaped(c, SPECIAL) for c in kept)
            at = end
        elif piece.kind is PieceKind.CLASS:
            repaired = _class(shown)
        elif piece.kind is PieceKind.ESCAPE:
            character = _escaped_character(shown)
            if character is not None and _left_by_plain(character) != character:
                repaired = "".join(_escaped(c, SPECIAL) for c in _left_by_plain(character))
        if repaired != shown and first is None:
            first = (piece.start, shown)
        result.append(repaired)
        at += 1
    return "".join(result), first


def _left_by_plain(piece: str) -> str:
    """What the plain form leaves of a piece out of the middle of a text."""
    normal = unicodedata.normalize("NFKC", visible(unicodedata.normalize("NFKC", piece)))
    return _BLANKS.sub(" ", normal)


def _class(shown: str) -> str:
    """A class with the characters that plain texts hold; blanks stay, for one of several may be meant."""
    inner = [
        c
        if c in WHITE_SPACE or c.isascii() or (kept := _left_by_plain(c)) == c
        else "".join(_escaped(each, SPECIAL_IN_CLASS) for each in kept)
        for c in shown[1:-1]
    ]
    return f"[{''.join(inner)}]"


def _may_be_absent(source: str, piece: Piece) -> bool:
    return piece.kind is PieceKind.REPEAT and source.startswith(("?", "*", "{0"), piece.start)


def _escaped_character(shown: str) -> str | None:
    """The character that an escape stands for, where it is one that plain texts may not hold."""
    numbered = _NUMBERED.fullmatch(shown)
    if numbered is not None and int(numbered[1], 16) <= 0x10FFFF:
        return chr(int(numbered[1], 16))
    return ESCAPED_BLANKS.get(shown)


def _beside_other_letters(source: str, pieces: tuple[Piece, ...], at: int) -> bool:
    r"""Whether the next thing on either side is a letter that RE2's ``\b`` and ``\w`` do not know."""
    passed = (PieceKind.OPEN, PieceKind.CLOSE, PieceKind.REPEAT)
    for side in (reversed(pieces[:at]), iter(pieces[at + 1 :])):
        neighbour = next((piece for piece in side if piece.kind not in passed), None)
        if neighbour is not None and neighbour.kind is PieceKind.LITERAL:
            letter = source[neighbour.start]
            if not letter.isascii() and letter.isalnum():
                return True
    return False


def _escaped(character: str, special: frozenset[str]) -> str:
    return f"\\{character}" if character in special else character


def _named(piece: str) -> str:
    """The first character at fault, so that invisible ones can be told."""
    for character in piece:
        if _left_by_plain(character) != character:
            return (
                f"`{character}`"
                if character.isprintable() and visible(character)
                else f"U+{ord(character):04X}"
            )
    return f"`{piece}`"


def _place(written: ExpressionText, position: int, length: int) -> Span:
    r"""Where a piece of an expression stands between its slashes, ``\/`` being two characters there."""
    shown = written.span.text
    start = 1
    for _ in range(position):
        start += 2 if shown.startswith("\\/", start) else 1
    start = min(start, max(0, len(shown) - 1))
    return written.span.part(start, min(start + max(1, length), len(shown)))
