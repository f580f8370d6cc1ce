"""Who comes before a message: those of its sessions that are not over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from prx_dingtalk_router.decision.model import AgentStep, BoundStep
from prx_dingtalk_router.decision.session import session_name
from prx_dingtalk_router.delivery.journal import Entry, StepRef


class Ahead:
    """Knows the messages that are not over.

    Sessions are told apart as they are named without the numbers that ``forget`` gives them: whoever began anew a moment ago is
    counted with those who did not.

    Args:
        unfinished: what is neither done nor dropped nor dead.
    """

    def __init__(self, unfinished: Iterable[Entry]) -> None:
        self._places: defaultdict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
        self._held: dict[tuple[str, str], int] = {}
        for entry in unfinished:
            due_ms = max((record.due_at_ms for record in entry.steps.values()), default=0)
            if due_ms:
                self._held[_conversation(entry)] = max(due_ms, self._held.get(_conversation(entry), 0))
            for step in entry.decision.steps:
                for each in (step, *step.alternatives):
                    # An alternative counts once it is its turn.
                    begun = StepRef.of(each) in entry.steps
                    if isinstance(each, AgentStep) and (begun or not each.is_alternative):
                        self._places[_lane(entry, each)].add(entry.order)

    def of(self, entry: Entry, step: BoundStep) -> int:
        """How many messages come before ``entry`` at the agent of its step."""
        if not isinstance(step, AgentStep):
            return 0
        return sum(order < entry.order for order in self._places.get(_lane(entry, step), ()))

    def held_until(self, entry: Entry) -> int | None:
        """When the conversation of ``entry`` takes something again (Unix milliseconds); None where nothing is held back."""
        return self._held.get(_conversation(entry))


def _conversation(entry: Entry) -> tuple[str, str]:
    return entry.key.robot, entry.decision.message.conversation


def _lane(entry: Entry, step: AgentStep) -> tuple[str, str]:
    decision = entry.decision
    return step.agent, session_name(decision.client_id, decision.message, step.session)
