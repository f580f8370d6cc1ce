"""Literals that cannot match as written, or need not stand in their list (language.md sections 4 and 11)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.contained_literal import ContainedLiteral
from prx_dingtalk_router.language.diagnostics.folded_away import FoldedAway
from prx_dingtalk_router.language.diagnostics.literal_of_nothing import LiteralOfNothing
from prx_dingtalk_router.language.diagnostics.lost_blanks import LostBlanks
from prx_dingtalk_router.language.diagnostics.mixed_scripts import MixedScripts
from prx_dingtalk_router.language.source import Place
from prx_dingtalk_router.message import Field
from prx_dingtalk_router.text.folding import WHITE_SPACE, visible, visible_positions

EMOJI_MARKS = str.maketrans("", "", "\ufe0e\ufe0f\u200d")
"""Marks that keyboards put into emoji by themselves: nobody typed them, and matching does without them."""

MAX_COMPARED_ENTRIES = 1_000
MAX_COMPARED_CHARACTERS = 40

_WORD = re.compile(r"[^\W\d_]+")


class Entry(NamedTuple):
    """A string of a value, and where it is written; see ``String`` of the nodes."""

    value: str
    place: Place
    damaged: bool


def check_literal(entry: Entry, literal: str, field: Field, diagnostics: Diagnostics) -> None:
    """Report a literal that folds to nothing, and warn of what folding takes from it.

    Args:
        entry: as written.
        literal: as the field compares it.
        field: what it is compared with.
        diagnostics: where it is reported.
    """
    if not literal:
        diagnostics.add(LiteralOfNothing(entry.place, field.name))
        return
    if field.kind != "text":
        return
    trimmed = entry.value.strip(WHITE_SPACE)
    if trimmed != entry.value:
        exact = diagnostics.written(entry.place) == f'"{entry.value}"'
        diagnostics.add(LostBlanks(entry.place, f'"{trimmed}"' if exact else None))
    typed = entry.value.translate(EMOJI_MARKS)
    if visible(typed) != typed:
        kept = {*visible_positions(typed)}
        hidden = next(character for position, character in enumerate(typed) if position not in kept)
        character = f"U+{ord(hidden):04X} {unicodedata.name(hidden, '')}".rstrip()
        written = diagnostics.written(entry.place)
        instead = visible(written)
        diagnostics.add(FoldedAway(entry.place, character, instead if instead != written else None))
    if entry.value.isascii():
        return
    for word in _WORD.findall(entry.value):
        scripts = {script for script in map(_script, word) if script}
        if len(scripts) > 1:
            diagnostics.add(MixedScripts(entry.place, word, tuple(sorted(scripts))))
            return


def check_contained(
    operator: str, literals: Mapping[str, Entry], reported: set[Place], diagnostics: Diagnostics
) -> None:
    """Warn of entries that find nothing which a shorter entry of the same list does not find.

    Args:
        operator: the comparison; only those that look for pieces of a text are concerned.
        literals: folded, each with where it is written.
        reported: where entries stand that were reported already; those reported now are added.
        diagnostics: where it is reported.
    """
    if operator not in ("contains", "starts with", "ends with") or len(literals) > MAX_COMPARED_ENTRIES:
        return
    for literal, entry in literals.items():
        shorter = _piece_in(literal, operator, literals)
        if shorter is not None and not entry.damaged and entry.place not in reported:
            reported.add(entry.place)
            other = literals[shorter]
            diagnostics.add(ContainedLiteral(entry.place, entry.value, other.value, other.place))


def _piece_in(literal: str, operator: str, literals: Mapping[str, Entry]) -> str | None:
    """Another literal that is the part of this one which the operator looks at."""
    length = len(literal)
    if length > MAX_COMPARED_CHARACTERS:
        return None
    for size in range(1, length):
        starts = {"starts with": range(1), "ends with": range(length - size, length - size + 1)}
        for start in starts.get(operator, range(length - size + 1)):
            piece = literal[start : start + size]
            if piece in literals:
                return piece
    return None


def _script(character: str) -> str | None:
    """Latin, Cyrillic or Greek: the scripts whose letters look alike."""
    script = unicodedata.name(character, "").partition(" ")[0]
    return script.capitalize() if script in ("LATIN", "CYRILLIC", "GREEK") else None
