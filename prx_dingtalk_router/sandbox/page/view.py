"""What the page shows, as plain data: everything at once for a page that opens, then one thing after the other."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from prx_dingtalk_router.sandbox.dingtalk import (
    Conversation,
    DingTalk,
    Event,
    Line,
    Person,
    Reacted,
    Vanished,
    Wrote,
)
from prx_dingtalk_router.sandbox.page.outcomes import Outcome, Outcomes
from prx_dingtalk_router.sandbox.page.receipts import Receipts
from prx_dingtalk_router.sandbox.page.requests import LONGEST
from prx_dingtalk_router.sandbox.page.turns import ShownTurn, TurnLedger
from prx_dingtalk_router.sandbox.prx import Prx, PrxEvent, TurnEnded, TurnStarted

Item = dict[str, object]

EVENTS = 60
DECISIONS = 2_000


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
        self._events: deque[Item] = deque(maxlen=EVENTS)
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
        rooms = [*directory.conversations, *(directory.private(each.staff_id) for each in directory.people)]
        app = directory.apps[0]
        lines = [line for room in rooms for line in self._dingtalk.transcript(room.id)]
        return {
            "type": "snapshot",
            "robot": {"name": app.robot_name, "code": app.robot_code},
            "people": [_person(each) for each in directory.people],
            "conversations": [_conversation(each) for each in rooms],
            "lines": [self._line(line) for line in lines],
            "reactions": {line.msg_id: names for line in lines if (names := self._reactions(line.msg_id))},
            "decisions": dict(self._decisions),
            "receipts": self._receipts.to_json(),
            "outcomes": self._outcomes.to_json(),
            "turns": [turn.to_json() for turn in self._ledger.turns],
            "events": list(self._events),
            "connections": self._dingtalk.connections,
            "faults": self._faults(),
            "suggestions": self._suggestions,
            "longest": LONGEST,
        }

    def decided(self, msg_id: str, decision: Mapping[str, object]) -> None:
        """Show a decision (interfaces.md section 2, with an optional ``trace``) beside its message."""
        self._decisions[msg_id] = decision
        while len(self._decisions) > DECISIONS:
            del self._decisions[next(iter(self._decisions))]
        self._later(lambda: {"type": "decision", "msg_id": msg_id, "decision": decision})
        for turn in self._ledger.decided(msg_id, decision):
            self._turn(turn)

    def came_to(self, msg_id: str, outcome: Outcome) -> None:
        """Show what became of a step, or of the whole message."""
        self._outcomes.add(msg_id, outcome)
        self._later(lambda: {"type": "outcomes", "msg_id": msg_id, "outcomes": self._outcomes[msg_id]})

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
        self._later(lambda: {"type": "turn", "turn": turn.to_json()})

    def _receipt(self, msg_id: str) -> Item:
        return {"type": "receipt", "msg_id": msg_id, "receipt": self._receipts[msg_id].to_json()}

    def _log(self, event: Item) -> None:
        self._events.appendleft(event)
        self._later(lambda: {"type": "event", "event": event})

    def _turned(self, *_: object) -> None:
        if self._watching:
            self._faults_turned = True
            self._later()

    def _line(self, line: Line) -> Item:
        directory = self._dingtalk.directory
        room = directory.room(line.conversation_id)
        robots = {app.robot_code for app in directory.apps}
        writer = directory.find(line.staff_id) or directory.find(line.sender_id)
        return {
            "at": line.at,
            "conversation": line.conversation_id,
            "author": line.author,
            "name": line.name,
            "person": writer.staff_id if writer and line.author == "person" else None,
            "msg_id": line.msg_id,
            "type": line.type,
            "text": line.text,
            "title": line.title,
            "markdown": line.markdown,
            "mentions": [each for each in line.mentions if each not in robots],
            "in_reply_to": line.in_reply_to,
            "buttons": [{"title": each.title, "url": each.url} for each in line.buttons],
            "pictures": list(line.pictures),
            "file_name": line.file_name,
            "quote": line.quote,
            "route": line.route,
            "addressed": room is None or room.kind == "1" or not robots.isdisjoint(line.mentions),
        }

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


def _person(person: Person) -> Item:
    return {
        "key": person.staff_id,
        "nick": person.nick,
        "title": person.title,
        "external": person.external,
        "admin": person.admin,
    }


def _conversation(conversation: Conversation) -> Item:
    return {
        "id": conversation.id,
        "kind": "group" if conversation.kind == "2" else "private",
        "title": conversation.title,
        "members": list(conversation.members),
    }
