"""Invisible characters are told by their number, and read as if they were deleted (language.md section 11)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

Check = Callable[..., CheckResult]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("ru\u200ble r when group then drop", ["\u200b"]),
        ("rule\u200b r when group then drop", ["\u200b"]),
        ("rule r when group then drop\u200b", ["\u200b"]),
        ("\u200b\ufeff\u2060rule r when group then drop", ["\u200b\ufeff\u2060"]),
        ("rule r\u200b\n\u200bwhen group then drop", ["\u200b", "\u200b"]),
        ("rule r when\u2003group then drop", ["\u2003"]),
        ("rule r when group\u2028then drop", ["\u2028"]),
        ("rule r when text matches /a/\u200b then drop", ["\u200b"]),
        ("rule r when text matches /a/\u200bi then drop", ["\u200b"]),
        ("rule r when 10\u200b% of senders then drop", ["\u200b"]),
        ('rule r when sen\u200bder.name is "x" then drop', ["\u200b"]),
        ("rule r when group\ufe0f then drop", ["\ufe0f"]),
        ("rule r when group then drop\x00", ["\x00"]),
    ],
)
def test_each_run_is_one_diagnostic_with_its_fix(check: Check, text: str, runs: list[str]) -> None:
    """Nothing else is said of a word that it tears; deleting it leaves a set without errors."""
    text += "\notherwise drop"
    result = check(text)
    errors = [each for each in result.diagnostics if each.is_error]
    assert [(each.name, each.span.text) for each in errors] == [("invisible-character", run) for run in runs]
    assert f"U+{ord(runs[0][0]):04X}" in errors[0].message.render("zh")
    for each in reversed(errors):
        fix = each.fix()
        assert fix is not None
        for edit in fix.edits:
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert check(text).errors == 0


def test_other_mistakes_beside_it_are_told(check: Check) -> None:
    """It does not hide what is wrong without it."""
    result = check("rule r when group\u200b thn drop\notherwise drop")
    assert [each.name for each in result.diagnostics] == ["invisible-character", "unexpected"]


@pytest.mark.parametrize("hidden", ["\ufeff", "\u200b\u2060"])
@pytest.mark.parametrize("at", range(1, 10))
def test_times_are_whole_wherever_an_invisible_character_parts_them(found, hidden: str, at: int) -> None:
    """Nothing is said of the times, which are right without it."""
    times = "9:00-18:00"
    text = f"rule a when during mon-fri 0{times[:at]}{hidden}{times[at:]} then drop\notherwise drop"
    assert found(text) == [("invisible-character", hidden)]
