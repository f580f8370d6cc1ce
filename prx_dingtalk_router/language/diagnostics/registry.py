"""All kinds of diagnostics by name, found from the files of this package: one kind a file, nothing to enter here."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from types import MappingProxyType

from prx_dingtalk_router.language import diagnostics as package
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

MACHINERY = frozenset(
    {
        "collector",
        "diagnostic",
        "fix",
        "forms",
        "in_template",
        "outline",
        "page",
        "phrases",
        "refusal_reasons",
        "registry",
        "renaming",
        "repeated",
        "respelled_expression",
        "selection",
    }
)
"""The modules of this package that hold no diagnostic."""

PREFIX = "prx"
SUGGESTIONS = 3


@cache
def every_diagnostic() -> Mapping[str, type[Diagnostic]]:
    """Return every kind by name, in the order of their codes; load the modules of all."""
    files = [each.name for each in pkgutil.iter_modules(package.__path__) if each.name not in MACHINERY]
    modules = {import_module(f"{package.__name__}.{name}").__name__ for name in files}
    kinds = [kind for kind in _below(Diagnostic) if kind.__module__ in modules]
    return MappingProxyType({kind.name: kind for kind in sorted(kinds, key=lambda kind: kind.code)})


def find_diagnostic(word: str) -> type[Diagnostic] | None:
    """Return the kind of a code, with or without ``PRX``, or of a name; in letters of any case."""
    wanted = word.strip().lower().removeprefix(PREFIX)
    for kind in every_diagnostic().values():
        if wanted in (kind.name, kind.code.lower().removeprefix(PREFIX)):
            return kind
    return None


def like(word: str) -> tuple[str, ...]:
    """Return the codes, or the names, that look most like a word that is none; at least one."""
    kinds = every_diagnostic()
    wanted = word.strip().lower()
    digits = wanted.removeprefix(PREFIX)
    if digits.isdecimal():
        codes = {kind.code.lower().removeprefix(PREFIX): kind.code for kind in kinds.values()}
        near = sorted(codes, key=lambda code: (code[:1] != digits[:1], abs(int(code) - int(digits[:9]))))
        return tuple(codes[code] for code in near[:SUGGESTIONS])
    return tuple(get_close_matches(wanted, kinds, SUGGESTIONS, cutoff=0.0))


def _below(kind: type[Diagnostic]) -> Iterator[type[Diagnostic]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
