"""The tree of exceptions."""

from __future__ import annotations

import importlib
import re

import pytest

from prx_dingtalk_router import errors
from prx_dingtalk_router.catalogue import text

PROMISED_EXIT_CODES = {1, 2, 3}


def subclasses(kind: type) -> list[type]:
    """All classes below, each after its parent."""
    return [each for child in kind.__subclasses__() for each in (child, *subclasses(child))]


def drawn_tree() -> dict[str, str]:
    """Class to parent, as drawn at the top of the module."""
    parents: dict[str, str] = {}
    line_of_descent = ["RouterError"]
    for branch, name in re.findall(r"^([│ ]*[├└]── )(\w+)", errors.__doc__ or "", re.MULTILINE):
        depth = len(branch) // 4
        parents[name] = line_of_descent[depth - 1]
        line_of_descent[depth:] = [name]
    return parents


def test_the_drawn_tree_is_the_tree() -> None:
    """Every exception of the package stands in the drawing, below its parent, and nothing else does."""
    ours = [kind for kind in subclasses(errors.RouterError) if kind.__module__ == errors.__name__]
    assert drawn_tree() == {kind.__name__: kind.__base__.__name__ for kind in ours}


def test_all_of_the_package_s_errors_live_in_the_tree() -> None:
    """No part keeps an error that people may see of its own."""
    importlib.import_module("prx_dingtalk_router.service")  # all parts below it come along

    strangers = [kind for kind in subclasses(errors.RouterError) if kind.__module__ != errors.__name__]
    assert strangers == []


@pytest.mark.parametrize("kind", [errors.RouterError, *subclasses(errors.RouterError)])
def test_each_error_ends_a_command_with_a_promised_code(kind: type[errors.RouterError]) -> None:
    """The exit codes of errors are those of the table of interfaces.md section 1."""
    assert kind.exit_code in PROMISED_EXIT_CODES


def test_an_error_says_its_sentence() -> None:
    """The text of an error is the catalogue's sentence, with its fields filled."""
    problem = errors.UsageError("cli.unreadable", path="a.rules", why="gone")
    assert str(problem) == problem.text.render("en") == "a.rules cannot be read: gone"


def test_a_settings_error_lists_every_problem() -> None:
    """Each problem of a configuration stands in a line of its own below the first sentence."""
    problems = [text("cli.everybody-admitted"), text("cli.no-configuration")]
    shown = str(errors.SettingsError("cli.no-configuration", problems=problems)).splitlines()
    assert shown[1:] == [f"  - {problem.render('en')}" for problem in problems]
