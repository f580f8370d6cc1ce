"""Where the names of a template stand in it."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.templates import TemplateNames, check_template


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("a {{ nick }}", ["nick"]),
        ("{{ nick }}{{ text }}{{nick}}", ["nick", "nick"]),
        ("{{ sender . nick }}", ["sender . nick"]),
        ("{%- if text == 'nick' -%} {{ nick }} {%- endif %}", ["nick"]),
        ("nick {# nick #} {{ nick | default(nicks) }}", ["nick", "nicks"]),
        ("{{ text | uper | upper }}", ["uper"]),
        ("{{ (text).nick }}", []),
        ("{{ match.tiket }}", ["match.tiket"]),
        ("{{ text + 1 }}", []),
        ("{{ nick", []),
    ],
)
def test_names_are_found_where_they_are_used(source: str, places: list[str]) -> None:
    """Not in texts, comments and constants, and each with all its attributes."""
    problems = check_template(source, names=TemplateNames(groups=frozenset({"ticket"})))
    assert [source[start:end] for problem in problems for start, end in problem.places] == places
