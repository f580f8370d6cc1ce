"""A rule ready to decide: its condition as a predicate, and its steps bound as far as they can be before a message."""

from __future__ import annotations

from collections.abc import Mapping

from prx_dingtalk_router.decision.model import NO_CAPTURES, Step
from prx_dingtalk_router.language.ruleset import Chain, Condition, Matches, Rule
from prx_dingtalk_router.language.semantics.binding import AgentDefaults, bind
from prx_dingtalk_router.language.semantics.evaluate import captures
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.walk import positive_matches, walk
from prx_dingtalk_router.matching.predicates import Predicate, Predicates
from prx_dingtalk_router.message import Message


class BoundSteps:
    """Steps without captures, which are the same for all messages of one kind of conversation: each bound once.

    Args:
        chains: as checked.
        name: of the rule, ``otherwise`` or ``denied``.
        defaults: of agents, where their step does not say.
    """

    __slots__ = ("_bound", "_chains", "_defaults", "_name")

    def __init__(self, chains: tuple[Chain, ...], name: str, defaults: AgentDefaults) -> None:
        self._chains = chains
        self._name = name
        self._defaults = defaults
        self._bound: dict[bool, tuple[Step, ...]] = {}

    def of(self, message: Message) -> tuple[Step, ...]:
        """Return the steps for a message."""
        bound = self._bound.get(message.group)
        if bound is None:
            bound = self._bound[message.group] = bind(self._chains, self._name, message, self._defaults)
        return bound


class CompiledRule:
    """One rule of a router.

    Args:
        rule: as checked.
        predicates: of its set.
        defaults: of agents, where their step does not say.
    """

    __slots__ = (
        "_bound",
        "_captures",
        "_defaults",
        "_predicates",
        "holds",
        "name",
        "passes_on",
        "rule",
        "shadow",
        "takes",
    )

    def __init__(self, rule: Rule, predicates: Predicates, defaults: AgentDefaults) -> None:
        self.rule = rule
        self.name = rule.name
        self.shadow = rule.shadow
        self.passes_on = rule.passes_on
        self.takes = rule.takes
        self.holds: Predicate = predicates.of(rule.condition, rule.name)
        self._predicates = predicates
        self._defaults = defaults
        self._captures = any(
            regex.group_names for test in positive_matches(rule.condition) for regex in test.regexes
        )
        self._bound = BoundSteps(rule.chains, rule.name, defaults)

    def value(self, part: Condition, view: MessageView) -> bool:
        """Return whether a part of its condition holds for a message, by the predicate that decides."""
        return self.predicate(part)(view)

    def predicate(self, part: Condition) -> Predicate:
        """Return the predicate of a part of its condition, for whoever asks it often."""
        return self._predicates.of(part, self.name)

    def perform(self, view: MessageView) -> tuple[tuple[Step, ...], Mapping[str, str]]:
        """Return the steps for a message for which it holds, and what was captured."""
        if not self._captures:
            return self._bound.of(view.message), NO_CAPTURES
        found = captures(self.rule.condition, view)
        return bind(self.rule.chains, self.name, view.message, self._defaults, found), found

    def prepare(self) -> None:
        """Compile its regexes now, so that no message waits for them."""
        for test in walk(self.rule.condition):
            for regex in test.regexes if isinstance(test, Matches) else ():
                regex.prepare()
