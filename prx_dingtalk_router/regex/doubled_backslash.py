r"""Backslashes doubled on the way from Java or JSON: ``\\u4e00`` looks for a backslash and ``u4e00``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prx_dingtalk_router.regex import foreign
from prx_dingtalk_router.regex.correction import Correction
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal, replaced
from prx_dingtalk_router.regex.syntax import BracketClass, Literal, Node, Range, nodes
from prx_dingtalk_router.regex.unicode_tables import knows_class

_CLASS = re.compile(r"\\[pP]\{([^}]*)\}")
_REPEATED = re.compile(r"\\[dswDSW](?=[+*]|\{[0-9])")
r"""``\\d+``: nobody looks for a backslash and several letters ``d``."""

_LIKELY = re.compile(r"\\(?:[bdswBDSW](?![A-Za-z0-9])|[^\w\s\\])")
r"""``\\.``, ``\\b``: doubled as well where another one surely is."""


def doubled_backslash(source: str, tree: Node, ignore_case: bool) -> Correction | None:
    r"""Return the first ``\\u4e00``, ``\\p{Han}`` or ``\\d+`` of a regex, or None; other doubled backslashes may be meant.

    Args:
        source: the regex.
        tree: its tree.
        ignore_case: whether the flag ``i`` follows.
    """
    if "\\\\" not in source:
        return None
    doubled = list(_escaped_backslashes(source, tree))
    found = [(at, end) for at in doubled if (end := _end_of_escape(source, at + 1))]
    if not found:
        return None
    sure = {at for at, _ in found}
    meant = [at for at in doubled if at in sure or _LIKELY.match(source, at + 1)]
    written = replaced(source, [(at, at + 1, "") for at in meant])
    read = parse(written, ignore_case)
    return Correction(*found[0], read.corrected if isinstance(read, Refusal) else written)


def _escaped_backslashes(source: str, tree: Node) -> Iterator[int]:
    r"""Yield where ``\\`` is written for a backslash."""
    for node in nodes(tree):
        if isinstance(node, Literal) and node.escaped and node.text == "\\":
            yield node.start
        elif isinstance(node, BracketClass):
            for item in node.items:
                if isinstance(item, Range):
                    places = {item.start, item.end - 2}
                    yield from sorted(
                        at for at in places if source[at : at + 2] == "\\\\" and at >= item.start
                    )


def _end_of_escape(source: str, at: int) -> int | None:
    code_point = foreign.CODE_POINT.match(source, at)
    if code_point is not None:
        return code_point.end()
    named = _CLASS.match(source, at)
    if named is not None and (knows_class(named[1]) or foreign.known_class_like(named[1])):
        return named.end()
    repeated = _REPEATED.match(source, at)
    return None if repeated is None else repeated.end()
