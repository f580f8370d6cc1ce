"""Regexes read, and warned of where they cannot find what their writer means (language.md section 4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.ascii_only_class import AsciiOnlyClass
from prx_dingtalk_router.language.diagnostics.doubled_backslash import DoubledBackslash
from prx_dingtalk_router.language.diagnostics.literal_braces import LiteralBraces
from prx_dingtalk_router.language.diagnostics.matches_everything import MatchesEverything
from prx_dingtalk_router.language.diagnostics.not_in_plain_text import NotInPlainText
from prx_dingtalk_router.language.diagnostics.refused_expression import RefusedExpression
from prx_dingtalk_router.language.source import Place, Span
from prx_dingtalk_router.language.syntax.ast import RegexText
from prx_dingtalk_router.regex.ascii_only import ascii_only_beside_letters
from prx_dingtalk_router.regex.doubled_backslash import doubled_backslash
from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.regex.everything import matches_everything
from prx_dingtalk_router.regex.literal_braces import literal_braces
from prx_dingtalk_router.regex.plain_text import never_in_plain_text
from prx_dingtalk_router.regex.read import read_regex
from prx_dingtalk_router.regex.refusal import Refusal
from prx_dingtalk_router.regex.syntax import Node


@dataclass(slots=True)
class Regexes:
    """Reads regexes, each once, and checks those that are searched in texts."""

    diagnostics: Diagnostics
    _regexes: dict[Place, Regex | None] = field(default_factory=dict)
    _trees: dict[Place, Node] = field(default_factory=dict)
    """Of those that were not yet checked as searched in texts."""

    def resolve(self, written: RegexText) -> Regex | None:
        """Return the regex, or None after reporting why it cannot be used; it is one of the declaration at hand."""
        place = self.diagnostics.place(written.span)
        if place not in self._regexes:
            self._regexes[place] = self._read(written)
        return self._regexes[place]

    def check_for_text(self, written: RegexText) -> None:
        """Warn of what the plain form of a text never holds, and of classes that know ASCII only."""
        tree = self._trees.pop(self.diagnostics.place(written.span), None)
        if tree is not None:
            self._warn_of_what_is_never_found(written, tree)
            ascii_only = ascii_only_beside_letters(written.value, tree)
            if ascii_only is not None:
                span = self._piece(written, ascii_only.start, ascii_only.end)
                self.diagnostics.add(AsciiOnlyClass(span, self.diagnostics.written(span)))

    def _read(self, written: RegexText) -> Regex | None:
        read = read_regex(written.value, written.ignore_case)
        if isinstance(read, Refusal):
            self._refuse(written, read)
            return None
        self._trees[self.diagnostics.place(written.span)] = read.tree
        if matches_everything(read.tree):
            self.diagnostics.add(MatchesEverything(written.span))
        self._warn_of_doubled_backslash(written, read.tree)
        self._warn_of_literal_braces(written, read.tree)
        return read.regex

    def _refuse(self, written: RegexText, refusal: Refusal) -> None:
        self.diagnostics.add(
            RefusedExpression(
                self._piece(written, refusal.start, refusal.end),
                refusal.kind.value,
                refusal.detail,
                refusal.start + 1,
                written.span,
                refusal.instead,
                _spelling(written, refusal.corrected),
                refusal.is_sure,
            )
        )

    def _warn_of_what_is_never_found(self, written: RegexText, tree: Node) -> None:
        found = never_in_plain_text(written.value, tree, written.ignore_case)
        if found is not None:
            span = self._piece(written, found.start, found.end)
            corrected = _spelling(written, found.corrected)
            self.diagnostics.add(NotInPlainText(span, found.character, written.span, corrected))

    def _warn_of_doubled_backslash(self, written: RegexText, tree: Node) -> None:
        found = doubled_backslash(written.value, tree, written.ignore_case)
        if found is not None:
            span = self._piece(written, found.start, found.end)
            corrected = _spelling(written, found.corrected)
            self.diagnostics.add(
                DoubledBackslash(span, self.diagnostics.written(span), written.span, corrected)
            )

    def _warn_of_literal_braces(self, written: RegexText, tree: Node) -> None:
        found = literal_braces(written.value, tree, written.ignore_case)
        if found is not None:
            span = self._piece(written, found.start, found.end)
            corrected = _spelling(written, found.corrected)
            self.diagnostics.add(LiteralBraces(span, self.diagnostics.written(span), written.span, corrected))

    def _piece(self, written: RegexText, start: int, end: int) -> Span:
        r"""Return where a piece of a regex is written; ``\/`` is one character of the regex and two between its slashes."""
        value = written.value
        first = 1 + start + value.count("/", 0, start)
        last = 1 + end + value.count("/", 0, end)
        length = written.span.end - written.span.start
        return written.span.part(min(first, length - 1), min(max(last, first + 1), length))


def _spelling(written: RegexText, source: str | None) -> str | None:
    """A source as it is written between slashes."""
    if source is None:
        return None
    return "/" + source.replace("/", "\\/") + ("/i" if written.ignore_case else "/")
