"""The parts and their order: what the picture says, the import contract checks and the folders show is one thing."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import prx_dingtalk_router

SOURCE = Path(prx_dingtalk_router.__file__).parent
CHECKOUT = Path(__file__).parent.parent


def parts() -> set[str]:
    """The parts that exist: packages and the errors."""
    return {path.parent.name for path in SOURCE.glob("*/__init__.py")} | {"errors"}


def contracts() -> list[dict[str, Any]]:
    """The import contracts of the project."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    found: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return found


def test_the_contract_orders_every_part() -> None:
    """The layers of the import contract are all parts but the sandbox, which belongs to none."""
    layers = next(contract["layers"] for contract in contracts() if contract["type"] == "layers")
    assert set(layers) == parts() - {"sandbox"}


def test_the_contract_keeps_the_sandbox_apart() -> None:
    """The sandbox may import no part of ours but the errors."""
    mine = [each for each in contracts() if each.get("source_modules") == ["prx_dingtalk_router.sandbox"]]
    forbidden = {name.rpartition(".")[2] for contract in mine for name in contract["forbidden_modules"]}
    assert forbidden == parts() - {"sandbox", "errors"}


def test_the_picture_names_every_part() -> None:
    """The table of ``docs/architecture.md`` has a row for each part."""
    page = (CHECKOUT / "docs" / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\|([^|]+)\|", page, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)/?`", row)}
    assert parts() - named == set()
