"""The one entry of the part: what a check gives (language.md section 11)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language import CheckContext, CheckResult, check_rules

Check = Callable[..., CheckResult]


def test_a_set_without_errors_gives_its_rules(check: Check) -> None:
    """Warnings do not keep it from being loaded."""
    result = check("rule r when group then drop")
    assert (result.errors, result.warnings, result.rule_count) == (0, 1, 1)
    assert result.rules is not None
    assert [rule.name for rule in result.rules.rules] == ["r"]


def test_a_set_with_an_error_gives_none(check: Check) -> None:
    """Nothing half-checked is handed on; all rules that could be parsed are counted."""
    result = check("rule r when x then drop\nrule s when group then drop\notherwise drop")
    assert (result.rules, result.errors, result.rule_count) == (None, 1, 2)


def test_all_files_of_a_set_are_named(check: Check) -> None:
    """Names are relative to the base, in the order of reading."""
    result = check('use "sub/b.rules"\notherwise drop', {"sub/b.rules": "rule b when group then drop"})
    assert [source.name for source in result.files] == ["main.rules", "sub/b.rules"]


def test_a_set_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    """A missing entry is a matter of usage, not a diagnostic."""
    with pytest.raises(UsageError):
        check_rules(tmp_path / "none.rules")


def test_names_of_files_outside_the_base_are_whole_paths(
    check: Check, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """So that they can be opened from anywhere."""
    check("rule r when x then drop")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (only, *_) = check_rules(tmp_path, base=elsewhere).diagnostics
    assert only.span.source.name == str((tmp_path / "main.rules").resolve())


def test_an_empty_set_is_warned_about_only(check: Check) -> None:
    """An empty file is a set that takes nothing."""
    result = check("")
    assert [each.name for each in result.diagnostics] == ["no-otherwise"]
    assert result.rules is not None
    assert result.rules.rules == ()


def test_what_the_configuration_ignores_is_neither_shown_nor_counted(check: Check) -> None:
    """Whoever checks: warnings and notes of these codes, and no error; however many there are, nothing is said of them."""
    many = "".join(f'list l{n} = ["x"]\n' for n in range(40))
    ignored = CheckContext(ignored=frozenset({"PRX203", "PRX201"}))
    result = check(many + "rule r when x then drop\notherwise drop", context=ignored)
    assert [each.code for each in result.diagnostics] == ["PRX201"]
    assert (result.errors, result.warnings) == (1, 0)
