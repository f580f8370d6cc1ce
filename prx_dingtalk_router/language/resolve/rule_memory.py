"""Rules that were resolved before: while nothing changes that rules depend on, one that is written the same means the same."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.ruleset import Rule
from prx_dingtalk_router.language.source import Home
from prx_dingtalk_router.language.syntax.ast import (
    Declaration,
    FallbackNode,
    RuleNode,
    TestNode,
    Unparsed,
)


class Remembered(Struct, frozen=True):
    """A rule, and what it counts towards the limits of the whole set, in characters."""

    node: RuleNode
    rule: Rule
    in_expressions: int
    in_templates: int
    """Of the templates that are written in the rule."""


class RuleMemory:
    """Knows the rules of the set that was resolved last, each by the node that it was written as.

    What rules depend on are all other declarations, the files that these name, and the configuration. What is reported about
    a set by looking at all its rules, lints above all, is not complete where some were only remembered.
    """

    def __init__(self) -> None:
        self._known: dict[int, Remembered] = {}
        self._used: dict[int, Remembered] = {}
        self._declarations: list[object] = []
        self._surroundings: tuple[object, ...] = ()

    def enter(self, files: FileSet, declared: Sequence[Declaration], context: CheckContext) -> None:
        """Forget all rules if what they depend on is not what it was."""
        declarations: list[object] = [each.node for each in declared if _is_depended_on(each)]
        rule_files = {source.path for source in files.read()}
        named = tuple(item for item in files.looked_at().items() if item[0] not in rule_files)
        surroundings = (context, context.current_date(), named)
        same = len(declarations) == len(self._declarations) and all(
            one is other for one, other in zip(declarations, self._declarations, strict=True)
        )
        if not same or surroundings != self._surroundings:
            self._known.clear()
        self._declarations, self._surroundings = declarations, surroundings

    def recall(self, node: RuleNode, home: Home) -> Remembered | None:
        """Return the rule that a node is, at the place where it stands now; None for one that is not known."""
        known = self._known.get(id(node))
        if known is None:
            return None
        if known.rule.home != home:
            known = replace(known, rule=replace(known.rule, home=home))
        self._used[id(node)] = known
        return known

    def remember(self, resolved: Remembered) -> None:
        """Know what a node is; only of a rule about which nothing was reported."""
        self._used[id(resolved.node)] = resolved

    def forget_unused(self) -> None:
        """Keep only what was asked for since the last call."""
        self._known, self._used = self._used, {}


def _is_depended_on(declaration: Declaration) -> bool:
    return declaration.node is not None and not isinstance(
        declaration.node, RuleNode | FallbackNode | TestNode | Unparsed
    )
