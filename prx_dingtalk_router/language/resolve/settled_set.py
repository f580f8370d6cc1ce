"""The settled rules of the set at hand: which of them still are, what the others have to know of them, and which become so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.resolve.resolvers import Resolvers
from prx_dingtalk_router.language.resolve.settled_rules import (
    Meanings,
    Settled,
    SettledRule,
    SettledRules,
    Traits,
    Use,
)
from prx_dingtalk_router.language.resolve.templates import Analyse
from prx_dingtalk_router.language.resolve.values import LISTS_PUT_IN
from prx_dingtalk_router.language.ruleset import Named, Rule
from prx_dingtalk_router.language.semantics.facts import Facts, NormalForm
from prx_dingtalk_router.language.source import Home, Place, Span
from prx_dingtalk_router.language.syntax.ast import AgentNode, Declaration, RuleNode


class Candidate(Struct, frozen=True):
    """A rule that was resolved now and is right, and what it uses and counts."""

    node: RuleNode
    rule: Rule
    uses: Iterable[Use]
    in_expressions: int
    in_templates: int


class SettledSet:
    """Stands between one check and what is known from earlier ones.

    Args:
        known: what is settled; it is told what is settled now.
        files: of the set.
        context: what the configuration says.
        diagnostics: of the set.
        analyse: reads a template.

    Attributes:
        order: the rules of the set in their order, settled or not.
    """

    def __init__(
        self,
        known: SettledRules,
        files: FileSet,
        context: CheckContext,
        diagnostics: Diagnostics,
        analyse: Analyse,
    ) -> None:
        self.order: list[Rule | Settled] = []
        self._known = known
        self._files = files
        self._context = context
        self._diagnostics = diagnostics
        self._analyse = analyse
        self._declarations: Sequence[Declaration] = ()
        self._resolvers: Resolvers | None = None
        self._meanings: Meanings | None = None
        self._is_usable = False
        self._seen: set[tuple[Use, ...]] = set()
        self._candidates: list[Candidate] = []
        self._scratch: tuple[Resolvers, Diagnostics] | None = None
        self._thawed: dict[int, Rule] = {}
        known.enter(context)
        self.facts = Facts.numbered(known.facts)

    # ---- while declarations are resolved

    def enter(self, resolvers: Resolvers, declarations: Sequence[Declaration]) -> None:
        """Begin, once everything that has a name is checked."""
        self._resolvers, self._declarations = resolvers, declarations
        self._meanings = Meanings(resolvers.names, self._files)
        rules = sum(isinstance(each.node, RuleNode) for each in declarations)
        self._is_usable = rules == len(resolvers.names.spaces.get("rule", {}))

    def recall(self, node: RuleNode, home: Home) -> bool:
        """Tell whether a rule is settled, and see to what the rest of the set has to know of it."""
        known = self._known.of(node) if self._is_usable else None
        if known is None:
            return False
        assert self._resolvers is not None
        assert self._meanings is not None
        if self._meanings.of(known.uses) != known.meaning:
            return False
        if known.uses not in self._seen:
            self._seen.add(known.uses)
            self._resolvers.recall(known.uses)
        named = self._resolvers.agents.named
        for agent, start, end in known.agents:
            if agent not in named:
                named[agent] = home.place(Span(start, end))
        self._resolvers.values.regexes.limit.counted += known.in_expressions
        self._resolvers.templates.limit.counted += known.in_templates
        self.order.append(Settled(node, home, known))
        return True

    def add(self, rule: Rule, candidate: Candidate | None) -> None:
        """Take a rule that was resolved now.

        Args:
            rule: as far as it is right.
            candidate: for being settled.
        """
        self.order.append(rule)
        if candidate is not None and self._is_usable:
            self._candidates.append(candidate)

    @property
    def is_over_a_limit(self) -> bool:
        """Whether the set exceeds a limit, and it has to be found out where."""
        assert self._resolvers is not None
        limits = self._resolvers.values.regexes.limit, self._resolvers.templates.limit
        return self.has_recalled and any(limit.counted > limit.limit for limit in limits)

    @property
    def has_recalled(self) -> bool:
        """Whether some rule was not looked at."""
        return any(isinstance(each, Settled) for each in self.order)

    # ---- for lints

    def agents(self) -> Iterator[str]:
        """Yield the agents that settled rules name."""
        return (
            agent for each in self.order if isinstance(each, Settled) for agent, _, _ in each.known.agents
        )

    def conditions(self) -> Iterator[Named]:
        """Yield the named conditions that settled rules name."""
        assert self._resolvers is not None
        names = dict.fromkeys(use[1] for uses in self._seen for use in uses if use[0] == "condition")
        for name in names:
            condition = self._resolvers.conditions.of_name(name)
            if condition is not None:
                yield Named(Span(0, 0), name, condition)

    def thawed(self, settled: Settled) -> Rule:
        """Return a settled rule as what it is: resolved by itself, without anything being reported again."""
        known = self._thawed.get(id(settled.node))
        if known is not None:
            return known
        if self._scratch is None:
            diagnostics = Diagnostics(self._diagnostics.sources)
            self._scratch = (
                Resolvers(self._files, self._declarations, self._context, diagnostics, self._analyse),
                diagnostics,
            )
        resolvers, diagnostics = self._scratch
        with diagnostics.within(settled.home):
            rule = resolvers.rule(settled.node, settled.home)
        assert rule is not None
        self._thawed[id(settled.node)] = rule
        return rule

    # ---- at the end

    def forget(self) -> None:
        """Let nothing be settled."""
        self._known.forget()

    def settle(self, form_of: Callable[[Rule], NormalForm], traits_of: Callable[[Rule], Traits]) -> None:
        """Say which rules are settled now.

        Args:
            form_of: gives the normal form of a rule.
            traits_of: gives what else is to be known of one.
        """
        if not self._is_usable:
            return
        touched = self._touched()
        kept = [
            (each.node, each.known)
            for each in self.order
            if isinstance(each, Settled) and each.home not in touched
        ]
        if not self._diagnostics.has_errors:
            for each in self._candidates:
                rule = self._settled(each, form_of, traits_of) if each.rule.home not in touched else None
                if rule is not None:
                    kept.append((each.node, rule))
        self._known.keep(kept, tuple(self.facts))

    def _settled(
        self,
        candidate: Candidate,
        form_of: Callable[[Rule], NormalForm],
        traits_of: Callable[[Rule], Traits],
    ) -> SettledRule | None:
        assert self._meanings is not None
        noted = tuple(candidate.uses)
        if LISTS_PUT_IN in noted:
            return None
        longer = {use[:2] for use in noted if len(use) > 2}
        uses = tuple(use for use in noted if len(use) > 2 or use not in longer)
        meaning = self._meanings.of(uses)
        if meaning is None:
            return None
        agents: dict[str, tuple[int, int]] = {}
        for chain in candidate.node.chains:
            for entry in chain.entries:
                if isinstance(entry.step, AgentNode):
                    span = entry.step.agent.span
                    agents.setdefault(entry.step.agent.value, (span.start, span.end))
        return SettledRule(
            uses,
            meaning,
            tuple((agent, start, end) for agent, (start, end) in agents.items()),
            candidate.in_expressions,
            candidate.in_templates,
            form_of(candidate.rule),
            traits_of(candidate.rule),
        )

    def _touched(self) -> set[Home]:
        """Return the homes of the declarations in which something was reported."""
        homes: dict[str, list[int]] = {}
        for declaration in self._declarations:
            homes.setdefault(declaration.home.file, []).append(declaration.home.offset)
        for offsets in homes.values():
            offsets.sort()
        return set(self._homes_of(self._diagnostics.places, homes))

    def _homes_of(self, places: Iterable[Place], homes: dict[str, list[int]]) -> Iterator[Home]:
        for place in places:
            offsets = homes.get(place.file, [])
            at = bisect_right(offsets, place.start) - 1
            if at >= 0:
                yield Home(place.file, offsets[at])
