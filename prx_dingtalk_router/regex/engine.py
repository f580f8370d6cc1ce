"""RE2 behind one door: no other module imports it.

RE2 runs in time linear in the text whatever an author or a sender writes (architecture.md, decisions). Its Python
wrapper is used on UTF-8 bytes, so results are cut between whole characters and turned back into ``str`` here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import re2

MEMORY_BUDGET = 8 << 20
"""Bytes that one compiled regex and its automata may take."""

SET_BUDGET = 8 << 20
"""Bytes that one compiled set and its automaton may take."""

_SMALL = 200
"""Characters of a source, and copies that its counted repeats may make of a piece, with which its automaton stays small."""
_COUNT = re.compile(r"\{([0-9]+)(?:,([0-9]*))?\}")

_SURROGATE = re.compile("[\ud800-\udfff]")


class Match:
    """Where a regex was found, and where its groups were."""

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

    def spans(self, names: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Return where these named groups begin and end, in code points; one that took no part is empty and at the beginning.

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
class Regex:
    r"""A regex that RE2 accepts: its source and flag, compiled when it is first searched for.

    Equal to another with the same source and flag; pickled without its compiled form.

    Args:
        source: what is written between the slashes, with ``\/`` already a slash.
        ignore_case: whether the flag ``i`` follows.
        group_names: its named groups in written order.
        certain_groups: those of them that take part in every match.
        needs_characters: whether it is known that no match is empty.
    """

    source: str
    ignore_case: bool
    group_names: tuple[str, ...] = ()
    certain_groups: frozenset[str] = frozenset()
    needs_characters: bool = field(default=False, compare=False)

    def search(self, text: str) -> Match | None:
        """Return the leftmost match in ``text``, or None. Lone surrogates count as U+FFFD."""
        found = self._compiled.search(_encoded(text))
        return None if found is None else Match(found)

    def found_in(self, text: str) -> bool:
        """Return whether ``text`` holds a match."""
        return not (self.needs_characters and not text) and self._find(_encoded(text)) is not None

    def prepare(self) -> None:
        """Compile now what the first search would compile otherwise."""
        _ = self._find
        if self.group_names:
            _ = self._compiled

    @cached_property
    def _find(self) -> Callable[[bytes], Any]:
        """Gives None for a text without a match.

        A set of one regex says whether, in a quarter of the time in which a search says where; but it has no second way to
        go on when its automaton grows, so it is for those that are surely small.
        """
        if _is_small(self.source):
            try:
                match: Callable[[bytes], Any] = _compile_set([self]).Match
            except ValueError:
                pass
            else:
                return match
        search: Callable[[bytes], Any] = self._compiled.search
        return search

    @cached_property
    def _compiled(self) -> Any:
        return _compile(self.source, self.ignore_case)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name not in ("_compiled", "_find")}


class RegexSet:
    """Regexes that are searched for together, in one pass over a text.

    Its automaton has no second way to go on when it grows, so regexes with large programs are better searched alone.

    Args:
        regexes: at least one.

    Raises:
        ValueError: RE2 cannot compile them together within the budget.
    """

    __slots__ = ("_set",)

    def __init__(self, regexes: Sequence[Regex]) -> None:
        self._set = _compile_set(regexes)

    def found_in(self, text: str) -> Sequence[int]:
        """Return the numbers of those regexes of which a text holds a match, by their places in ``regexes``."""
        return self._set.Match(_encoded(text)) or ()


def refusal_words(source: str, ignore_case: bool) -> str | None:
    """Return RE2's own words about a source that it refuses, or None; nothing that was compiled is kept.

    Args:
        source: without lone surrogates.
        ignore_case: whether it is compiled so.
    """
    try:
        _compile(source, ignore_case)
    except re2.error as error:
        said = error.args[0] if error.args else b""
        return _decoded(said) if isinstance(said, bytes) else str(said)
    return None


def program_size(source: str, ignore_case: bool) -> int:
    """Return how many instructions RE2 compiles a source to; RE2 has to accept it, and keeps nothing of it."""
    return int(_compile(source, ignore_case).programsize)


def characters_found(source: str, ignore_case: bool, text: bytes) -> list[str]:
    """Return what a regex finds in a text in UTF-8, from left to right."""
    return [_decoded(found) for found in _compile(source, ignore_case).findall(text)]


def _compile(source: str, ignore_case: bool) -> Any:
    try:
        return re2.compile(source.encode(), _options(MEMORY_BUDGET, ignore_case=ignore_case))
    finally:
        re2.purge()  # else the wrapper keeps the last 128 of them, whatever their size


def _is_small(source: str) -> bool:
    if len(source) > _SMALL:
        return False
    copies = 1
    for least, most in _COUNT.findall(source):
        copies *= max(int(least), int(most or 0), 1)
    return copies <= _SMALL


def _compile_set(regexes: Iterable[Regex]) -> Any:
    """A set of regexes. One whose compilation failed ends the process when it is asked, so it is never given out.

    Raises:
        ValueError: RE2 cannot compile them together within the budget.
    """
    compiled = re2.Set.SearchSet(_options(SET_BUDGET, ignore_case=False))
    try:
        for regex in regexes:
            source = f"(?i){regex.source}" if regex.ignore_case else regex.source
            compiled.Add(source.encode())
        compiled.Compile()
    except re2.error as error:
        message = "regexes are too large for one set"
        raise ValueError(message) from error
    return compiled


def _options(budget: int, *, ignore_case: bool) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = budget
    options.case_sensitive = not ignore_case
    return options


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()


def _decoded(data: bytes) -> str:
    # RE2 may find an empty match (`\B`) between the bytes of one character; what is left of it is not a character.
    return data.decode(errors="ignore")
