"""Test blocks: trees to nodes (language.md section 9)."""

from __future__ import annotations

from prx_dingtalk_router.language.syntax.ast import CaseNode, ExpectNode, GivenNode, GivenOption, TestNode
from prx_dingtalk_router.language.syntax.build.tree import Branch, Reader, branches, first, only_token, tokens


def test_node(reader: Reader, branch: Branch) -> TestNode:
    """A ``test`` declaration."""
    (title,) = tokens(branch)
    return TestNode(
        reader.span(branch),
        reader.string(title),
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
    (text,) = tokens(branch)
    return GivenNode(
        reader.span(branch),
        reader.string(text),
        tuple(_option(reader, option) for option in branches(branch)),
    )


def _option(reader: Reader, branch: Branch) -> GivenOption:
    value = tokens(branch)
    return GivenOption(
        reader.span(branch),
        str(branch.data).removeprefix("given_"),
        reader.string(value[0]) if value else None,
    )


def _expect(reader: Reader, branch: Branch) -> ExpectNode:
    outcome = next(branches(branch))
    kind = str(outcome.data).removeprefix("expect_")
    value = tokens(outcome)
    by = first(branch, "by")
    by_token = only_token(by) if by is not None else None
    return ExpectNode(
        reader.span(branch),
        kind,
        None if not value else reader.name(value[0]) if kind == "agent" else reader.string(value[0]),
        reader.name(by_token) if by_token is not None and by_token.type == "NAME" else None,
        by_token is not None and by_token.type != "NAME",
        tuple(reader.name(only_token(shadow)) for shadow in branches(branch, "expect_shadow")),
    )
