"""From the steps of checked rules to bound steps: the captures and defaults of one message put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec.structs import replace

from prx_dingtalk_router.decision.model import (
    DENIED,
    NO_CAPTURES,
    AgentStep,
    CancelStep,
    DropStep,
    ForgetStep,
    Guard,
    Progress,
    ReplyStep,
    Step,
)
from prx_dingtalk_router.decision.session import default_scope
from prx_dingtalk_router.language.ruleset import (
    Agent,
    Cancel,
    Chain,
    ChainEntry,
    Drop,
    Forget,
    Next,
    Reply,
)
from prx_dingtalk_router.message import Message

BUSY = "busy"
"""The position of what is said ``while busy``, within its step."""

DENIED_GUARD = Guard(count=1, per=600.0, scope="sender")
"""What replies of ``denied`` carry unless they have a guard of their own (language.md section 3)."""


class AgentDefaults(Protocol):
    """What holds for an agent where its step does not say."""

    def timeout(self, agent: str) -> float:
        """Return the seconds that it has."""

    def progress(self, agent: str) -> Progress:
        """Return what a sender sees while it works."""


class NoDefaults:
    """Of agents that are not asked."""

    def timeout(self, _: str) -> float:
        """Return no time at all."""
        return 0.0

    def progress(self, _: str) -> Progress:
        """Return that nothing is seen."""
        return "none"


def bind(
    chains: tuple[Chain, ...],
    rule: str,
    message: Message,
    defaults: AgentDefaults,
    match: Mapping[str, str] = NO_CAPTURES,
) -> tuple[Step, ...]:
    """Return the steps that a message gets from a rule, ``otherwise`` or ``denied``; ``next`` is no step.

    Args:
        chains: as written.
        rule: its name.
        message: whose kind of conversation decides the default session.
        defaults: of agents, where their step does not say.
        match: the captures.
    """
    steps: list[Step] = []
    for number, chain in enumerate(chains, start=1):
        positions = (f"{number}.{depth}" if depth else str(number) for depth in range(len(chain)))
        bound = (
            _bind(entry, rule, position, message, defaults, match)
            for entry, position in zip(chain, positions, strict=True)
        )
        entries = [step for step in bound if step is not None]
        if entries:
            steps.append(replace(entries[0], alternatives=tuple(entries[1:])) if entries[1:] else entries[0])
    return tuple(steps)


def _bind(
    entry: ChainEntry,
    rule: str,
    position: str,
    message: Message,
    defaults: AgentDefaults,
    match: Mapping[str, str],
) -> Step | None:
    guard, step = entry.guard, entry.step
    match step:
        case Reply():
            if rule == DENIED and guard is None:
                guard = DENIED_GUARD
            return _bind_reply(step, rule, position, match, guard)
        case Agent():
            return AgentStep(
                rule=rule,
                position=position,
                match=match,
                guard=guard,
                agent=step.agent,
                timeout=step.timeout if step.timeout is not None else defaults.timeout(step.agent),
                session=step.session or default_scope(message),
                template=step.template.source if step.template is not None else None,
                while_busy=step.while_busy,
                busy_reply=_bind_reply(step.busy_reply, rule, f"{position}.{BUSY}", match)
                if step.busy_reply is not None
                else None,
                progress=step.progress or defaults.progress(step.agent),
            )
        case Forget():
            return ForgetStep(rule=rule, position=position, guard=guard)
        case Cancel():
            return CancelStep(rule=rule, position=position, guard=guard)
        case Drop():
            return DropStep(rule=rule, position=position, guard=guard, reason=step.reason)
        case Next():
            return None


def _bind_reply(
    step: Reply, rule: str, position: str, match: Mapping[str, str], guard: Guard | None = None
) -> ReplyStep:
    return ReplyStep(
        rule=rule,
        position=position,
        match=match,
        guard=guard,
        template=step.template.source,
        format="markdown" if step.markdown else "text",
        mention=step.mention,
    )
