"""The reaction on a message while its agent works: set in time, and gone afterwards (dingtalk-cards-media.md section 1).

Nothing here holds an answer up or fails because of it. A mark in the journal is kept before a reaction is set and until it is
surely gone, so that one that a process left behind is taken away by the next.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import NamedTuple, Protocol

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.dingtalk import Accepted, Calls, Meter, Outcome, Refused, Unsure
from prx_dingtalk_router.delivery.dispatch.chip import Chip
from prx_dingtalk_router.delivery.dispatch.reaction_rate import ReactionRate
from prx_dingtalk_router.delivery.dispatch.silence import worded
from prx_dingtalk_router.delivery.events import DeliveryEvent, ReactionChanged, ReactionResult
from prx_dingtalk_router.delivery.journal import EntryKey, Journal, ReactionMark
from prx_dingtalk_router.delivery.journal.states import ENDED
from prx_dingtalk_router.delivery.waiting import wait_for_any
from prx_dingtalk_router.errors import JournalError
from prx_dingtalk_router.message import Message

logger = logging.getLogger(__name__)

BEGIN_AFTER = 0.3
"""An answer that is there within these seconds needs no reaction, and no call."""
ATTACH_PAUSES = (0.0, 0.4, 0.8)
"""Before each try to set one, which a server that does not know the message yet refuses."""
RECALL_PAUSES = (0.0, 1.5, 3.5, 60.0, 600.0)
"""Before each try to take one away; after the last it is forgotten."""
SETTLED_AFTER = 30.0
"""So long after it was sent, a call whose answer was lost has been carried out or never will be."""
CALLS_OF_A_REACTION = 2
PATIENCE = 2.0
"""Seconds after which it is too late to begin: the sender has waited for it in vain."""
LINGER = 0.2
"""So long an ended agent's reaction stays, in case the next of its chain is asked."""
AGAIN_AFTER = 5.0
LONG_PAUSE = 60.0
"""An operator is told of a pause that is this long."""
MOST_BEGINNING = 100
"""More than so many are not begun at a time."""
MOST_TRIES = 12
"""So many calls that take a reaction away may fail, over any number of processes, before it is forgotten."""
MOST_TAKEN_UP = 10_000


class ReactionWire(Protocol):
    """The calls, as ``dingtalk.RobotReactions`` makes them."""

    async def attach(self, robot: str, conversation: str, msg_id: str, name: str) -> Outcome:
        """Set a reaction."""

    async def recall(self, robot: str, conversation: str, msg_id: str, name: str) -> Outcome:
        """Take it away."""


class _Attempt(NamedTuple):
    """What came of trying to set one."""

    result: ReactionResult
    reason: Text | None = None
    alert: bool = False
    may_be_repeated: bool = False


_SKIPPED = _Attempt("skipped")


