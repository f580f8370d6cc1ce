"""A regex as written into one that can be searched for, with its tree, or into the reason why it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass

from prx_dingtalk_router.regex.emptiness import needs_characters
from prx_dingtalk_router.regex.engine import Regex
from prx_dingtalk_router.regex.groups import certain_groups, group_names
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.program_size import is_too_large
from prx_dingtalk_router.regex.refusal import Refusal, RefusalKind
from prx_dingtalk_router.regex.syntax import Node

MAX_LENGTH = 20_000
"""Characters that a regex may have."""


@dataclass(frozen=True, slots=True)
class ReadRegex:
    """A regex that can be used, and its syntax tree for whoever checks it."""

    regex: Regex
    tree: Node


def read_regex(source: str, ignore_case: bool) -> ReadRegex | Refusal:
    r"""Read a regex, or say why it cannot be used.

    Refused besides what RE2 refuses: ``\C``, groups of the same name, names of groups that a template cannot use, and
    what is too long or too large. Nothing is compiled for this.

    Args:
        source: what is written between the slashes, with ``\/`` already a slash.
        ignore_case: whether the flag ``i`` follows.
    """
    if len(source) > MAX_LENGTH:
        return Refusal(RefusalKind.TOO_LARGE, 0, len(source), "")
    tree = parse(source, ignore_case)
    if isinstance(tree, Refusal):
        return tree
    if is_too_large(source, tree):
        return Refusal(RefusalKind.TOO_LARGE, 0, len(source), "")
    names = group_names(tree) if "<" in source else ()
    certain = certain_groups(tree) if names else frozenset()
    return ReadRegex(Regex(source, ignore_case, names, certain, needs_characters(tree)), tree)
