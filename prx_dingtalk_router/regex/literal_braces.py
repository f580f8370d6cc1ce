"""Braces that look like a count and are none for RE2: ``a{,5}`` looks for ``a{,5}``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prx_dingtalk_router.regex.correction import Correction
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal, replaced
from prx_dingtalk_router.regex.syntax import Literal, Node, nodes

_COUNT = re.compile(r"\{ *(?:([0-9]{1,4}) *(, *([0-9]{1,4})? *)?|, *([0-9]{1,4}) *)\}")


def literal_braces(source: str, tree: Node, ignore_case: bool) -> Correction | None:
    """Return the first braces of a regex that look like a count and are none, or None.

    Args:
        source: the regex.
        tree: its tree.
        ignore_case: whether the flag ``i`` follows.
    """
    if "{" not in source:
        return None
    found = list(_counts(source, tree))
    if not found:
        return None
    written = replaced(source, [(count.start(), count.end(), _spelled(count)) for count in found])
    corrected = None if isinstance(parse(written, ignore_case), Refusal) else written
    return Correction(*found[0].span(), corrected)


def _counts(source: str, tree: Node) -> Iterator[re.Match[str]]:
    for node in nodes(tree):
        if isinstance(node, Literal) and node.text == "{" and not node.escaped and not node.quoted:
            count = _COUNT.match(source, node.start)
            if count is not None and node.start > 0 and source[node.start - 1] not in "(|":
                yield count


def _spelled(count: re.Match[str]) -> str:
    first, comma, last, at_most = count.groups()
    if at_most:
        return f"{{0,{int(at_most)}}}"
    if comma is None:
        return f"{{{int(first)}}}"
    return f"{{{int(first)},{int(last) if last else ''}}}"
