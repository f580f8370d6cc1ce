"""A regex is read into what can be searched for and its tree, or refused."""

from __future__ import annotations

import pytest
import re2

from prx_dingtalk_router.regex.read import MAX_LENGTH, ReadRegex, read_regex
from prx_dingtalk_router.regex.refusal import Refusal, RefusalKind


def test_a_regex_knows_its_groups() -> None:
    """Names and what is certain come with it, so that the tree can go."""
    read = read_regex("(?P<a>x)(?<b>y)?", True)
    assert isinstance(read, ReadRegex)
    assert (read.regex.source, read.regex.ignore_case) == ("(?P<a>x)(?<b>y)?", True)
    assert (read.regex.group_names, read.regex.certain_groups) == (("a", "b"), frozenset("a"))
    assert read.tree.end == 16


@pytest.mark.parametrize("source", [r"\pL{1000}", "a" * (MAX_LENGTH + 1)])
def test_too_large_is_reported_of_the_whole(source: str) -> None:
    """What exceeds RE2's budget, or the length that is read at all."""
    refusal = read_regex(source, False)
    assert isinstance(refusal, Refusal)
    assert (refusal.kind, refusal.start, refusal.end) == (RefusalKind.TOO_LARGE, 0, len(source))


def test_what_the_parser_refuses_is_refused() -> None:
    """RE2 is not asked."""
    refusal = read_regex("a**", False)
    assert isinstance(refusal, Refusal)
    assert refusal.kind is RefusalKind.DOUBLE_REPETITION


def test_nothing_is_compiled_that_surely_fits() -> None:
    """Reading large counts costs no memory: the wrapper of RE2 is left as it was."""
    re2.purge()
    for count in range(900, 1000):
        read = read_regex(f".{{0,{count}}}x", False)
        assert isinstance(read, ReadRegex)
        assert "_compiled" not in read.regex.__dict__
    assert re2._Regexp._make.cache_info().currsize == 0
