"""The page of each diagnostic: the four headings, and examples that are what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from prx_dingtalk_router.language import CheckContext, CheckResult, Diagnostic
from prx_dingtalk_router.language.diagnostics.page import Example, page_of
from prx_dingtalk_router.language.diagnostics.registry import every_diagnostic

Check = Callable[..., CheckResult]

TODAY = date(2026, 3, 2)
CONFIGURED = CheckContext(agents=frozenset({"helpdesk"}), allowed_users=("u1001",), today=TODAY)
UNDER_A_CONFIGURATION = {"unconfigured-agent", "unused-agent", "sender-not-admitted"}
WITHOUT_RULES_THAT_CAN_BE_WRITTEN: set[str] = {
    "asked-every-time",
    "wrong-encoding",
    "declaration-too-long",
    "too-many-mistakes",
    "file-too-large",
    "too-many-declarations",
    "too-many-expressions",
    "too-many-templates",
    "line-too-long",
    "repeated-error",
    "repeated-warning",
}
"""Their examples are prose, or would be too long."""

KINDS = [kind for kind in every_diagnostic().values() if kind.name not in WITHOUT_RULES_THAT_CAN_BE_WRITTEN]


def named(kind: type[Diagnostic]) -> str:
    """What a kind is called in the output of tests."""
    return kind.name


@pytest.mark.parametrize("kind", every_diagnostic().values(), ids=named)
def test_every_diagnostic_has_a_page(kind: type[Diagnostic]) -> None:
    """A summary, what is flagged, why, wrong and right."""
    page = page_of(kind)
    assert page.summary.endswith(".")
    assert page.what.endswith(".")
    assert page.why.endswith(".")
    assert page.wrong != page.right


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_the_wrong_example_is_wrong(kind: type[Diagnostic], check: Check) -> None:
    """It has that mistake, and no error beside it."""
    found = checked(kind, page_of(kind).wrong, check)
    assert kind.name in {each.name for each in found}
    assert {each.name for each in found if each.is_error} <= {kind.name}


@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_the_right_example_is_right(kind: type[Diagnostic], check: Check) -> None:
    """It has no error at all, and not that warning."""
    found = checked(kind, page_of(kind).right, check)
    assert kind.name not in {each.name for each in found}
    assert [each.name for each in found if each.is_error] == []


def checked(kind: type[Diagnostic], example: Example, check: Check) -> tuple[Diagnostic, ...]:
    """What is reported of an example, under a configuration where the diagnostic needs one."""
    context = CONFIGURED if kind.name in UNDER_A_CONFIGURATION else CheckContext(today=TODAY)
    files = {name: content for name, content in example.items() if name != "main.rules"}
    return check(example["main.rules"], files, context).diagnostics


class Broken(Diagnostic, frozen=True):
    """A diagnostic that nobody registers.

    What: something.
    Wrong: nothing
    Right: nothing
    """


def test_a_page_without_a_heading_is_refused() -> None:
    """A docstring of another form is a mistake of ours, and named."""
    with pytest.raises(ValueError, match="Broken"):
        page_of(Broken)
