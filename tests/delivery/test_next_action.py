"""What is done next about a message: the laws of language.md section 7 and interfaces.md section 5, whatever happens."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import (
    AgentStep,
    CancelStep,
    Decision,
    DropStep,
    ForgetStep,
    Guard,
    ReplyStep,
)
from prx_dingtalk_router.delivery.dispatch import actions
from prx_dingtalk_router.delivery.dispatch.failures import is_unconfirmed
from prx_dingtalk_router.delivery.dispatch.next_action import TIMED_OUT, next_action
from prx_dingtalk_router.delivery.dispatch.progress import LiveTurn, Progress
from prx_dingtalk_router.delivery.journal import (
    Entry,
    EntryKey,
    Lane,
    StepChanged,
    StepRecord,
    StepRef,
    StopAsked,
    TurnChanged,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.changes import changed
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.settings import AgentSettings

AGENTS = {
    "plain": AgentSettings(url="http://127.0.0.1:1"),
    "safe": AgentSettings(url="http://127.0.0.1:2", retry_safe=True),
}
UNCONFIRMED = text("delivery.reply-unknown")
REFUSED = text("delivery.reply-content", code=430102, said="")
BLANK = text("templates.empty-message")
FAILED = text("delivery.failed")

KINDS = st.sampled_from(["plain", "safe", "gone", "reply", "drop", "forget", "cancel"])
CHAINS = st.lists(st.lists(st.tuples(KINDS, st.booleans()), min_size=1, max_size=3), min_size=1, max_size=3)


def step_of(kind, position, guarded, alternatives=()):
    """A step of a rule."""
    given = {
        "rule": "r",
        "position": position,
        "guard": Guard(1, 60.0, "sender") if guarded else None,
        "alternatives": alternatives,
    }
    match kind:
        case "reply":
            return ReplyStep(template="x", **given)
        case "drop":
            return DropStep(reason="spam", **given)
        case "forget":
            return ForgetStep(**given)
        case "cancel":
            return CancelStep(**given)
        case _:
            return AgentStep(agent=kind, timeout=10.0, session="sender", **given)


def steps_of(chains):
    """The steps of a decision."""
    steps = []
    for number, chain in enumerate(chains, start=1):
        others = tuple(
            step_of(kind, f"{number}.{place}", g) for place, (kind, g) in enumerate(chain[1:], start=1)
        )
        steps.append(step_of(chain[0][0], str(number), chain[0][1], others))
    return tuple(steps)


class Course:
    """A message carried out in a world where anything may happen; what was done is in ``done``."""

    def __init__(self, steps, draw):
        decision = Decision(Message("m", "b", "c", group=False, text="你好"), "", "r", steps=steps)
        self.entry = Entry(EntryKey("b", "m"), decision, 1, 1)
        self.draw = draw
        self.placed = set()
        self.live = {}
        self.now = 0.0
        self.restarts = 0
        self.done = []

    def progress(self):
        """How far it is."""
        return Progress(self.entry, AGENTS, frozenset(self.placed), dict(self.live))

    def keep(self, *changes):
        """Keep changes."""
        self.entry = changed(self.entry, changes)

    def record(self, step, state, failure=None, parts=0):
        """Keep how far a step is."""
        self.keep(StepChanged(StepRef.of(step), StepRecord(state, parts, failure)))

    def run(self):
        """Carry it out, with restarts and a wish to stop in between; the ending."""
        for _ in range(100):
            self.before()
            action = next_action(self.progress(), self.now)
            self.done.append((action, self.entry))
            if isinstance(action, actions.End):
                return action.ending
            self.perform(action)
        raise AssertionError(self.done[-5:])

    def before(self):
        """What may happen at any time."""
        chance = self.draw(st.integers(0, 19))
        if chance == 19 and self.restarts < 4:
            self.restarts += 1
            self.placed, self.live = set(), {}
        elif chance == 18 and not self.entry.cancelled:
            self.keep(StopAsked(self.draw(st.sampled_from(["cancelled", "replaced"]))))

    def perform(self, action):
        """Do it, and let come of it what may."""
        draw = self.draw
        match action:
            case actions.TakePlace(step):
                self.placed.add(StepRef.of(step))
            case actions.Follow(turn):
                self.live[turn.step] = LiveTurn(deadline=self.now + draw(st.sampled_from([0.0, 5.0])))
            case actions.Admit(step):
                self.record(step, draw(st.sampled_from(["sending", "refused"])))
            case actions.Say(step) | actions.Answer(step):
                failures = [
                    None,
                    None,
                    REFUSED,
                    UNCONFIRMED,
                    *([BLANK] if isinstance(action, actions.Say) else []),
                ]
                failure = draw(st.sampled_from(failures))
                self.record(step, "failed" if failure else "performed", failure)
            case actions.Ask(step):
                self.ask(step)
            case actions.Watch(until):
                if until is None or draw(st.booleans()):
                    self.end_a_turn()
                else:
                    self.now = max(self.now, until)
            case actions.AwaitLate():
                self.end_a_turn()
            case actions.TimeOut(step):
                if draw(st.booleans()):
                    self.end(StepRef.of(step), "not-started")
                else:
                    self.record(step, "failed", text(TIMED_OUT))
            case actions.Notify(step):
                ref = StepRef.of(step)
                self.live[ref] = replace(self.live[ref], notice_at=None)
            case actions.Fail(step, reason):
                self.record(step, "failed", reason)
            case actions.Tell():
                self.keep(StepChanged(self.progress().failure_ref, StepRecord("performed")))
            case actions.Forget(step) | actions.StopOthers(step) | actions.Drop(step):
                self.record(step, "performed")

    def ask(self, step):
        """Dispatch, or find that it cannot be."""
        ref = StepRef.of(step)
        if self.draw(st.integers(0, 3)) == 0:
            self.record(step, "failed", text("delivery.queue-full"))
            return
        attempt = 1 + max((turn.attempt for turn in self.entry.turns), default=0)
        turn = TurnRecord(ref, Lane(step.agent, "s"), f"k{attempt}", b"{}", 1, attempt, state="sent")
        self.keep(TurnChanged(turn))
        notice_at = self.now + 5 if self.draw(st.booleans()) else None
        self.live[ref] = LiveTurn(deadline=self.now + step.timeout, notice_at=notice_at)

    def end_a_turn(self):
        """One of those at work ends."""
        ref = self.draw(st.sampled_from(sorted(ref for ref, live in self.live.items() if not live.ended)))
        self.end(
            ref, self.draw(st.sampled_from(["answered", "answered", "failed", "unknown", "not-started"]))
        )

    def end(self, ref, state):
        """The turn of a step ends."""
        turn = self.entry.turn(ref)
        answer = self.draw(st.sampled_from(["好", ""])) if state == "answered" else None
        failure = None if state == "answered" else FAILED
        self.keep(TurnChanged(replace(turn, state=state, answer=answer, failure=failure)))
        self.live[ref] = replace(self.live[ref], ended=True)


def chain_of(entry, ref):
    """The steps of the chain that a step belongs to."""
    for step in entry.decision.steps:
        chain = (step, *step.alternatives)
        if any(StepRef.of(each) == ref for each in chain):
            return chain
    raise AssertionError(ref)


@settings(deadline=None, max_examples=200)
@given(CHAINS, st.data())
def test_the_laws_hold_whatever_happens(chains, data):
    """It ends; nobody is asked beside one who may be at work; what may have arrived is the last word; once is once."""
    course = Course(steps_of(chains), data.draw)
    ending = course.run()
    said, told, asked = set(), 0, []
    for action, entry in course.done:
        match action:
            case actions.Ask(step):
                assert not entry.cancelled
                for other in chain_of(entry, StepRef.of(step)):
                    turn = entry.turn(StepRef.of(other))
                    may_be_at_work = turn is not None and turn.state in (
                        "sent",
                        "accepted",
                        "answered",
                        "failed",
                        "unknown",
                    )
                    assert not may_be_at_work or (isinstance(other, AgentStep) and other.agent == "safe"), (
                        step
                    )
                asked.append(StepRef.of(step))
            case actions.Tell():
                told += 1
            case actions.AwaitLate(announced):
                assert announced == ending
        if isinstance(action, (actions.Say, actions.Ask, actions.Answer)):
            ref = StepRef.of(action.step)
            records = [entry.steps.get(StepRef.of(each)) for each in chain_of(entry, ref)]
            before = [record for record in records if record is not None and record.state != "sending"]
            assert not any(record.state == "performed" for record in before)
            # An answer that comes late is wanted also beside an apology that may have been read.
            own = [entry.steps.get(ref)] if isinstance(action, actions.Answer) else before
            assert not any(each and each.failure and is_unconfirmed(each.failure) for each in own)
            said.add(ref)
    assert told <= 1
    assert not any(not live.ended for live in course.live.values())
    refs_with_turns = {turn.step for turn in course.entry.turns}
    assert len(course.entry.turns) == len(refs_with_turns), "a step was asked twice"
    assert (ending.state == "dropped") == isinstance(ending.reason, str) or ending.reason is None


@settings(deadline=None, max_examples=100)
@given(CHAINS, st.data())
def test_going_on_after_a_restart_is_going_on(chains, data):
    """At any moment a process that knows the entry alone does the same next, once it has its places again."""
    course = Course(steps_of(chains), data.draw)
    course.run()
    for action, entry in course.done:
        placed, live = set(), {}
        for _ in range(20):
            fresh = next_action(Progress(entry, AGENTS, frozenset(placed), dict(live)), 0.0)
            match fresh:
                case actions.TakePlace(step):
                    placed.add(StepRef.of(step))
                case actions.Follow(turn):
                    live[turn.step] = LiveTurn(deadline=99.0)
                case _:
                    break
        if not isinstance(
            action, (actions.TakePlace, actions.Follow, actions.TimeOut, actions.Notify, actions.Watch)
        ):
            assert fresh == action


@settings(deadline=None, max_examples=100)
@given(CHAINS, st.data())
def test_a_late_answer_is_sent_only_if_nothing_was_done_instead(chains, data):
    """An answer that comes after its step was given up is sent when the chain has come to nothing, and else never."""
    course = Course(steps_of(chains), data.draw)
    course.run()
    for action, entry in course.done:
        if isinstance(action, actions.Answer):
            chain = chain_of(entry, StepRef.of(action.step))
            assert not any(
                (record := entry.steps.get(StepRef.of(each))) is not None and record.state == "performed"
                for each in chain
            )


def watching(**live):
    """What is next while a turn is at work."""
    step = step_of("plain", "1", guarded=False)
    decision = Decision(Message("m", "b", "c", group=False), "", "r", steps=(step,))
    turn = TurnRecord(StepRef("r", "1"), Lane("plain", "s"), "k", b"{}", 1, state="accepted")
    entry = changed(Entry(EntryKey("b", "m"), decision, 1, 1), [TurnChanged(turn)])
    progress = Progress(entry, AGENTS, (), {StepRef("r", "1"): LiveTurn(**live)})
    return [type(next_action(progress, now)).__name__ for now in (0.0, 4.9, 5.0, 9.9, 10.0)]


def test_a_turn_is_noticed_and_given_up_at_its_times():
    """Not before, and at them."""
    assert watching(deadline=10.0, notice_at=5.0) == ["Watch", "Watch", "Notify", "Notify", "TimeOut"]
    assert watching(deadline=10.0) == ["Watch"] * 4 + ["TimeOut"]
    assert watching(deadline=10.0, notice_at=11.0)[-1] == "TimeOut"


def of_one_agent(*changes):
    """What is next about a message with one agent step, after these changes."""
    step = step_of("plain", "1", guarded=False)
    decision = Decision(Message("m", "b", "c", group=False), "", "r", steps=(step,))
    entry = Entry(EntryKey("b", "m"), decision, 1, 1)
    return next_action(Progress(changed(entry, changes) if changes else entry, AGENTS), 0.0)


def turn_in(state, **fields):
    """The turn of that step."""
    return TurnChanged(TurnRecord(StepRef("r", "1"), Lane("plain", "s"), "k", b"", 1, state=state, **fields))


def test_a_turn_of_an_earlier_process_is_taken_up():
    """Whether it was sent or accepted; one that was only prepared waits for its session like a new one."""
    for state in ("sent", "accepted"):
        assert isinstance(of_one_agent(turn_in(state)), actions.Follow)
    for state in ("prepared", "superseded"):
        assert isinstance(of_one_agent(turn_in(state)), actions.TakePlace)


def test_what_was_cancelled_is_asked_no_more_but_an_answer_is_sent():
    """It ends as cancelled, whatever its turn came to, unless that has an answer."""
    cancelled = actions.End(actions.Ending("dropped", "cancelled"))
    assert of_one_agent(StopAsked()) == cancelled
    for state in ("prepared", "failed", "unknown", "not-started"):
        assert of_one_agent(turn_in(state, failure=FAILED), StopAsked()) == cancelled
    answered = of_one_agent(turn_in("answered", answer="好"), StopAsked())
    assert (type(answered), answered.words) == (actions.Answer, "好")


def test_what_was_replaced_says_no_more():
    """Whatever its turn came to, an answer included; a part that was sent is followed by the others."""
    replaced = actions.End(actions.Ending("dropped", "replaced"))
    assert of_one_agent(StopAsked("replaced")) == replaced
    for state in ("prepared", "failed", "unknown", "not-started", "answered"):
        assert of_one_agent(turn_in(state, answer="好"), StopAsked("replaced")) == replaced
    begun = StepChanged(StepRef("r", "1"), StepRecord("sending", 1))
    answered = of_one_agent(turn_in("answered", answer="好"), begun, StopAsked("replaced"))
    assert (type(answered), answered.words) == (actions.Answer, "好")


def test_what_was_replaced_stays_replaced():
    """A ``cancel`` that comes after it changes nothing."""
    replaced = actions.End(actions.Ending("dropped", "replaced"))
    assert of_one_agent(StopAsked("replaced"), StopAsked()) == replaced
    assert of_one_agent(StopAsked(), StopAsked("replaced")) == replaced
