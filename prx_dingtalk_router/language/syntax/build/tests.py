"""Test blocks: trees to nodes (language.md section 9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

from prx_dingtalk_router.language.syntax.ast import (
    ByNode,
    CaseNode,
    ElseNode,
    ExpectedMentionNode,
    ExpectNode,
    FailureNode,
    GivenNode,
    GivenOption,
    OutcomeNode,
    TestNode,
    ToldNode,
)
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
        tuple(_given_option(reader, option) for option in branches(branch)),
    )


def _given_option(reader: Reader, branch: Branch) -> GivenOption:
    value, count = optional_token(branch, *STRING_TYPES), optional_token(branch, "INT")
    return GivenOption(
        reader.span(branch),
        branch.kind.removeprefix("given_"),
        reader.string(value) if value is not None else None,
        count.value if count is not None else None,
    )


def _expect(reader: Reader, branch: Branch) -> ExpectNode:
    options = tuple(_options(reader, branch))
    return ExpectNode(
        reader.span(branch),
        _outcome(reader, next(branches(branch))),
        tuple(option for option in options if not isinstance(option, FailureNode)),
        tuple(reader.name(only_token(shadow, "NAME")) for shadow in branches(branch, "expect_shadow")),
        tuple(_else(reader, each) for each in branches(branch, "expect_else")),
    )


def _else(reader: Reader, branch: Branch) -> ElseNode:
    options = tuple(_options(reader, branch))
    return ElseNode(
        reader.span(branch),
        _outcome(reader, next(branches(branch))),
        tuple(option for option in options if not isinstance(option, ByNode)),
    )


def _outcome(reader: Reader, branch: Branch) -> OutcomeNode:
    kind = branch.kind.removeprefix("expect_")
    value = optional_token(branch, *STRING_TYPES, "NAME")
    return OutcomeNode(
        reader.span(branch),
        kind,
        None if value is None else reader.name(value) if kind == "agent" else reader.string(value),
    )


def _options(
    reader: Reader, branch: Branch
) -> Iterator[ByNode | ToldNode | ExpectedMentionNode | FailureNode]:
    for option in branches(branch):
        span = reader.span(option)
        match option.kind:
            case "by":
                rule = optional_token(option, "NAME")
                yield ByNode(span, reader.name(rule) if rule is not None else None)
            case "told":
                yield ToldNode(span, reader.string(only_token(option, *STRING_TYPES)))
            case "expect_mention":
                value, word = first(option, "value"), optional_token(option, "SENDER", "NONE")
                known = cast("Literal['sender', 'none']", word.value if word is not None else "sender")
                yield ExpectedMentionNode(span, reader.value(value) if value is not None else known)
            case "failure":
                yield FailureNode(span, reader.string(only_token(option, "STRING")))
