"""Braces that look like a count and are none."""

from __future__ import annotations

import pytest
import re2

from prx_dingtalk_router.regex.correction import Correction
from prx_dingtalk_router.regex.literal_braces import literal_braces
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal


def literal(source: str) -> Correction | None:
    """What is reported of a valid source."""
    tree = parse(source, False)
    assert not isinstance(tree, Refusal)
    return literal_braces(source, tree, False)


@pytest.mark.parametrize(
    ("source", "piece", "corrected"),
    [
        ("^.{,5}$", "{,5}", "^.{0,5}$"), ("a{2, 4}b{ 3 }", "{2, 4}", "a{2,4}b{3}"), ("(?:重置){01}", "{01}", "(?:重置){1}"),
        ("a{2 ,}", "{2 ,}", "a{2,}"), ("a*{,5}", "{,5}", None), ("a{,2000}", "{,2000}", None),
    ],
)  # fmt: skip
def test_what_is_surely_meant_as_a_count_is_reported(source: str, piece: str, corrected: str | None) -> None:
    """RE2 looks for the braces themselves; with the spelling that counts, where there is one."""
    assert re2.search(source, "xx") is None
    found = literal(source)
    assert found is not None
    assert (source[found.start : found.end], found.corrected) == (piece, corrected)


@pytest.mark.parametrize(
    "source",
    [
        "a{2,5}",
        "{,5}",
        r"a\{,5}",
        r"\Qa{,5}\E",
        "[{,5}]",
        "a{}",
        "a{,}",
        "a{x}",
        "a{b,5}",
        "({,5})",
        "{{ x }}",
        "a",
    ],
)
def test_what_may_be_meant_is_not(source: str) -> None:
    """Counts that are counts, and braces that are looked for."""
    assert literal(source) is None
