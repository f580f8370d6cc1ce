"""Many regexes in one text."""

from __future__ import annotations

import pickle

from prx_dingtalk_router.matching.regex_groups import MOST_TOGETHER, RegexGroups
from prx_dingtalk_router.regex.engine import Regex


def test_those_that_are_found_are_told_by_number() -> None:
    """In every group, with and without case, and after a journey; nothing is found where nothing is."""
    regexes = [Regex(f"[a-c]{number}[A-Z]", number % 2 == 1) for number in range(2 * MOST_TOGETHER + 1)]
    groups = RegexGroups(regexes)
    for each in (groups, pickle.loads(pickle.dumps(groups))):  # noqa: S301
        assert sorted(each.found_in("a3x b4x c64Q B33x")) == [3, 33, 64]
        assert each.found_in("") == []
        assert each.found_in("重置") == []


def test_what_is_too_large_for_one_set_is_halved() -> None:
    """Down to single regexes, each of which RE2 takes."""
    regexes = [Regex(f"{letter}(?:\\pL{{250}})\\d", False) for letter in "abcdef"]
    assert RegexGroups(regexes).found_in("c" + "字" * 250 + "1") == [2]


def test_a_regex_may_be_found_in_nothing() -> None:
    """An empty text is asked as well."""
    groups = RegexGroups([Regex("^$", False), Regex("^x?$", False), Regex("x", False)])
    assert sorted(groups.found_in("")) == [0, 1]
