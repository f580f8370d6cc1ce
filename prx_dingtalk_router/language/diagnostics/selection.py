"""Which warnings a reader wants to see. Errors are always shown: a set with one cannot be loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.registry import PREFIX, every_diagnostic, find_diagnostic, like

_BETWEEN = re.compile(r"[,，、\s]+")


@dataclass(frozen=True, slots=True)
class Selection:
    """The codes of warnings that are shown (``None``: all) and of those that are not."""

    selected: frozenset[str] | None = None
    ignored: frozenset[str] = frozenset()

    def of(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return those that are shown, in the same order."""
        return tuple(each for each in diagnostics if each.is_error or self._shows(each))

    def _shows(self, warning: Diagnostic) -> bool:
        code = warning.about
        return (self.selected is None or code in self.selected) and code not in self.ignored


def codes_of(words: Iterable[str], where: str) -> frozenset[str]:
    """Return the codes that words stand for: codes, names, and beginnings of codes such as ``PRX4``.

    Args:
        words: each may be several, with commas between them.
        where: the option or key they are from, as people are shown it.

    Raises:
        UsageError: a word stands for none, or there is no word.
    """
    found: set[str] = set()
    for word in words:
        parts = [part for part in _BETWEEN.split(word) if part]
        if not parts:
            raise UsageError("cli.validate.no-codes", where=where)
        for part in parts:
            found |= _codes(part, where)
    return frozenset(found)


def warnings_of(words: Iterable[str], where: str) -> frozenset[str]:
    """Return the codes of warnings that words stand for; see ``codes_of``.

    Raises:
        UsageError: a word is no code, or that of an error.
    """
    words = tuple(words)
    for word in words:
        for part in _BETWEEN.split(word):
            kind = find_diagnostic(part)
            if kind is not None and kind.severity == "error":
                raise UsageError("cli.validate.ignored-error", where=where, code=kind.code)
    return codes_of(words, where)


def _codes(word: str, where: str) -> set[str]:
    kind = find_diagnostic(word)
    if kind is not None:
        return {kind.code}
    beginning = PREFIX + word.lower().removeprefix(PREFIX)
    codes = {each.code for each in every_diagnostic().values()}
    found = {code for code in codes if code.lower().startswith(beginning)}
    if not found:
        near = [f"`{each}`" for each in like(word)]
        raise UsageError("cli.validate.unknown-code", where=where, found=word, near=near)
    return found
