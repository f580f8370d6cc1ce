"""What a template uses can be asked without rendering it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.templates import TemplateNames, analyse_template, check_template


def test_names_of_a_template() -> None:
    """Names are given in full from wherever they stand, captures too."""
    source = "{% if match.a %}{{ match.b | default(sender.name) }}{% elif text in quoted %}{{ 'match.c' }}{% endif %}"
    analysis = analyse_template(source)
    assert analysis.names == {"match.a", "match.b", "sender.name", "text", "quoted"}


def test_a_broken_template_uses_nothing() -> None:
    """A template that cannot be read has no names; its mistake is told by the check."""
    assert analyse_template("{{ text").names == frozenset()
    assert analyse_template("{{ match.a").names == frozenset()


@pytest.mark.parametrize(("length", "problems"), [(20_000, 0), (20_001, 1)])
def test_a_template_that_is_always_too_long_is_told(length: int, problems: int) -> None:
    """Its own text may be as long as its output may, not longer; what a branch holds may never be shown."""
    own = "a" * (length - 10_000)
    source = f"{own}{{{{ text }}}}{'b' * 10_000}{{% if text %}}cc{{% endif %}}"
    assert len(check_template(source, names=TemplateNames())) == problems


fragments = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", " if ", " else ", " elif ", " endif ", "text", "sender.", "name", "match.x", "|", "upper", "replace", "('a','b')",
     " for ", " in ", "(", ")", "[", "]", "'", '"', "==", " not ", " and ", "1", "-", "~", "\n", "重", "\ud800", "raw", "endraw", ".", ",", "set x = "]
)  # fmt: skip


@given(st.lists(fragments, max_size=20).map("".join) | st.text(max_size=20))
def test_any_text_gives_problems_or_a_template(source: str) -> None:
    """Whatever is written is checked without a traceback, and every problem can be worded."""
    for problem in check_template(source, names=TemplateNames()):
        assert problem.line >= 1
        assert all(0 <= start < end <= len(source) for start, end in problem.places)
        assert problem.text().render("zh")
        assert problem.text().render("en")


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("{{ match.a }}{{ match.b | upper }}", {"a", "b"}),
        ('{{ match.a | default("-") }}{{ match.b | upper | default(match.c) }}', {"c"}),
        ("{% if match.a %}{{ match.a }}{{ match.b }}{% endif %}", {"b"}),
        ("{% if not match.a %}-{% elif match.b %}{{ match.a }}{{ match.b }}{% else %}{{ match.c }}{% endif %}", {"c"}),
        ('{{ match.a if match.a else "-" }}{{ match.b if text else match.c }}', {"b", "c"}),
        ("{% if match.a %}x{% endif %}{{ match.a }}", {"a"}),
        ("{{ match.a", set()),
    ],
)  # fmt: skip
def test_groups_for_which_a_template_does_not_provide(source: str, needed: set[str]) -> None:
    """What has a default, or is asked for first, may be empty; the rest is needed."""
    assert analyse_template(source).needed == needed
