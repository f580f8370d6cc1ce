"""Trees are walked in written order and without recursion."""

from __future__ import annotations

from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal
from prx_dingtalk_router.regex.syntax import Group, Literal, Node, bottom_up, nodes

SOURCE = r"a(?P<n>b|c[de]\d)*^."


def tree_of(source: str) -> Node:
    """The tree of a valid source."""
    tree = parse(source, False)
    assert not isinstance(tree, Refusal)
    return tree


def test_nodes_come_in_written_order_each_before_those_below() -> None:
    """As one reads them."""
    written = [SOURCE[node.start : node.end] for node in nodes(tree_of(SOURCE)) if not node.children]
    assert written == ["a", "b", "c", "[de]", r"\d", "^", "."]
    starts = [node.start for node in nodes(tree_of(SOURCE))]
    assert starts == sorted(starts)


def test_a_tree_is_reduced_from_below() -> None:
    """Each node gets the values of those directly below it, in written order."""

    def shown(node: Node, below: list[str]) -> str:
        return f"{type(node).__name__[0]}({','.join(below)})" if below else SOURCE[node.start : node.end]

    assert bottom_up(tree_of(SOURCE), shown) == r"C(a,R(G(A(b,C(c,[de],\d)))),^,.)"


def test_deep_trees_are_walked() -> None:
    """No depth is too much."""
    tree = tree_of("(" * 9000 + "a" + ")" * 9000)
    assert sum(isinstance(node, Group) for node in nodes(tree)) == 9000
    assert bottom_up(tree, lambda node, below: 1 if isinstance(node, Literal) else below[0] + 1) == 9001
