"""What can be wrong with a template."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from prx_dingtalk_router.catalogue import Text


class TemplateProblemKind(Enum):
    """What is wrong; the sentence is ``templates.<value>`` of the catalogue, or one a construct or filter."""

    SYNTAX = "syntax"
    UNCLOSED_BRACES = "unclosed-braces"
    UNCLOSED_IF = "unclosed-if"
    UNCLOSED_COMMENT = "unclosed-comment"
    TAG_WITHOUT_IF = "tag-without-if"
    UNKNOWN_TAG = "unknown-tag"
    UNEXPECTED_CHARACTER = "unexpected-character"
    SINGLE_EQUALS = "single-equals"
    ELSE_IF = "else-if"
    FORBIDDEN = "forbidden"
    """``name`` is the construct: ``loop``, ``arithmetic``, ``call`` …"""
    UNDEFINED_NAME = "undefined-name"
    UNKNOWN_ATTRIBUTE = "unknown-attribute"
    NEEDS_ATTRIBUTE = "needs-attribute"
    UNKNOWN_GROUP = "unknown-group"
    FAILURE_OUTSIDE_ELSE = "failure-outside-else"
    UNKNOWN_FILTER = "unknown-filter"
    FILTER_ARGUMENTS = "filter-arguments"
    """``name`` is the filter."""
    COMPARISON = "comparison"
    NUMBER_COMPARISON = "number-comparison"
    """``name`` is the number."""
    TOO_DEEP = "too-deep"
    TOO_LONG = "too-long"
    EMPTY = "empty"


_ONE_SENTENCE_EACH = {TemplateProblemKind.FORBIDDEN, TemplateProblemKind.FILTER_ARGUMENTS}


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """One thing that is wrong with a template.

    Args:
        kind: what is wrong.
        line: line of the template, counted from 1.
        name: the name, construct, filter or piece of text that it is about; may be empty.
        suggestion: what was probably meant, if anything is near.
        places: where the name stands on that line, as offsets in the source of the template; empty where it cannot be told.
    """

    kind: TemplateProblemKind
    line: int
    name: str = ""
    suggestion: str | None = None
    places: tuple[tuple[int, int], ...] = field(default=(), compare=False)

    def text(self) -> Text:
        """Return the sentence for people, with what to write instead."""
        key = self.kind.value
        if self.kind in _ONE_SENTENCE_EACH:
            key = f"{key}-{self.name}"
        hint: object = (
            "" if self.suggestion is None else Text("templates.did-you-mean", {"name": self.suggestion})
        )
        return Text(f"templates.{key}", {"name": self.name, "hint": hint})
