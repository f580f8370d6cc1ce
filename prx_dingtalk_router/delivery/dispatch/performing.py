"""Performs the actions of one message, and keeps what comes of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import DENIED, AgentStep, ReplyStep, Step
from prx_dingtalk_router.decision.rendering import RenderedReply, render_reply
from prx_dingtalk_router.delivery.dispatch import actions
from prx_dingtalk_router.delivery.dispatch.actions import Action, End, Ending
from prx_dingtalk_router.delivery.dispatch.asking import Asking
from prx_dingtalk_router.delivery.dispatch.context import Context
from prx_dingtalk_router.delivery.dispatch.failures import failure_of
from prx_dingtalk_router.delivery.dispatch.guards import room_for, room_of, rooms_of_unperformed
from prx_dingtalk_router.delivery.dispatch.ledger import Ledger
from prx_dingtalk_router.delivery.dispatch.next_action import TIMED_OUT, next_action
from prx_dingtalk_router.delivery.dispatch.outgoing import Outgoing, Parked, Said, Unfinished, Unsent
from prx_dingtalk_router.delivery.dispatch.places import Places
from prx_dingtalk_router.delivery.dispatch.progress import Progress
from prx_dingtalk_router.delivery.dispatch.requests import lane_of, words_of
from prx_dingtalk_router.delivery.dispatch.running import person_of
from prx_dingtalk_router.delivery.dispatch.silence import worded
from prx_dingtalk_router.delivery.dispatch.turns import Turns
from prx_dingtalk_router.delivery.events import (
    Dead,
    DeliveryEvent,
    Done,
    Dropped,
    LateAnswer,
    Limited,
    Purpose,
    StepFailed,
    StepStarted,
)
from prx_dingtalk_router.delivery.journal import (
    Change,
    Ended,
    Entry,
    Forgotten,
    StepChanged,
    StepRecord,
    StepRef,
    StopAsked,
    StopReason,
)
from prx_dingtalk_router.delivery.journal.states import ENDED
from prx_dingtalk_router.delivery.waiting import wait_for_any
from prx_dingtalk_router.errors import RenderError

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Remembered:
    """What this process remembers of a message beside what is kept.

    Attributes:
        started: the steps whose start was told.
        told: its end was told.
        defect: this program failed on it.
        mute: nothing more is told: that failed.
        unfinished: what it is saying.
    """

    started: set[StepRef] = field(default_factory=set)
    told: bool = False
    defect: Text | None = None
    mute: bool = False
    unfinished: Unfinished = field(default_factory=Unfinished)


class Performing:
    """Does what there is to do about one message, while its entry is at hand.

    Args:
        context: the surroundings.
        ledger: of the message.
        places: of the message.
        remembered: of the message.
        wake: called when what it waits for has come.

    Attributes:
        changed: set when something happened that it may wait for.
    """

    def __init__(
        self,
        context: Context,
        ledger: Ledger,
        places: Places,
        remembered: Remembered,
        wake: Callable[[], None],
    ) -> None:
        self._context = context
        self.ledger = ledger
        self._places = places
        self._remembered = remembered
        self._wake = wake
        self._key = ledger.entry.key
        self._message = ledger.entry.decision.message
        self._outgoing = Outgoing(context, ledger, remembered.unfinished, wake)
        self._turns = Turns(context, ledger, places, wake)
        self.changed = asyncio.Event()

    @property
    def live(self) -> Mapping[StepRef, Asking]:
        """The turns that this process is at, ended ones too."""
        return self._turns.live

    def progress(self, entry: Entry | None = None) -> Progress:
        """How far it is."""
        return Progress(
            entry or self.ledger.entry,
            self._context.agents.settings,
            self._places.known,
            {ref: asking.view() for ref, asking in self.live.items()},
            self._remembered.defect,
            self._context.failed_reply != "",
            self._remembered.mute,
            self._places.turned_away,
        )

    async def keep(self, *changes: Change) -> bool:
        """Keep changes, and with them the end of the message if nothing else is left to do; False if there is no room."""
        return await self.ledger.apply(*changes, following=self._end_of)

    async def perform(self, action: Action) -> bool:
        """Do what there is to do; False if it has to be waited for, and ``wake`` is called then.

        Raises:
            JournalError: what came of it cannot be kept.
        """
        match action:
            case actions.Forget(step):
                self._start(step)
                forgotten = Forgotten(person_of(self._message), StepRef.of(step))
                await self.keep(forgotten, StepChanged(StepRef.of(step), StepRecord("performed")))
            case actions.TakePlace(step):
                settings = self._context.agents.settings.get(step.agent)
                lane = lane_of(self.ledger.entry, step, self._context.journal)
                waits = step.while_busy in ("queue", "merge")
                waiting = settings.waiting if settings is not None and waits else None
                self._places.enter(StepRef.of(step), lane, waiting)
            case actions.Follow(turn):
                self._turns.follow(turn, self._step(turn.step))
            case actions.Admit(step):
                await self._admit(step)
            case actions.Say(step, failure):
                return await self._say(step, failure)
            case actions.Answer(step, words):
                reply = RenderedReply(self._turns.format_of(step), words, ())
                return await self._send(step, lambda: reply, "answer")
            case actions.Ask(step, failure):
                return await self._ask(step, failure)
            case actions.StopOthers(step):
                self._start(step)
                await self._context.running.cancel_before(person_of(self._message), self.ledger.entry.arrival)
                await self._performed(step)
            case actions.Drop(step):
                self._start(step)
                await self._performed(step)
            case actions.Fail(step, reason):
                await self._fail(step, reason)
            case actions.Notify(step):
                asking = self.live[StepRef.of(step)]
                await asking.note_notice()
                self._outgoing.notice(step, asking.agent.settings.notice)
            case actions.TimeOut(step):
                if not await self.live[StepRef.of(step)].time_out(text(TIMED_OUT)):
                    await self._fail(step, text(TIMED_OUT))
            case actions.Watch(until):
                await self._wait(until)
            case actions.Tell(about):
                return await self._tell(about)
            case actions.AwaitLate(ending):
                self._tell_end(ending)
                await self._wait(None)
            case End(ending):
                await self.ledger.apply(*self._ended(self.ledger.entry, ending))
        return True

    def note_defect(self) -> bool:
        """This program failed on it: it is dead by that, and if telling failed nobody is told.

        Returns:
            False when even ending it failed; then it is left as it is.
        """
        if self._remembered.mute:
            return False
        self._remembered.mute = self._remembered.defect is not None
        self._remembered.defect = text("delivery.defect")
        return True

    def raise_defects(self) -> None:
        """Raise what a turn failed by, where that was neither an outcome nor its being given up."""
        self._turns.raise_defects()

    async def stop(self, reason: StopReason) -> None:
        """Stop its agents as far as PRX allows, and ask none any more; a restart does not bring it back.

        Args:
            reason: why.
        """
        if reason == self.ledger.entry.stopped == "replaced":
            return
        # Only noted: whoever is at it may be in the middle of something, and ends it when that is done.
        if await self.ledger.apply_while(_is_open, StopAsked(reason)):
            await self._turns.cancel()

    async def join(self, ref: StepRef, carrier: str, fits: Callable[[str], bool]) -> str | None:
        """End it as told to its agent together with another message, if it only waits for its session.

        Args:
            ref: the step that waits.
            carrier: the message id of the other one.
            fits: whether the other one has room for these words.

        Returns:
            What its agent is to be told; None if it goes on by itself.
        """
        action = next_action(self.progress(), self._context.clock.monotonic())
        if not isinstance(action, actions.Ask) or StepRef.of(action.step) != ref:
            return None
        words = words_of(self.ledger.entry.decision, action.step, action.failure)
        if isinstance(words, Text) or not fits(words):
            return None
        self._start(action.step)
        ended = Ended("done", text("delivery.merged", msg_id=carrier), self._context.clock.now_ms(), carrier)
        whole = (StepChanged(ref, StepRecord("performed")), ended)
        is_wanted = await self.ledger.apply_while(
            lambda entry: _is_open(entry) and not entry.cancelled, *whole
        )
        return words if is_wanted else None

    async def tell_of_burial(self) -> bool:
        """Tell the sender of a message that was stored as dead, unless the baseline refused them.

        Returns:
            False if it has to be waited for, and ``wake`` is called then.
        """
        words = self._failed_reply()
        if not words or self.ledger.entry.decision.by == DENIED:
            return True
        return await self._tell("failed")

    def tell_over(self) -> None:
        """Tell that it has ended, unless that was told, and of answers that came too late."""
        entry = self.ledger.entry
        if entry.state in ("done", "dropped", "dead"):
            self._tell_end(Ending(entry.state, entry.reason))
        for ref, asking in self.live.items():
            turn, record = entry.turn(ref), entry.steps.get(ref)
            gave_up = record is not None and record.failure is not None and record.failure.key == TIMED_OUT
            if gave_up and turn is not None and turn.state == "answered":
                self._emit(LateAnswer, rule=ref.rule, position=ref.position, agent=asking.agent.name)

    async def aclose(self) -> None:
        """Let go of what is still running in this process."""
        await self._turns.abandon()
        await self._outgoing.aclose()

    async def _admit(self, step: Step) -> None:
        ref, now = StepRef.of(step), self._context.clock.now_ms()
        room = room_for(step, self._message, now)
        if await self.ledger.apply(*room, StepChanged(ref, StepRecord("sending"))):
            return
        self._emit(Limited, rule=step.rule, position=step.position)
        await self.keep(StepChanged(ref, StepRecord("refused")))
        self._places.leave(ref)

    async def _say(self, step: ReplyStep, failure: Text | None) -> bool:
        self._start(step)
        decision = self.ledger.entry.decision
        try:
            return await self._send(step, lambda: render_reply(step, decision, failure_of(failure)), "reply")
        except RenderError as error:
            await self._fail(step, error.text)
            return True

    async def _send(self, step: Step, reply: Callable[[], RenderedReply], purpose: Purpose) -> bool:
        """Send a reply once this message has the floor in its conversation."""
        result = await self._outgoing.send(step, reply, purpose)
        if isinstance(result, Parked):
            return False
        if isinstance(result, Said):
            await self._performed(step, result.route)
        else:
            await self._fail(step, result.reason, result)
        return True

    async def _tell(self, about: str) -> bool:
        words = (
            self._failed_reply() if about == "failed" else worded("delivery.describe-in-words", self._message)
        )
        result = await self._outgoing.tell_failure(self.progress().failure_ref, words)
        return not isinstance(result, Parked)

    def _failed_reply(self) -> str:
        own = self._context.failed_reply
        return worded("delivery.failed-reply", self._message) if own is None else own

    async def _ask(self, step: AgentStep, failure: Text | None) -> bool:
        if self._context.closing.is_set():
            return False  # nothing new is started: the next process goes on here
        came = await self._turns.ask(step, failure)
        if isinstance(came, Text):
            await self._fail(step, came)
            return True
        if came:
            self._start(step)
        return came

    def _step(self, ref: StepRef) -> Step | None:
        return next((each for each in _all_steps(self.ledger.entry) if StepRef.of(each) == ref), None)

    async def _performed(self, step: Step, route: str = "") -> None:
        if isinstance(step, AgentStep):
            self._context.reactions.hide(self._key)
        await self.keep(StepChanged(StepRef.of(step), StepRecord("performed", route=route)))

    async def _fail(self, step: Step, reason: Text, unsent: Unsent | None = None) -> None:
        ref = StepRef.of(step)
        if isinstance(step, AgentStep):
            self._context.reactions.hide(self._key)
        self._emit(StepFailed, rule=step.rule, position=step.position, reason=reason)
        if unsent is None:
            before = self.ledger.entry.steps.get(ref)
            unsent = Unsent(reason, before.parts if before is not None else 0)
        failed = StepChanged(ref, StepRecord("failed", unsent.parts, reason, route=unsent.route))
        await self.keep(failed, *room_of(step, self._message))
        # Not before: whoever follows in the session could be asked, and the next process put this one in line again.
        self._places.leave(ref)

    async def _wait(self, until: float | None) -> None:
        """Wait until something has changed, or until a moment on the monotonic clock."""
        if until is None:
            await self.changed.wait()
        else:
            clock = self._context.clock
            await wait_for_any(self.changed.wait(), clock.sleep(until - clock.monotonic()))

    def _end_of(self, entry: Entry) -> tuple[Change, ...]:
        if entry.state in ENDED:
            return ()
        action = next_action(self.progress(entry), self._context.clock.monotonic())
        return self._ended(entry, action.ending) if isinstance(action, End) else ()

    def _ended(self, entry: Entry, ending: Ending) -> tuple[Change, ...]:
        now = self._context.clock.now_ms()
        return (*rooms_of_unperformed(entry), Ended(ending.state, ending.reason, now))

    def _start(self, step: Step) -> None:
        """Tell once that a step is being carried out."""
        ref = StepRef.of(step)
        if ref not in self._remembered.started:
            self._remembered.started.add(ref)
            name = type(step).__name__.removesuffix("Step").lower()
            self._emit(StepStarted, rule=step.rule, position=step.position, step=name)

    def _tell_end(self, ending: Ending) -> None:
        if self._remembered.told:
            return
        self._remembered.told = True
        match ending:
            case Ending("done"):
                self._emit(Done)
            case Ending("dead", Text() as reason):
                self._emit(Dead, reason=reason, rule=self.ledger.entry.decision.by or "")
            case Ending(_, reason):
                self._emit(Dropped, reason=reason)

    def _emit(self, event: Callable[..., DeliveryEvent], **fields: object) -> None:
        now = self._context.clock.now_ms()
        self._context.emit(event(robot=self._key.robot, msg_id=self._key.msg_id, at_ms=now, **fields))


def _is_open(entry: Entry) -> bool:
    return entry.state not in ENDED


def _all_steps(entry: Entry) -> Iterator[Step]:
    return (each for step in entry.decision.steps for each in (step, *step.alternatives))
