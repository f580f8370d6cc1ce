"""One message, from its stored decision to its end: does what ``next_action`` says, and asks again.

While it has to wait for others, for its session, room at the agent, or the floor of the conversation, it is parked: without a
task, and without its entry, which is read again when its turn has come.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import DropStep, ReplyStep
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.floors import Conversation
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger
from prx_dingtalk_router.delivery.dispatch.next_action import action_ahead, next_action
from prx_dingtalk_router.delivery.dispatch.performing import Performing, Remembered
from prx_dingtalk_router.delivery.dispatch.places import Places
from prx_dingtalk_router.delivery.dispatch.running import person_of
from prx_dingtalk_router.delivery.journal import Entry, StepRef, StopReason
from prx_dingtalk_router.delivery.journal.states import ENDED
from prx_dingtalk_router.errors import JournalError

logger = logging.getLogger(__name__)


class Delivery:
    """Carries one message out.

    Args:
        context: the surroundings.
        entry: as it was stored, or found at the last start.
        resumed: an earlier process may have begun with it.

    Attributes:
        is_closed: nothing more is done about it in this process.
    """

    __slots__ = (
        "_at_hand",
        "_context",
        "_in_use",
        "_is_awaited",
        "_is_buried",
        "_is_placed",
        "_key",
        "_places",
        "_remembered",
        "_task",
        "_woken",
        "arrival",
        "is_closed",
        "person",
    )

    def __init__(self, context: Context, entry: Entry, *, resumed: bool = False) -> None:
        self._context = context
        self._key = entry.key
        self.arrival = entry.arrival
        self.person = person_of(entry.decision.message)
        self._places = Places(context, self, entry.key, entry.order, resumed=resumed)
        self._remembered: Remembered | None = None
        self._at_hand: Performing | None = self._performing(entry)
        self._in_use = 0
        self._is_buried = entry.state == "dead"
        self._is_placed = False
        self._is_awaited = resumed
        if resumed:
            # Whoever was in line before it began anew gets in line again before anybody goes to an agent.
            context.sessions.hold()
        self.is_closed = False
        self._woken = False
        self._task: asyncio.Task[None] | None = None

    @property
    def is_parked(self) -> bool:
        """Whether it only waits, and this process does nothing about it."""
        return self._task is None and self._at_hand is None

    @property
    def task(self) -> asyncio.Task[None] | None:
        """What works on it now; None while it is parked."""
        return self._task

    @property
    def _conversation(self) -> Conversation:
        return self.person.robot, self.person.conversation

    def wake(self) -> None:
        """Begin, or go on: what it waited for has come."""
        if self.is_closed:
            return
        self._woken = True
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name=f"message-{self._key.msg_id}")
        elif self._at_hand is not None:
            self._at_hand.changed.set()

    async def stop(self, reason: StopReason) -> None:
        """Stop its agent as far as PRX allows, and its waiting for one; a restart does not bring it back.

        What it is saying it says to the end, and nobody waits for that.
        """
        performing = await self._take_in_hand()
        try:
            if performing is None or performing.ledger.entry.state in ENDED:
                return
            await performing.stop(reason)
        finally:
            self._in_use -= 1
        self.wake()

    async def join(self, step: StepRef, carrier: str, fits: Callable[[str], bool]) -> str | None:
        """End it as told to its agent together with another message; see ``Performing.join``."""
        performing = await self._take_in_hand()
        try:
            words = None if performing is None else await performing.join(step, carrier, fits)
        finally:
            self._in_use -= 1
        if words is not None:
            self.wake()
        return words

    async def abandon(self) -> None:
        """Let go of it in this process; the journal has how far it is."""
        self.is_closed = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._close()

    async def _run(self) -> None:
        try:
            while self._woken:
                self._woken = False
                if await self._go_on():
                    await self._leave()
                    return
            self._park()
        except JournalError as error:
            self._context.condition.refused(error)
            await self._close()
        except Exception:
            logger.exception(text("delivery.not-ended"))
            await self._close()
        finally:
            self._task = None

    async def _go_on(self) -> bool:
        """Do what can be done now; whether it is over."""
        performing = await self._take_in_hand()
        try:
            if performing is None:
                return True
            if self._is_buried:
                return await performing.tell_of_burial()
            if not self._is_placed:
                await self._get_in_line(performing)
            return await self._follow(performing)
        finally:
            self._in_use -= 1

    async def _get_in_line(self, performing: Performing) -> None:
        if not _only_speaks(performing.ledger.entry):
            # Also of several people: a session may be that of the whole conversation.
            async with self._context.running.in_order(self._conversation):
                while (action := action_ahead(performing.progress())) is not None:
                    await performing.perform(action)
        self._is_placed = True
        self._in_line()

    def _in_line(self) -> None:
        """Nobody waits for it any more."""
        if self._is_awaited:
            self._is_awaited = False
            self._context.sessions.release()

    async def _follow(self, performing: Performing) -> bool:
        while True:
            performing.changed.clear()
            performing.raise_defects()
            if performing.ledger.entry.state in ENDED:
                return True
            action = next_action(performing.progress(), self._context.clock.monotonic())
            try:
                if not await performing.perform(action):
                    return False
            except JournalError:
                raise
            except Exception:
                logger.exception(text("delivery.not-carried-out", msg_id=self._key.msg_id))
                if not performing.note_defect():
                    raise

    def _performing(self, entry: Entry) -> Performing:
        ledger = Ledger(self._context.journal, self._context.condition, self._context.clock, entry)
        if self._remembered is None:
            self._remembered = Remembered()
        return Performing(self._context, ledger, self._places, self._remembered, self.wake)

    async def _take_in_hand(self) -> Performing | None:
        """The entry, read again if it was parked, until ``_in_use`` is counted down; None if it is not there any more."""
        self._in_use += 1
        entry = await self._read() if self._at_hand is None else None
        # Somebody else may have taken it in hand meanwhile.
        if self._at_hand is None and entry is not None and (self._is_buried or entry.state not in ENDED):
            self._at_hand = self._performing(entry)
        return self._at_hand

    async def _read(self) -> Entry | None:
        journal = self._context.journal
        with self._context.running.reading():
            return await self._context.condition.outlast(lambda: journal.get(self._key))

    def _park(self) -> None:
        if self._at_hand is not None and not self._in_use and not self._at_hand.live:
            self._at_hand = None
            if self._remembered == Remembered():
                self._remembered = None

    async def _leave(self) -> None:
        """It is over: tell so, and give everything back."""
        if self._at_hand is not None and self._is_placed:
            self._at_hand.tell_over()
        await self._close()
        self._context.running.remove(self)

    async def _close(self) -> None:
        self.is_closed = True
        self._in_line()
        if self._at_hand is not None:
            await self._at_hand.aclose()
        self._places.close()
        self._context.reactions.hide(self._key)
        self._context.floors.leave(self._conversation, self._key)


def _only_speaks(entry: Entry) -> bool:
    """Whether nothing that is done about a message has to do with other messages: most are so."""
    return not entry.turns and all(
        isinstance(each, ReplyStep | DropStep)
        for step in entry.decision.steps
        for each in (step, *step.alternatives)
    )
