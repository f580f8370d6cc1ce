"""Test blocks: trees to nodes (language.md section 9)."""

from __future__ import annotations

from prx_dingtalk_router.language.syntax.ast import CaseNode, ExpectNode, GivenNode, GivenOption, TestNode
from prx_dingtalk_router.language.syntax.build.reader import (
    STRING_TYPES,
    Reader,
    branches,
    first,
    only_token,
    optional_token,
)
from prx_dingtalk_router.language.syntax.tree import Branch


def test_node(reader: Reader, branch: Branch) -> TestNode:
    """Return a ``test`` declaration."""
    return TestNode(
        reader.span(branch),
        reader.string(only_token(branch, "STRING")),
        tuple(_case(reader, case) for case in branches(branch, "case")),
    )


def _case(reader: Reader, branch: Branch) -> CaseNode:
    given = first(branch, "given")
    assert given is not None
    return CaseNode(
        reader.span(branch),
        _given(reader, given),
        tuple(_expect(reader, expectation) for expectation in branches(branch, "expectation")),
    )


def _given(reader: Reader, branch: Branch) -> GivenNode:
    return GivenNode(
        reader.span(branch),
        reader.string(only_token(branch, *STRING_TYPES)),
        tuple(_option(reader, option) for option in branches(branch)),
    )


def _option(reader: Reader, branch: Branch) -> GivenOption:
    value = optional_token(branch, *STRING_TYPES)
    return GivenOption(
        reader.span(branch),
        branch.kind.removeprefix("given_"),
        reader.string(value) if value is not None else None,
    )


def _expect(reader: Reader, branch: Branch) -> ExpectNode:
    outcome = next(branches(branch))
    kind = outcome.kind.removeprefix("expect_")
    value = optional_token(outcome, *STRING_TYPES, "NAME")
    by = first(branch, "by")
    by_name = optional_token(by, "NAME") if by is not None else None
    return ExpectNode(
        reader.span(branch),
        kind,
        None if value is None else reader.name(value) if kind == "agent" else reader.string(value),
        reader.name(by_name) if by_name is not None else None,
        by is not None and by_name is None,
        tuple(reader.name(only_token(shadow, "NAME")) for shadow in branches(branch, "expect_shadow")),
    )
