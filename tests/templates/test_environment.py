"""The environment holds nothing that a template could misuse."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError, nodes

from prx_dingtalk_router.templates.environment import ENVIRONMENT, parse_template
from prx_dingtalk_router.templates.problems import TemplateProblem


def test_nothing_is_in_it_but_the_six_filters() -> None:
    """No global, no test and no other filter can be reached, even if a check let it pass."""
    assert set(ENVIRONMENT.filters) == {"default", "upper", "lower", "trim", "truncate", "replace"}
    assert not ENVIRONMENT.globals
    assert not ENVIRONMENT.tests


@pytest.mark.parametrize(
    "source", ["{{ text.upper }}", "{{ text.__class__ }}", "{{ sender.items }}", "{{ sender.__init__ }}"]
)
def test_attributes_of_python_cannot_be_reached(source: str) -> None:
    """Only what stands in a value's own dictionary has a name, even past the check."""
    with pytest.raises(UndefinedError):
        ENVIRONMENT.from_string(source).render(text="a", sender={"name": "b"})


def test_syntax_gives_a_tree_or_a_problem() -> None:
    """A template that can be read gives its tree, any other its first mistake with its line."""
    assert isinstance(parse_template("{{ text }}"), nodes.Template)
    problem = parse_template("a\nb {{ text")
    assert isinstance(problem, TemplateProblem)
    assert problem.line == 2
