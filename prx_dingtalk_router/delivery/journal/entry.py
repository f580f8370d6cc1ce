"""What the journal holds about a message: frozen values of plain data.

What is made of every message is a struct: a dataclass that is frozen takes five times as long to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import ClassVar, Literal, NamedTuple

from msgspec import Struct
from msgspec import field as struct_field

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.decision.model import BoundStep, Decision
from prx_dingtalk_router.delivery.journal.states import EntryState

StepState = Literal["sending", "performed", "refused", "failed"]
TurnState = Literal[
    "prepared", "sent", "accepted", "answered", "not-started", "failed", "unknown", "superseded"
]
StopReason = Literal["cancelled", "replaced"]
TURN_IN_FLIGHT: frozenset[TurnState] = frozenset({"sent", "accepted"})
NEVER_BEGAN: frozenset[TurnState] = frozenset({"prepared", "not-started"})


class EntryKey(NamedTuple):
    """One message acts once: by the robot that received it and its id (interfaces.md section 5)."""

    robot: str
    msg_id: str


class StepRef(NamedTuple):
    """A step of a decision: ``2.1`` of a rule. Unique within it, as a message goes through a rule once."""

    rule: str
    position: str

    @classmethod
    def of(cls, step: BoundStep) -> StepRef:
        """The reference to ``step``; thousands of messages share one."""
        return _ref(step.rule, step.position)


@lru_cache(maxsize=4096)
def _ref(rule: str, position: str) -> StepRef:
    return StepRef(rule, position)


class Lane(NamedTuple):
    """What one agent sees as one conversation: in a lane, one message at a time."""

    agent: str
    session: str


class StepRecord(Struct, frozen=True, eq=False):
    """How far a step is.

    Attributes:
        state: ``sending`` from when it is begun.
        parts: of its reply that were sent so far.
        failure: why it was not done.
        posting: the next part is on its way; noted before it is, so that whoever goes on knows that it may have arrived.
        route: by which the last part went, or was refused: ``webhook`` or ``api``.
        begun_at_ms: when the first of its records was kept (Unix time); it and the others are for people, and decide nothing.
        at_ms: when this record was kept.
        due_at_ms: when its conversation takes something again, where that is waited for.
    """

    state: StepState
    parts: int = 0
    failure: Text | None = None
    posting: bool = False
    route: str = ""
    begun_at_ms: int = 0
    at_ms: int = 0
    due_at_ms: int = 0

    def __eq__(self, other: object) -> bool:
        """Whether both say the same of what was done; what is kept for people alone is not compared."""
        return isinstance(other, StepRecord) and self._said == other._said

    def __hash__(self) -> int:
        """As equality."""
        return hash(self._said)

    @property
    def _said(self) -> tuple[StepState, int, Text | None, bool]:
        return self.state, self.parts, self.failure, self.posting


@dataclass(frozen=True, slots=True)
class Identity:
    """Which process a daemon was when last looked at: ``uptime`` seconds at ``at_ms`` (Unix time)."""

    pid: int
    uptime: float
    at_ms: int

    # Whole seconds of uptime, and the time that the answer travels.
    _TOLERANCE_MS: ClassVar[int] = 2_500

    def continues(self, earlier: Identity) -> bool:
        """Whether this is the same process, not restarted since ``earlier``.

        The process id alone does not prove it: in a container it is the same after every start. So the uptime must not
        have gone down, and the two must agree on when the process began.
        """
        begun = self.at_ms - self.uptime * 1000
        begun_earlier = earlier.at_ms - earlier.uptime * 1000
        return not self.replaces(earlier) and abs(begun - begun_earlier) <= self._TOLERANCE_MS

    def replaces(self, earlier: Identity) -> bool:
        """Whether this is certainly another process than ``earlier``, also when our clock was set in between."""
        return self.pid != earlier.pid or self.uptime < earlier.uptime


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """The ledger's row of one turn of an agent (prx-gateway.md section 15.1).

    ``body`` is kept because a resend must be identical; ``attempt`` grows only by a decision to run again.
    A turn is ``superseded`` once an operator decided that its message is to be tried again.
    ``dispatched_at_ms`` starts the timeout, ``sent_at_ms`` the time for which the daemon surely knows the key.
    ``other_jobs`` are those of earlier turns of the session, so that none is taken for this turn's after a restart.
    ``at_ms`` is when this row was kept, for people; of one that has ended it is the end.
    """

    step: StepRef
    lane: Lane
    key: str
    body: bytes = field(repr=False)
    dispatched_at_ms: int
    attempt: int = 1
    state: TurnState = "prepared"
    sent_at_ms: int | None = None
    job_id: str | None = None
    daemon: Identity | None = None
    answer: str | None = field(default=None, repr=False)
    failure: Text | None = None
    noticed: bool = False
    cancel_asked: bool = False
    other_jobs: tuple[str, ...] = ()
    at_ms: int = field(default=0, compare=False)

    def outlined(self) -> TurnRecord:
        """The row without what was said: all that is kept of a turn whose message has ended."""
        return replace(self, body=b"", answer=None)


@dataclass(frozen=True, slots=True)
class EarlierTry:
    """How a message was dead before an operator had it tried again.

    Attributes:
        ended_at_ms: when it died (Unix time).
        reason: of which.
        failures: the steps that were not done, as they were.
    """

    ended_at_ms: int
    reason: Text | str | None = None
    failures: tuple[tuple[StepRef, StepRecord], ...] = ()


class Entry(Struct, frozen=True):
    """One accepted message with its decision and all that has been done about it.

    ``arrival`` counts stored messages; with ``createAt`` it orders a lane. ``reason`` of a drop is the rule's word, of a
    dead entry a catalogue text; ``callback`` is the JSON text as it came, its session webhook in it as long as that is kept.
    ``stopped`` once its sender asked to stop it, or another message has taken its place; ``carrier`` is the message id of the
    one with which it was told to their agent; ``revision`` counts what was applied to it. ``earlier`` is for people, and decides nothing.
    """

    key: EntryKey
    decision: Decision
    arrival: int
    stored_at_ms: int
    state: EntryState = "queued"
    reason: Text | str | None = None
    steps: Mapping[StepRef, StepRecord] = struct_field(default_factory=dict)
    turns: tuple[TurnRecord, ...] = ()
    finished_at_ms: int | None = None
    callback: str = ""
    revision: int = 0
    stopped: StopReason | None = None
    carrier: str | None = None
    earlier: tuple[EarlierTry, ...] = ()

    def __repr__(self) -> str:
        """Without what was said."""
        return (
            f"Entry(key={self.key!r}, arrival={self.arrival}, state={self.state!r}, revision={self.revision})"
        )

    @property
    def cancelled(self) -> bool:
        """Whether no agent is to be asked any more, and what runs is to be stopped."""
        return self.stopped is not None

    @property
    def order(self) -> tuple[int, int]:
        """Its place among the messages of a lane (interfaces.md section 5.4)."""
        return (self.decision.message.created_at_ms, self.arrival)

    @property
    def is_at_work(self) -> bool:
        """Whether a turn of it is in flight."""
        return any(turn.state in TURN_IN_FLIGHT for turn in self.turns)

    def turn(self, step: StepRef) -> TurnRecord | None:
        """The latest turn of ``step``."""
        return max(
            (turn for turn in self.turns if turn.step == step), key=lambda turn: turn.attempt, default=None
        )


class NewEntry(Struct, frozen=True):
    """A message to be stored with its decision.

    ``state`` is ``queued``, or how it has ended already: ``dropped`` when the decision asks for nothing, ``dead`` when nothing
    could be decided. ``reason`` is that of the end.
    """

    decision: Decision
    callback: str = ""
    state: EntryState = "queued"
    reason: Text | str | None = None

    def __repr__(self) -> str:
        """Without what was said."""
        return f"NewEntry(key={self.key!r}, state={self.state!r})"

    @property
    def key(self) -> EntryKey:
        """What it is known by."""
        return EntryKey(self.decision.message.robot, self.decision.message.msg_id)


class Stored(Struct, frozen=True):
    """What became of storing a message: its entry, or nothing because it was stored before."""

    key: EntryKey
    entry: Entry | None

    @property
    def new(self) -> bool:
        """Whether it was not stored before."""
        return self.entry is not None


class Person(NamedTuple):
    """Somebody in a conversation: whom ``forget`` and ``cancel`` are about."""

    robot: str
    conversation: str
    sender: str


@dataclass(frozen=True, slots=True)
class Generation:
    """How often was ``forget`` said: by the person there, and by anybody there up to the person's last one.

    The second numbers conversations that are shared, so that what two people start anew is not the same one.
    """

    person: int = 0
    conversation: int = 0


class GuardKey(NamedTuple):
    """One counter of ``at most``: a step, and whom it counts for (empty: the step as a whole)."""

    step: StepRef
    scope: str = ""
