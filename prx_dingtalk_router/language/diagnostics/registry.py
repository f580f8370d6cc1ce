"""All kinds of diagnostics by name, found from the files of this package: one kind a file, nothing to enter here."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
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
        "in_template",
        "page",
        "phrases",
        "refusal_reasons",
        "registry",
        "renaming",
        "repeated",
        "respelled_expression",
    }
)
"""The modules of this package that hold no diagnostic."""


@cache
def every_diagnostic() -> Mapping[str, type[Diagnostic]]:
    """Return every kind by name, in the order of their codes; load the modules of all."""
    files = [each.name for each in pkgutil.iter_modules(package.__path__) if each.name not in MACHINERY]
    modules = {import_module(f"{package.__name__}.{name}").__name__ for name in files}
    kinds = [kind for kind in _below(Diagnostic) if kind.__module__ in modules]
    return MappingProxyType({kind.name: kind for kind in sorted(kinds, key=lambda kind: kind.code)})


def _below(kind: type[Diagnostic]) -> Iterator[type[Diagnostic]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
