"""Named groups, and those that take part in every match."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.groups import certain_groups, group_names, named_groups
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal
from prx_dingtalk_router.regex.syntax import Node


def tree_of(source: str) -> Node:
    """The tree of a valid source."""
    tree = parse(source, False)
    assert not isinstance(tree, Refusal)
    return tree


def test_named_groups_are_found_where_they_open() -> None:
    """Only what opens a group is a name: not in a class, a quote or behind a backslash."""
    tree = tree_of(r"(?P<a>x)[(?P<b>]\Q(?P<c>\E\(?P<d>(?<e>y)(z)(?<单号>)")
    assert [(group.name, group.number, group.name_start) for group in named_groups(tree)] == [
        ("a", 1, 4), ("e", 2, 36), ("单号", 4, 46),
    ]  # fmt: skip
    assert group_names(tree) == ("a", "e", "单号")


@pytest.mark.parametrize(
    ("source", "certain"),
    [
        (r"(?P<a>x)(?P<b>y)+(?P<c>z){1,2}", "abc"),
        (r"(?P<a>x)?(?P<b>y)*(?P<c>z){0,2}(?P<d>w)??", ""),
        (r"(?P<a>x)|(?P<b>y)", ""),
        (r"(?P<a>x|y)(?:(?P<b>z)|w)", "a"),
        (r"(?P<a>(?P<b>x)?(?P<c>y))(?:(?P<d>z))?", "ac"),
        (r"(?:(?:(?P<a>x)))[|](?P<b>y)\|\Q|\E", "ab"),
        (r"(?i)(?P<a>x){0}(?P<b>)", "b"),
        ("x", ""),
    ],
)
def test_groups_that_take_part_in_every_match(source: str, certain: str) -> None:
    """A group in an alternative, or in what may be left out, may take no part."""
    assert certain_groups(tree_of(source)) == frozenset(certain)
