"""The agents that steps name and tests expect, against those that the configuration knows (language.md section 8)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.unconfigured_agent import UnconfiguredAgent
from prx_dingtalk_router.language.diagnostics.undeclared_name import UndeclaredName
from prx_dingtalk_router.language.diagnostics.wrong_value import WrongValue
from prx_dingtalk_router.language.syntax.ast import Name
from prx_dingtalk_router.language.syntax.keywords import KEYWORDS
from prx_dingtalk_router.text.did_you_mean import Vocabulary

_PLAIN_NAME = re.compile(r"[^\W\d][\w-]*")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


@dataclass(slots=True)
class AgentResolver:
    """Checks the names of agents; all steps are resolved before the first test."""

    context: CheckContext
    diagnostics: Diagnostics
    named: set[str] = field(default_factory=set)
    """The agents that steps have named so far."""
    _configured: Vocabulary | None = None
    _expectable: Vocabulary | None = None
    _known: tuple[str, ...] = ()

    def step(self, name: Name) -> None:
        """Report the name of a step's agent if it is empty, or if the configuration does not know it."""
        known = self.context.agents
        self.named.add(name.value)
        if not name.value.strip():
            self.diagnostics.add(WrongValue(name.span, found="nothing", expected="agent"))
        elif known is not None and name.value not in known:
            if self._configured is None:
                self._known = tuple(sorted(known))
                self._configured = Vocabulary(self._known)
            near = self._configured.nearest(name.value)
            instead = as_written(near) if near is not None else None
            self.diagnostics.add(UnconfiguredAgent(name.span, name.value, self._known, near, instead))

    def expected(self, name: Name) -> None:
        """Report the name of an agent that a test expects if no step names it."""
        if name.value not in self.named:
            if self._expectable is None:
                self._expectable = Vocabulary(sorted(self.named))
            near = self._expectable.nearest(name.value)
            self.diagnostics.add(UndeclaredName(name.span, "agent-in-rules", name.value, near))


def as_written(agent: str) -> str:
    """Return the name of an agent as rules write it: in quotes where it is no plain name."""
    if _PLAIN_NAME.fullmatch(agent) and agent not in KEYWORDS:
        return agent
    return f'"{agent.translate(_ESCAPES)}"'
