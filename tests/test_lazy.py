"""Packages whose names are imported when they are first asked for."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

import prx_dingtalk_router
from prx_dingtalk_router.lazy import names_on_demand

SOURCE = Path(prx_dingtalk_router.__file__).parent
DOORS = [path for path in sorted(SOURCE.rglob("__init__.py")) if "names_on_demand" in path.read_text("utf-8")]


@pytest.mark.parametrize("door", DOORS, ids=lambda path: path.parent.name)
def test_what_is_imported_on_demand_is_what_type_checkers_see(door: Path) -> None:
    """Each name comes from the same module either way, and no module of the package hides it."""
    (chosen,) = (node for node in ast.parse(door.read_text("utf-8")).body if isinstance(node, ast.If))
    package = importlib.import_module(f"prx_dingtalk_router.{door.parent.name}")
    for statement in chosen.body:
        assert isinstance(statement, ast.ImportFrom)
        for alias in statement.names:
            there = getattr(importlib.import_module(str(statement.module)), alias.name)
            assert package.__getattr__(alias.name) is there
            assert not (door.parent / f"{alias.name}.py").exists()


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    """As for any module, so that ``hasattr`` and ``from … import`` say what they always say."""
    with pytest.raises(AttributeError, match=r"'prx_dingtalk_router.message' has no attribute 'letter'"):
        names_on_demand("prx_dingtalk_router.message", {"reading": "read_message"})("letter")
