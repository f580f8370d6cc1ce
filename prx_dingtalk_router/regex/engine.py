"""Regular expressions: the one place that knows RE2.

RE2 runs in time linear in the text whatever an author or a sender writes (architecture.md, decisions). Its Python
wrapper is used on UTF-8 bytes, so results are cut between whole characters and turned back into ``str`` here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import re2

from prx_dingtalk_router.regex.pieces import named_groups
from prx_dingtalk_router.regex.refusal import (
    ExpressionProblem,
    ExpressionProblemKind,
    problem_before_compiling,
    problem_of_refusal,
)

__all__ = ["Expression", "ExpressionProblem", "ExpressionProblemKind", "Match", "compile_expression"]

MEMORY_BUDGET = 8 << 20
"""Bytes that one compiled expression and its automata may take."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG = 1_100
"""More characters than one counted repetition of RE2 (at most 1,000) can reach."""


class Match:
    """Where an expression was found, and what its groups took."""

    __slots__ = ("_match",)

    def __init__(self, match: Any) -> None:
        self._match = match

    @property
    def start(self) -> int:
        """Code points before the match."""
        return len(_decoded(self._match.string[: self._match.start()]))

    @property
    def end(self) -> int:
        """Code points up to the end of the match."""
        return len(_decoded(self._match.string[: self._match.end()]))

    @property
    def text(self) -> str:
        """What was found."""
        return _decoded(self._match[0])

    def groups(self, names: Iterable[str]) -> dict[str, str]:
        """What these named groups took; a group that took no part is empty.

        Raises:
            IndexError: the expression has no group of that name.
        """
        return {name: _decoded(self._match[name.encode()] or b"") for name in names}

    def spans(self, names: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Where these named groups begin and end, in code points; one that took no part is empty and at the beginning.

        Raises:
            KeyError: there is no group of that name.
        """
        return {name: self._span(self._match.re.groupindex[name.encode()]) for name in names}

    def _span(self, group: int) -> tuple[int, int]:
        first, last = self._match.span(group)
        if first < 0:
            return 0, 0
        return len(_decoded(self._match.string[:first])), len(_decoded(self._match.string[:last]))


@dataclass(frozen=True)
class Expression:
    r"""A compiled expression; equal to another with the same source and flag.

    Args:
        source: what stands between the slashes, with ``\/`` already a slash.
        ignore_case: whether the flag ``i`` follows.
        group_names: its named groups in written order.
    """

    source: str
    ignore_case: bool
    group_names: tuple[str, ...]
    _compiled: Any = field(repr=False, compare=False)

    def search(self, text: str) -> Match | None:
        """The leftmost match in ``text``, or None. Lone surrogates count as U+FFFD."""
        found = self._compiled.search(_encoded(text))
        return None if found is None else Match(found)

    def holds(self, text: str) -> bool:
        """Whether the expression is found in ``text``."""
        return self._compiled.search(_encoded(text)) is not None

    @cached_property
    def matches_empty(self) -> bool:
        """Whether it is found in the empty text."""
        return self.holds("")

    @cached_property
    def matches_everything(self) -> bool:
        """Whether it is found in every text, as ``a*`` is; ``^$`` is found in the empty one only.

        Told by trying the empty text and texts that only an expression without demands takes: very long ones, each
        character of the source, all of ASCII, rare letters.
        """
        own = "".join(self.source.split())
        ascii_texts = "".join(map(chr, range(32, 127))) * 12
        probes = ("a", "中", "\U0010fffd" * _LONG, ascii_texts, own, own.swapcase() * 2, *sorted(set(own)))
        return self.matches_empty and all(self.holds(probe) for probe in probes)


def compile_expression(source: str, ignore_case: bool) -> Expression | ExpressionProblem:
    r"""Compile an expression, or say why it cannot be used.

    Refused besides what RE2 refuses: ``\C``, groups of the same name, group names that a template cannot use.

    Args:
        source: what stands between the slashes, with ``\/`` already a slash.
        ignore_case: whether the flag ``i`` follows.
    """
    problem = problem_before_compiling(source)
    if problem is not None:
        return problem
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MEMORY_BUDGET
    options.case_sensitive = not ignore_case
    try:
        compiled = re2.compile(source.encode(), options)
    except re2.error as error:
        return problem_of_refusal(source, _words(error), lambda part: _refusal(part, options))
    names = tuple(name for name, _ in named_groups(source))
    return Expression(source, ignore_case, names, compiled)


def _refusal(source: str, options: Any) -> str | None:
    try:
        re2.compile(source.encode(), options)
    except re2.error as error:
        return _words(error)
    return None


def _words(error: Exception) -> str:
    said = error.args[0] if error.args else b""
    return _decoded(said) if isinstance(said, bytes) else str(said)


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()


def _decoded(data: bytes) -> str:
    # RE2 may find an empty match (`\B`) between the bytes of one character; what is left of it is not a character.
    return data.decode(errors="ignore")
