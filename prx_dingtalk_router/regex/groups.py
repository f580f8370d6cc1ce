"""The named groups of a regex, and those that take part wherever it is found."""

from __future__ import annotations

from prx_dingtalk_router.regex.syntax import Alternation, Group, Node, Repeat, nodes


def named_groups(tree: Node) -> tuple[Group, ...]:
    """Return the groups that have a name, in written order; no two have the same."""
    return tuple(node for node in nodes(tree) if isinstance(node, Group) and node.name is not None)


def group_names(tree: Node) -> tuple[str, ...]:
    """Return the names of the groups in written order."""
    return tuple(group.name for group in named_groups(tree) if group.name is not None)


def certain_groups(tree: Node) -> frozenset[str]:
    """Return the names of the groups that take part in every match.

    Not those in one of several branches, or in what may be repeated no times.
    """
    found: set[str] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Alternation) or (isinstance(node, Repeat) and node.minimum == 0):
            continue
        if isinstance(node, Group) and node.name is not None:
            found.add(node.name)
        waiting.extend(node.children)
    return frozenset(found)
