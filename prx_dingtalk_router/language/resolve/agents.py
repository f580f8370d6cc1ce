"""The agents that steps name and tests expect, against those that the configuration knows (language.md section 8)."""

from __future__ import annotations

from dataclasses import dataclass, field

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.unconfigured_agent import UnconfiguredAgent
from prx_dingtalk_router.language.diagnostics.unexpected_agent import UnexpectedAgent
from prx_dingtalk_router.language.diagnostics.wrong_value import WrongValue
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.ruleset import Agent, Rule
from prx_dingtalk_router.language.source import Place
from prx_dingtalk_router.language.syntax.ast import Name
from prx_dingtalk_router.language.syntax.escape import written_agent
from prx_dingtalk_router.text.did_you_mean import Vocabulary


@dataclass(slots=True)
class AgentResolver:
    """Checks the names of agents; all steps are resolved before the first test."""

    names: Names
    context: CheckContext
    diagnostics: Diagnostics
    named: dict[str, Place] = field(default_factory=dict)
    """The agents that steps have named so far, each with the first place."""
    misnamed: int = 0
    """How many steps name an agent that the configuration does not know."""
    _unconfigured: dict[str, list[Place]] = field(default_factory=dict)
    _meant: set[str] = field(default_factory=set)
    """The agents that were probably meant where the configuration knows none of the name."""
    _expectable: Vocabulary | None = None

    def step(self, name: Name) -> None:
        """Note the agent of a step; report an empty name."""
        known = self.context.agents
        if name.value not in self.named:
            self.named[name.value] = self.diagnostics.place(name.span)
        if not name.value.strip():
            self.diagnostics.add(WrongValue(name.span, found="nothing", expected="agent"))
        elif known is not None and name.value not in known:
            self.misnamed += 1
            self._unconfigured.setdefault(name.value, []).append(self.diagnostics.place(name.span))

    def recalled(self, rule: Rule) -> None:
        """Note the agents of a rule that need not be resolved again."""
        for chain in rule.chains:
            for entry in chain:
                if isinstance(entry.step, Agent):
                    self.named.setdefault(entry.step.agent, rule.home.place(entry.step.span))

    def report(self) -> None:
        """Report the agents that the configuration does not know, each once with all steps that name it."""
        if not self._unconfigured:
            return
        known = tuple(sorted(self.context.agents or ()))
        configured = Vocabulary(known, pinyin=True)
        for name, (first, *others) in self._unconfigured.items():
            near = configured.nearest(name)
            instead = None
            if near is not None:
                self._meant.add(near)
                instead = written_agent(near)
            self.diagnostics.add(UnconfiguredAgent(first, name, known, near, instead, tuple(others)))

    def expected(self, name: Name) -> None:
        """Report the name of an agent that a test expects if no step names it, or was meant to."""
        word = name.value
        if word in self.named or word in self._meant:
            return
        if self.names.is_in_unparsed(word) or not self.names.complete:
            return
        if self._expectable is None:
            self._expectable = Vocabulary(sorted(self.named), pinyin=True)
        near = self._expectable.nearest(word)
        self.diagnostics.add(UnexpectedAgent(name.span, word, near, self.named[near] if near else None))
