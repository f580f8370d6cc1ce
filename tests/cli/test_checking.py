"""Which configuration a set is checked against: the one nearest to the path that is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CONFIG = '[channels_config.dingtalk]\nclient_id = "d"\nclient_secret = "s"\nallowed_users = ["*"]\n[agents.{0}]\nurl = "http://127.0.0.1:1"\n'
RULES = "language 1\notherwise agent {0}\n"


@pytest.fixture
def two(write: Callable[..., Path]) -> None:
    """Two bots, each with a configuration and rules that only go with that, and the current folder as a third."""
    write("prx-router.toml", CONFIG.format("here"))
    for name in ("one", "two"):
        write(f"{name}/prx-router.toml", CONFIG.format(name))
        write(f"{name}/rules/main.rules", RULES.format(name) + 'use "more/a.rules"\n')
        write(f"{name}/rules/more/a.rules", "")
    write("bare/main.rules", RULES.format("here"))


def errors(told: Any) -> list[str]:
    """The errors in the concise form."""
    return [line for line in told.out.splitlines() if " error " in line]


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    "paths",
    [
        ("one/rules",),
        ("one",),
        ("two/rules/main.rules",),
        ("one/rules/more/a.rules",),
        ("one/rules", "two/rules", "bare"),
        ("bare",),
    ],
)
@pytest.mark.parametrize("command", ["validate", "test"])
def test_the_nearest_configuration_counts(
    invoke: Callable[..., Any], tmp_path: Path, command: str, paths: tuple[str, ...]
) -> None:
    """Of each path, not of the current folder, for which its own and those above it are looked through."""
    if paths == ("one",):
        (tmp_path / "one" / "main.rules").write_text(RULES.format("one"), "utf-8")
    told = invoke(command, *paths)
    assert (told.code, told.err) == (0, ""), told.out


@pytest.mark.usefixtures("two")
def test_what_is_named_wins(invoke: Callable[..., Any], tmp_path: Path) -> None:
    """``--config`` before ``PRX_ROUTER_CONFIG`` before what is nearest, and both are relative to the current folder."""
    concise = ("validate", "--format", "concise")
    (wrong,) = errors(invoke(*concise, "one/rules", "--config", "two/prx-router.toml"))
    assert "PRX601" in wrong
    (wrong,) = errors(invoke(*concise, "one/rules", PRX_ROUTER_CONFIG="two/prx-router.toml"))
    assert "PRX601" in wrong
    assert not errors(invoke(*concise, "one/rules", "--config", "one/prx-router.toml"))


@pytest.mark.usefixtures("two")
def test_without_a_path_the_current_folder_counts(
    invoke: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also from a folder below that of the configuration."""
    monkeypatch.chdir(tmp_path / "one" / "rules" / "more")
    assert invoke("validate").code == 0


def test_no_configuration_above_is_none(
    invoke: Callable[..., Any], write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules elsewhere are not checked against the agents of the folder that one happens to be in."""
    write("here/prx-router.toml", CONFIG.format("here"))
    write("there/main.rules", RULES.format("another"))
    monkeypatch.chdir(tmp_path / "here")
    assert not errors(invoke("validate", "../there", "--format", "concise"))


@pytest.mark.usefixtures("two")
def test_what_each_configuration_ignores(invoke: Callable[..., Any], write: Callable[..., Path]) -> None:
    """``[validate] ignore`` counts for the sets of its configuration alone, and under ``--select`` for none."""
    for name in ("one", "two"):
        write(f"{name}/rules/more/a.rules", 'list x = ["x"]\n')
    write("one/prx-router.toml", CONFIG.format("one") + '[validate]\nignore = ["PRX203"]\n')
    told = invoke("validate", "one/rules", "two/rules", "--format", "concise")
    assert [line.split(":")[0] for line in told.out.splitlines() if "PRX203" in line] == [
        "two/rules/more/a.rules"
    ]
    assert (
        len(invoke("validate", "one/rules", "--select", "PRX2", "--format", "concise").out.splitlines()) == 1
    )
