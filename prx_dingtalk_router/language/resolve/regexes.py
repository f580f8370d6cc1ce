"""Regexes read, or refused with what to write instead (language.md section 2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.refused_expression import RefusedExpression
from prx_dingtalk_router.language.diagnostics.too_many_expressions import TooManyExpressions
from prx_dingtalk_router.language.resolve.character_limit import CharacterLimit
from prx_dingtalk_router.language.resolve.inventory import SearchedRegex
from prx_dingtalk_router.language.resolve.written_regex import WrittenRegex
from prx_dingtalk_router.language.source import Place
from prx_dingtalk_router.language.syntax.ast import RegexText
from prx_dingtalk_router.message import Field
from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.regex.look_around import look_around_meant
from prx_dingtalk_router.regex.read import read_regex
from prx_dingtalk_router.regex.refusal import Refusal, RefusalKind

MAX_CHARACTERS = 1_000_000
"""Characters that all regexes of a set may have together."""


@dataclass(slots=True)
class Regexes:
    """Reads regexes, each once."""

    diagnostics: Diagnostics
    searched: list[SearchedRegex] = field(default_factory=list)
    """All that are in order."""
    limit: CharacterLimit = field(init=False)
    _read: dict[Place, SearchedRegex | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.limit = CharacterLimit(
            self.diagnostics, MAX_CHARACTERS, lambda place, limit: TooManyExpressions(place, limit=limit)
        )

    def resolve(self, written: RegexText, searched_in: Field | None = None) -> Regex | None:
        """Return the regex, or None after reporting why it cannot be used.

        Args:
            written: one of the declaration at hand.
            searched_in: the field, if it is searched in one.
        """
        place = self.diagnostics.place(written.span)
        if place not in self._read:
            self._read[place] = self._read_now(WrittenRegex.of(written, place))
        searched = self._read[place]
        if searched is None:
            return None
        if searched_in is not None and searched_in.kind == "text":
            searched.in_text = True
        elif searched_in is not None:
            searched.ids.add(searched_in.name)
        return searched.regex

    def _read_now(self, written: WrittenRegex) -> SearchedRegex | None:
        if not self.limit.count(len(written.source), written.place):
            return None
        read = read_regex(written.source, written.ignore_case)
        if isinstance(read, Refusal):
            self._refuse(written, read)
            return None
        searched = SearchedRegex(written, read.regex, read.tree)
        self.searched.append(searched)
        return searched

    def _refuse(self, written: WrittenRegex, refusal: Refusal) -> None:
        corrected, excluded, rest = refusal.corrected, None, None
        if refusal.kind is RefusalKind.LOOK_AROUND:
            meant = look_around_meant(written.source)
            if meant is not None and meant.excluded is not None:
                excluded, rest = written.spelling(meant.excluded), written.spelling(meant.source or None)
            elif meant is not None and not isinstance(read_regex(meant.source, written.ignore_case), Refusal):
                corrected = meant.source
        self.diagnostics.add(
            RefusedExpression(
                written.piece(refusal.start, refusal.end),
                refusal.kind.value,
                refusal.detail,
                refusal.start + 1,
                written.place,
                refusal.instead,
                written.spelling(corrected),
                refusal.is_sure,
                excluded,
                rest,
            )
        )