class Reactions:
    """Shows on messages that their agent is at work.

    Args:
        journal: keeps the marks.
        wire: the calls; without it nothing is ever shown.
        calls: says whether the month leaves anything for progress.
        clock: by which it waits.
        emit: told of each reaction; never raises.
    """

    def __init__(
        self,
        journal: Journal,
        wire: ReactionWire | None,
        calls: Calls,
        clock: Clock,
        emit: Callable[[DeliveryEvent], None],
    ) -> None:
        self._journal = journal
        self._wire = wire
        self._calls = calls
        self._clock = clock
        self._emit = emit
        self._rate = ReactionRate(clock)
        self._chips: dict[EntryKey, Chip] = {}
        self._beginning = 0
        self._closing = asyncio.Event()

    def show(self, key: EntryKey, message: Message) -> None:
        """Show that the agent of a message is waited for, or at work; again does nothing. Returns at once."""
        if self._wire is None or self._closing.is_set() or not (message.conversation and key.msg_id):
            return
        chip = self._chips.get(key)
        if chip is not None:
            chip.want()
            return
        name = worded("delivery.reaction", message)
        mark = ReactionMark(key, message.conversation, name, self._clock.now_ms())
        self._begin(Chip(mark, self._clock.monotonic()))

    def hide(self, key: EntryKey) -> None:
        """Take away what is shown on a message, as soon as that can be done. Returns at once."""
        chip = self._chips.get(key)
        if chip is not None:
            chip.unwant()
            self._work_on(chip)

    async def take_up(self) -> None:
        """Take over what an earlier process left: it stays while its message goes on, else it is taken away.

        Raises:
            JournalError: the journal cannot be read.
        """
        if self._wire is None:
            return
        for mark in await self._journal.reactions(MOST_TAKEN_UP):
            if mark.tries >= MOST_TRIES:
                await self._journal.unmark_reaction(mark.key)
                self._tell(mark, "left")
                continue
            chip = Chip(mark, self._clock.monotonic(), is_over=True, may_be_there=True)
            self._chips[mark.key] = chip
            entry = await self._journal.get(mark.key)
            if entry is None or entry.state in ENDED:
                self.hide(mark.key)

    async def aclose(self, within: float) -> None:
        """Set nothing more, and take away everything; what that does not happen to in time is left to the next process.

        Args:
            within: seconds.
        """
        self._closing.set()
        for key in tuple(self._chips):
            self.hide(key)
        if tasks := [chip.task for chip in self._chips.values() if chip.task is not None]:
            _, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _begin(self, chip: Chip) -> None:
        self._chips[chip.mark.key] = chip
        if self._beginning >= MOST_BEGINNING or self._rate.is_paused:
            chip.is_over = True
            self._tell(chip.mark, "skipped")
            return
        self._beginning += 1
        self._work_on(chip)

    def _work_on(self, chip: Chip) -> None:
        if chip.task is None:
            chip.task = asyncio.create_task(self._work(chip), name=f"reaction-{chip.mark.key.msg_id}")

    async def _work(self, chip: Chip) -> None:
        """Set it, unless that was done, and take it away once it is not wanted any more; no task waits for that."""
        try:
            if not chip.is_over:
                await self._attach(chip)
            linger = 0.0 if self._closing.is_set() or not chip.may_be_there else LINGER
            if chip.is_wanted or await chip.is_wanted_within(linger, self._clock):
                return
            if not chip.may_be_there or await self._recall(chip):
                self._forget(chip)
        except Exception:
            # A defect of this must not be one of the answer; the mark stays.
            self._chips.pop(chip.mark.key, None)
            logger.exception(text("delivery.reaction-defect", msg_id=chip.mark.key.msg_id))
        finally:
            chip.task = None

    def _forget(self, chip: Chip) -> None:
        del self._chips[chip.mark.key]
        if chip.is_wanted and not self._closing.is_set():
            # The next agent was asked while it was taken away.
            mark = replace(chip.mark, at_ms=self._clock.now_ms(), tries=0)
            self._begin(Chip(mark, self._clock.monotonic()))

    # ---- setting

    async def _attach(self, chip: Chip) -> None:
        try:
            attempt = await self._try_to_attach(chip)
        finally:
            self._beginning -= 1
            chip.is_over = True
        if attempt is not None:
            self._tell(chip.mark, attempt.result, attempt.reason, alert=attempt.alert)

    async def _try_to_attach(self, chip: Chip) -> _Attempt | None:
        """Set it; None if it was not wanted long enough."""
        if not await chip.is_wanted_after(BEGIN_AFTER, self._clock):
            return None
        # Each that is seen costs one more call, too.
        owed = sum(each.may_be_there for each in self._chips.values())
        if not self._calls.allows(Meter.API, "progress", CALLS_OF_A_REACTION + owed):
            return _SKIPPED
        try:
            await self._journal.mark_reaction(chip.mark)
        except JournalError:
            return _SKIPPED  # without a mark it might stay for ever
        attempt = _SKIPPED
        for pause in ATTACH_PAUSES:
            if not await chip.is_wanted_after(pause, self._clock):
                break
            async with self._rate.turn(by=chip.shown_at + PATIENCE) as has_turn:
                if not has_turn or not chip.is_wanted:
                    break
                attempt = await self._attach_once(chip)
            if not attempt.may_be_repeated:
                break
        if not chip.may_be_there:
            await self._unmark(chip)
        return attempt

    async def _attach_once(self, chip: Chip) -> _Attempt:
        was_there, chip.may_be_there = chip.may_be_there, True
        chip.sent_at = self._clock.monotonic()
        outcome = await self._call(chip, self._the_wire.attach)
        match outcome:
            case Accepted():
                chip.is_sure = True
                return _Attempt("attached")
            case Unsure(reason):
                return _Attempt("unknown", reason, may_be_repeated=True)
            case Refused(reason):
                # What became of an earlier try is not known by this.
                chip.may_be_there = was_there
                pause = self._rate.note(outcome)
                repeated = not pause and _is_worth_repeating(outcome)
                return _Attempt("unknown" if was_there else "refused", reason, pause >= LONG_PAUSE, repeated)

    # ---- taking away

    async def _recall(self, chip: Chip) -> bool:
        """Take it away; False if that is left to the next process."""
        asked_for = 0.0
        for pause in RECALL_PAUSES:
            if not await self._rest(max(pause, asked_for)):
                return False
            outcome = await self._recall_once(chip)
            if isinstance(outcome, Accepted) and not chip.is_sure and not self._has_settled(chip):
                # What was sent may still be on its way, and would come behind this.
                if not await self._rest(AGAIN_AFTER):
                    return False
                outcome = await self._recall_once(chip)
            if isinstance(outcome, Accepted):
                await self._unmark(chip)
                self._tell(chip.mark, "removed")
                return True
            asked_for = outcome.wait if isinstance(outcome, Refused) else 0.0
            await self._count_try(chip)
        await self._unmark(chip)
        self._tell(chip.mark, "left", None if isinstance(outcome, Accepted) else outcome.reason)
        return True

    async def _rest(self, seconds: float) -> bool:
        """Let time pass; False once there is none left because the router ends."""
        if seconds:
            await wait_for_any(self._closing.wait(), self._clock.sleep(seconds))
        return not (seconds and self._closing.is_set())

    async def _recall_once(self, chip: Chip) -> Outcome:
        async with self._rate.turn():
            return await self._call(chip, self._the_wire.recall)

    def _has_settled(self, chip: Chip) -> bool:
        if chip.sent_at is not None:
            return self._clock.monotonic() - chip.sent_at >= SETTLED_AFTER
        return self._clock.now_ms() - chip.mark.at_ms >= SETTLED_AFTER * 1000

    async def _count_try(self, chip: Chip) -> None:
        """Keep that one more try has failed, for the next process."""
        chip.mark = replace(chip.mark, tries=chip.mark.tries + 1)
        try:
            await self._journal.mark_reaction(chip.mark)
        except JournalError:
            logger.debug("a try to take a reaction away is not counted")

    async def _unmark(self, chip: Chip) -> None:
        """Forget the mark; one that stays costs the next process a call, no more."""
        try:
            await self._journal.unmark_reaction(chip.mark.key)
        except JournalError:
            logger.debug("the mark of a reaction stays")

    @property
    def _the_wire(self) -> ReactionWire:
        assert self._wire is not None
        return self._wire

    async def _call(self, chip: Chip, call: Callable[[str, str, str, str], Awaitable[Outcome]]) -> Outcome:
        mark = chip.mark
        return await call(mark.key.robot, mark.conversation, mark.key.msg_id, mark.name)

    def _tell(
        self, mark: ReactionMark, result: ReactionResult, reason: Text | None = None, *, alert: bool = False
    ) -> None:
        self._emit(
            ReactionChanged(
                robot=mark.key.robot,
                msg_id=mark.key.msg_id,
                at_ms=self._clock.now_ms(),
                result=result,
                reason=reason,
                alert=alert,
            )
        )


def _is_worth_repeating(refused: Refused) -> bool:
    """Whether the server may take it a moment later: nobody answered, or it said that the fault is its own."""
    return refused.status is None or refused.status >= 500
