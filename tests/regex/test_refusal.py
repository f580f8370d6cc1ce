"""RE2's words become kinds with a place."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.refusal import (
    ExpressionProblem,
    ExpressionProblemKind,
    problem_before_compiling,
    problem_of_refusal,
)


def test_the_place_is_where_re2_first_refuses_the_beginning() -> None:
    """Of several equal pieces the one counts at which the beginning is refused in the same words."""
    refused = {r"\Q{2,1}\Ea{2,1}": "invalid repetition size: {2,1}"}
    problem = problem_of_refusal(r"\Q{2,1}\Ea{2,1}", "invalid repetition size: {2,1}", refused.get)
    assert problem == ExpressionProblem(ExpressionProblemKind.REPETITION_SIZE, 10, "{2,1}")


def test_words_that_are_not_known_yet_are_passed_on() -> None:
    """A refusal in new words has the kind other and keeps the words."""
    problem = problem_of_refusal("a", "something new", lambda part: None)
    assert problem == ExpressionProblem(ExpressionProblemKind.OTHER, None, "something new")


@pytest.mark.parametrize("source", [r"\Q\C\E", r"\\C", "[a]", "(?P<客服>a)(?P<b>c)"])
def test_sound_sources_have_no_problem_before(source: str) -> None:
    """What only looks like a problem is none."""
    assert problem_before_compiling(source) is None
