"""Packages that import a name when it is first asked for (PEP 562), as most of the time of a short command is importing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def names_on_demand(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a package.

    Type checkers need the imports themselves, so a package writes both:

        if TYPE_CHECKING:
            from package.module import Name
        else:
            __getattr__ = names_on_demand(__name__, {"module": "Name"})

    Args:
        package: its ``__name__``.
        modules: for a module of the package, the names taken from it, separated by blanks. A module called as one of
            these names would hide it.
    """
    homes = {name: module for module, names in modules.items() for name in names.split()}

    def attribute(name: str) -> object:
        if name not in homes:
            problem = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(problem)
        found: object = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, found)  # asked for once
        return found

    return attribute
