"""``while busy merge``: what waits for an agent in one session is told to it together (language.md section 7).

A message that joins another one ends first, naming it; what is told is then made of the journal alone. So nothing that has joined
is lost or told twice, wherever the process dies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import AgentStep, Step
from prx_dingtalk_router.delivery.dispatch import chains
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.requests import body_of, words_of
from prx_dingtalk_router.delivery.dispatch.sessions import Order, Place
from prx_dingtalk_router.delivery.journal import Entry, Lane, StepRef

_Told = tuple[Order, str]


class Merging:
    """Puts together what one turn tells its agent.

    Args:
        context: the surroundings.
        carrier: the message whose turn it is.
        lane: the session.
    """

    def __init__(self, context: Context, carrier: Entry, lane: Lane) -> None:
        self._context = context
        self._carrier = carrier
        self._lane = lane

    @staticmethod
    def is_possible(entry: Entry) -> bool:
        """Whether other messages may have joined this one."""
        steps = (each for step in entry.decision.steps for each in (step, *step.alternatives))
        return any(isinstance(each, AgentStep) and each.while_busy == "merge" for each in steps)

    async def gather(self, words: str, behind: Sequence[Place]) -> bytes | Text:
        """The bytes of the request, with the words of all that have joined, and of those that do so now.

        Args:
            words: of the carrier.
            behind: those next in line that may join, in order; the first that does not fit ends it.

        Returns:
            Why there can be no request, where this agent is told more than the one for which they joined.
        """
        told = [(self._carrier.order, words)]
        told += [(entry.order, _words_of_joined(entry)) for entry in await self._joined()]
        for place in behind:
            if place.carried is None or place.joins is None or place.key.robot != self._carrier.key.robot:
                break
            fits = partial(self._fits, told, place.order)
            more = await place.carried.join(place.joins, self._carrier.key.msg_id, fits)
            if more is None:
                break
            told.append((place.order, more))
        return self._body(told)

    async def _joined(self) -> Sequence[Entry]:
        journal, key = self._context.journal, self._carrier.key
        return await self._context.condition.outlast(lambda: journal.carried_by(key))

    def _fits(self, told: Sequence[_Told], order: Order, words: str) -> bool:
        return isinstance(self._body([*told, (order, words)]), bytes)

    def _body(self, told: Iterable[_Told]) -> bytes | Text:
        from prx_dingtalk_router.templates import join_lines

        return body_of(join_lines([words for _, words in sorted(told)]), self._lane)


def _words_of_joined(entry: Entry) -> str:
    """What a message that has joined another would have told its agent; empty if that cannot be made any more."""
    for step in entry.decision.steps:
        for each in (step, *step.alternatives):
            record = entry.steps.get(StepRef.of(each))
            if isinstance(each, AgentStep) and record is not None and record.state == "performed":
                words = words_of(entry.decision, each, _failure_before(entry, step, StepRef.of(each)))
                return words if isinstance(words, str) else ""
    return ""


def _failure_before(entry: Entry, chain: Step, ref: StepRef) -> Text | None:
    """Why the step before one of a chain was not done."""
    came = chains.follow(chain, lambda each: None if each == ref else entry.steps.get(each), lambda _: False)
    return came.failure if isinstance(came, chains.Next) else None
