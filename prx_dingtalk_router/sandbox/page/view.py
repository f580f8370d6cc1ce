"""What the page shows, as plain data: everything at once for a page that opens, then one thing after the other."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from prx_dingtalk_router.sandbox.dingtalk import (
    Conversation,
    DingTalk,
    Event,
    Line,
    PingAnswered,
    Reacted,
    Vanished,
    Wrote,
)
from prx_dingtalk_router.sandbox.page.outcomes import Outcome, Outcomes
from prx_dingtalk_router.sandbox.page.receipts import Receipts
from prx_dingtalk_router.sandbox.page.requests import LONGEST
from prx_dingtalk_router.sandbox.page.shapes import Item, conversation_item, line_item, person_item
from prx_dingtalk_router.sandbox.page.turns import ShownTurn, TurnLedger
from prx_dingtalk_router.sandbox.prx import Prx, PrxEvent, TurnEnded, TurnStarted

EVENTS = 60
HEARTBEATS = 20
DECISIONS = 2_000
EXPLAINED = 200
"""So many decisions are kept with what every rule said, which is most of them where rules are many."""


class View:
    """Watches the simulators and tells what changed.

    Args:
        dingtalk: whose conversations are shown.
        agents: the agents by name.
        suggestions: messages to try, for an empty conversation.
        tell: called with each change, ``{"type": …}``, from the event loop.
    """

    def __init__(
        self,
        dingtalk: DingTalk,
        agents: Mapping[str, Prx],
        suggestions: Sequence[str],
        tell: Callable[[Item], None],
    ) -> None:
        self._dingtalk = dingtalk
        self._agents = dict(agents)
        self._suggestions = list(suggestions)
        self._tell = tell
        self._ledger = TurnLedger()
        self._receipts = Receipts()
        self._outcomes = Outcomes()
        self._decisions: dict[str, Mapping[str, object]] = {}
        self._explained: deque[str] = deque()
        self._began: dict[str, float] = {}
        self._events: deque[Item] = deque(maxlen=EVENTS)
        # Apart from the others, which they would soon push out.
        self._heartbeats: deque[Item] = deque(maxlen=HEARTBEATS)
        self._rules: Item = {"zone": None, "explains": False, "refused": None}
        self._backlog: Sequence[Item] = ()
        self._waiting: list[Callable[[], Item]] = []
        self._connections = 0
        self._faults_turned = False
        self._watching: list[Callable[[], None]] = []

    def watch(self) -> None:
        """Begin to observe; needs a running event loop."""
        self._connections = self._dingtalk.connections
        self._watching.append(self._dingtalk.observe(self._happened))
        self._dingtalk.faults.observe(self._turned)
        for name, agent in self._agents.items():
            self._watching.append(agent.observe(partial(self._agent_did, name)))
            self._watching.append(agent.faults.observe(self._turned))

    def unwatch(self) -> None:
        """Observe no more."""
        for stop in self._watching:
            stop()
        self._watching.clear()
        self._waiting.clear()

    def snapshot(self) -> Item:
        """Everything that a page shows when it opens."""
        self.flush()
        directory = self._dingtalk.directory
        app = directory.apps[0]
        lines = [line for room in self._rooms() for line in self._dingtalk.transcript(room.id)]
        return {
            "type": "snapshot",
            "robot": {"name": app.robot_name, "code": app.robot_code},
            **self._people(),
            "lines": [self._line(line) for line in lines],
            "reactions": {line.msg_id: names for line in lines if (names := self._reactions(line.msg_id))},
            "decisions": dict(self._decisions),
            "receipts": self._receipts.to_json(),
            "outcomes": self._outcomes.to_json(),
            "turns": [self._ledger.to_json(turn) for turn in self._ledger.turns],
            "events": [*self._events, *self._heartbeats],
            "rules": self._rules,
            "backlog": list(self._backlog),
            "connections": self._dingtalk.connections,
            "faults": self._faults(),
            "suggestions": self._suggestions,
            "longest": LONGEST,
        }

    def decided(self, msg_id: str, decision: Mapping[str, object]) -> None:
        """Show a decision (interfaces.md section 2, with an optional ``trace``) beside its message."""
        self._decisions[msg_id] = decision
        self._explained.append(msg_id)
        if len(self._explained) > EXPLAINED:
            earlier = self._explained.popleft()
            if earlier in self._decisions:
                self._decisions[earlier] = {**self._decisions[earlier], "trace": []}
        while len(self._decisions) > DECISIONS:
            del self._decisions[next(iter(self._decisions))]
        self._later(lambda: {"type": "decision", "msg_id": msg_id, "decision": decision})
        for turn in self._ledger.decided(msg_id, decision):
            self._turn(turn)

    def came_to(self, msg_id: str, outcome: Outcome) -> None:
        """Show what became of a step, or of the whole message."""
        began = self._began.get(msg_id)
        after_ms = None if began is None else round((time.monotonic() - began) * 1000)
        self._outcomes.add(msg_id, outcome, after_ms)
        self._later(lambda: {"type": "outcomes", "msg_id": msg_id, "outcomes": self._outcomes[msg_id]})

    def rules(self, **changed: object) -> None:
        """Show of the router's rules: their time ``zone``, whether it ``explains``, why an edit was ``refused``."""
        if any(self._rules[name] != value for name, value in changed.items()):
            self._rules = {**self._rules, **changed}
            self._later(lambda: {"type": "rules", "rules": self._rules})

    def backlog(self, waits: Sequence[Item]) -> None:
        """Show what waits in the router: each its ``count``, and ``what`` by language."""
        self._backlog = waits
        self._later(lambda: {"type": "backlog", "backlog": list(self._backlog)})

    def people_changed(self) -> None:
        """Show who is in the directory now."""
        self._later(lambda: {"type": "people", **self._people()})

    def flush(self) -> None:
        """Tell what waits to be told."""
        waiting, self._waiting = self._waiting, []
        for make in waiting:
            self._tell(make())
        if self._dingtalk.connections != self._connections:
            self._connections = self._dingtalk.connections
            self._tell({"type": "connections", "count": self._connections})
        if self._faults_turned:
            self._faults_turned = False
            self._tell({"type": "faults", "faults": self._faults()})

    def _later(self, make: Callable[[], Item] | None = None) -> None:
        """Tell at the end of this turn of the loop: what an event is about has happened completely by then."""
        if make is not None:
            self._waiting.append(make)
        asyncio.get_running_loop().call_soon(self.flush)

    def _happened(self, event: Event) -> None:
        match event:
            case Wrote(line=line):
                self._wrote(line)
                self._later(lambda: {"type": "line", "line": self._line(line)})
            case Vanished(msg_id=gone, conversation_id=room_id):
                self._log(event.to_json())
                self._later(lambda: {"type": "vanished", "msg_id": gone, "conversation": room_id})
            case Reacted(msg_id=on):
                self._log(event.to_json())
                self._later(lambda: {"type": "reactions", "msg_id": on, "reactions": self._reactions(on)})
            case _:
                self._log(event.to_json())
                if (msg_id := self._receipts.happened(event)) is not None:
                    self._later(partial(self._receipt, msg_id))

    def _agent_did(self, name: str, event: PrxEvent) -> None:
        match event:
            case TurnStarted():
                self._turn(self._ledger.started(name, event))
            case TurnEnded():
                turn = self._ledger.ended(name, event)
                if turn is not None:
                    self._turn(turn)
            case _:
                pass

    def _turn(self, turn: ShownTurn) -> None:
        self._later(lambda: {"type": "turn", "turn": self._ledger.to_json(turn)})

    def _receipt(self, msg_id: str) -> Item:
        return {"type": "receipt", "msg_id": msg_id, "receipt": self._receipts[msg_id].to_json()}

    def _log(self, event: Item) -> None:
        kept = self._heartbeats if event["event"] == PingAnswered.__name__ else self._events
        kept.appendleft(event)
        self._later(lambda: {"type": "event", "event": event})

    def _turned(self, *_: object) -> None:
        if self._watching:
            self._faults_turned = True
            self._later()

    def _rooms(self) -> list[Conversation]:
        directory = self._dingtalk.directory
        return [*directory.conversations, *(directory.private(each.staff_id) for each in directory.people)]

    def _people(self) -> Item:
        return {
            "people": [person_item(each) for each in self._dingtalk.directory.people],
            "conversations": [conversation_item(each) for each in self._rooms()],
        }

    def _wrote(self, line: Line) -> None:
        """Note when somebody wrote, by a clock that nobody puts."""
        if line.author == "person":
            self._began[line.msg_id] = time.monotonic()
            while len(self._began) > DECISIONS:
                del self._began[next(iter(self._began))]

    def _line(self, line: Line) -> Item:
        return line_item(line, self._dingtalk.directory)

    def _reactions(self, msg_id: str) -> list[str]:
        """The texts of the chips that are seen below a message."""
        return [chip.name for chip in self._dingtalk.reactions(msg_id) if chip.removed is None]

    def _faults(self) -> list[Item]:
        groups: list[Item] = [
            {"of": "dingtalk", "name": "dingtalk", "knobs": self._dingtalk.faults.describe()}
        ]
        for name, agent in self._agents.items():
            groups.append({"of": f"agent:{name}", "name": name, "knobs": agent.faults.describe()})
        return groups
