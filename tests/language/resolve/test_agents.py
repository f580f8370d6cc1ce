"""Names of agents in steps and tests (language.md sections 7 to 9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckContext, CheckResult

Check = Callable[..., CheckResult]


@pytest.mark.parametrize(
    ("configured", "written", "fixed"),
    [
        ("helpdesk", "helpdsk", "helpdesk"),
        ("helpdesk", '"helpdsk"', "helpdesk"),
        ("help desk", "help-dsk", '"help desk"'),
        ("template", '"templete"', '"template"'),
        ("sales-cn", "sales-us", None),
    ],
)
def test_a_misspelt_agent_has_a_fix_that_can_be_read(
    check: Check, configured: str, written: str, fixed: str | None
) -> None:
    """The name that was probably meant is written as rules write it; the name of another agent is not proposed."""
    context = CheckContext(agents=frozenset({configured}))
    (only,) = (e for e in check(f"otherwise agent {written}", context=context).diagnostics if e.is_error)
    assert only.name == "unconfigured-agent"
    fix = only.fix()
    assert (fix.edits[0].text if fix else None) == fixed
    if fixed is not None:
        assert check(f"otherwise agent {fixed}", context=context).errors == 0


def test_very_many_agents_are_not_all_listed(check: Check) -> None:
    """The advice stays readable, whatever is configured."""
    context = CheckContext(agents=frozenset(f"agent-{number}" for number in range(1_000)))
    (only,) = (e for e in check("otherwise agent vendor", context=context).diagnostics if e.is_error)
    assert only.help.render("en").count("agent-") == 20
    assert "…" in only.help.render("en")


def test_a_test_that_expects_another_agent_has_a_hint_but_no_fix(check: Check) -> None:
    """The test may be right where the rules are wrong."""
    text = 'otherwise agent helpdesk\ntest "t" given "x" expect agent helpdsk'
    (only,) = check(text).diagnostics
    assert only.name == "unexpected-agent"
    assert [place.span.text for place in only.related] == ["helpdesk"]
    assert only.fix() is None


def test_an_agent_misspelt_in_steps_is_one_diagnostic(check: Check) -> None:
    """However many steps name it, and whatever tests expect rightly; the fix mends all steps."""
    text = (
        'rule a when group then agent vender\notherwise agent vender\ntest "t" given "x" expect agent vendor'
    )
    context = CheckContext(agents=frozenset({"vendor"}))
    (only,) = (each for each in check(text, context=context).diagnostics if each.is_error)
    fix = only.fix()
    assert fix is not None
    assert [edit.span.start for edit in fix.edits] == [text.index("vender"), text.rindex("vender")]
