"""Places for values that templates do not fill (language.md section 10)."""

from __future__ import annotations

from collections.abc import Callable

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.diagnostics import SUGGESTED, Fix

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]


def test_a_placeholder_is_warned_of_with_the_value(check: Check) -> None:
    """At its place within the text."""
    (only,) = check('otherwise reply "你好，${姓名}！"').diagnostics
    assert (only.name, only.severity, only.span.text) == ("foreign-placeholder", "warning", "${姓名}")
    assert only.fix() == Fix.replacing(only.span, "{{ sender.name }}", SUGGESTED)


def test_a_value_that_nobody_knows_has_no_fix(check: Check) -> None:
    """An example is shown instead."""
    (only,) = check('otherwise reply "${部门}"').diagnostics
    assert (only.name, only.fix()) == ("foreign-placeholder", None)


def test_a_template_with_a_name_or_in_a_file_is_reported_once(found: Found) -> None:
    """However many steps use it."""
    text = (
        'template a = "{name}"\ntemplate b = file "b.md"\nrule r when group then reply a then reply b\n'
        "otherwise reply a then reply b"
    )
    assert sorted(found(text, {"b.md": "您好 {姓名}\n"})) == [
        ("foreign-placeholder", "{name}"),
        ("foreign-placeholder", "{姓名}"),
    ]
