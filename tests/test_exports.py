"""What each part offers: the ``__all__`` of its ``__init__`` is sorted, complete and true."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

import prx_dingtalk_router

SOURCE = Path(prx_dingtalk_router.__file__).parent
FRONT_DOORS = {
    ".".join(("prx_dingtalk_router", *path.parent.relative_to(SOURCE).parts)): path
    for path in sorted(SOURCE.rglob("__init__.py"))
}
NO_OFFER = {
    "prx_dingtalk_router.calendar",
    "prx_dingtalk_router.cli",
    "prx_dingtalk_router.decision",
    "prx_dingtalk_router.language.lints",
    "prx_dingtalk_router.language.resolve",
    "prx_dingtalk_router.language.semantics",
    "prx_dingtalk_router.language.suppressions",
    "prx_dingtalk_router.language.syntax",
    "prx_dingtalk_router.language.syntax.recovery",
    "prx_dingtalk_router.regex",
    "prx_dingtalk_router.sandbox",
    "prx_dingtalk_router.service.admin",
    "prx_dingtalk_router.service.metrics",
    "prx_dingtalk_router.service.notify",
    "prx_dingtalk_router.service.reload",
    "prx_dingtalk_router.stream.protocol",
    "prx_dingtalk_router.text",
}
"""Packages that are only folders: their modules are imported by name."""

FOR_ITSELF = {"__future__", "collections.abc", "typing", "prx_dingtalk_router.lazy"}
"""What an ``__init__`` needs and does not hand on."""


def imported_names(path: Path) -> list[str]:
    """The names that a module takes from others to hand them on."""
    tree = ast.parse(path.read_text("utf-8"))
    froms = [
        node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module not in FOR_ITSELF
    ]
    return [alias.asname or alias.name for node in froms for alias in node.names]


@pytest.mark.parametrize("module", sorted(FRONT_DOORS.keys() - NO_OFFER))
def test_the_offer_is_sorted_and_complete(module: str) -> None:
    """A package offers exactly what its ``__init__`` defines or imports for others, in order and once."""
    package = importlib.import_module(module)
    offered = list(package.__all__)
    assert offered == sorted(set(offered), key=_as_ruff_sorts)
    assert [name for name in offered if not hasattr(package, name)] == []
    private = {name for name in imported_names(FRONT_DOORS[module]) if name.startswith("_")}
    assert set(imported_names(FRONT_DOORS[module])) - private <= set(offered)


def _as_ruff_sorts(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2, name)


@pytest.mark.parametrize("module", sorted(NO_OFFER))
def test_a_folder_offers_nothing(module: str) -> None:
    """A package that is only a folder has no ``__all__``."""
    assert not hasattr(importlib.import_module(module), "__all__")


def test_no_name_is_offered_by_two_parts() -> None:
    """The parts' offers do not overlap, so a name in the code tells where it comes from."""
    offers: dict[str, list[str]] = {}
    for module in FRONT_DOORS.keys() - NO_OFFER - {"prx_dingtalk_router.catalogue"}:
        if module.count(".") == 1:
            for name in importlib.import_module(module).__all__:
                offers.setdefault(name, []).append(module)
    assert {name: modules for name, modules in offers.items() if len(modules) > 1} == {}
