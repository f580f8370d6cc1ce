"""The parts of the simulated service, put together once and shared by its interfaces."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from prx_dingtalk_router.sandbox.dingtalk import frames
from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.connections import Pool
from prx_dingtalk_router.sandbox.dingtalk.directory import App, Conversation, Directory
from prx_dingtalk_router.sandbox.dingtalk.events import Observers, Refused, Vanished, Wrote
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults
from prx_dingtalk_router.sandbox.dingtalk.media import Media
from prx_dingtalk_router.sandbox.dingtalk.meters import Meters
from prx_dingtalk_router.sandbox.dingtalk.pushes import Push, Pushes
from prx_dingtalk_router.sandbox.dingtalk.reactions import Reactions
from prx_dingtalk_router.sandbox.dingtalk.recalls import Recalls
from prx_dingtalk_router.sandbox.dingtalk.robot_api import RobotApi
from prx_dingtalk_router.sandbox.dingtalk.tickets import Tickets
from prx_dingtalk_router.sandbox.dingtalk.tokens import Tokens
from prx_dingtalk_router.sandbox.dingtalk.transcript import Line, Transcript
from prx_dingtalk_router.sandbox.dingtalk.webhooks import Session, Webhooks


class Service:
    """Everything that the interfaces share; no sockets of its own."""

    def __init__(self, directory: Directory, faults: Faults, clock: Clock) -> None:
        self.directory = directory
        self.faults = faults
        self.clock = clock
        self.observers = Observers()
        self.transcript = Transcript()
        self.media = Media(clock)
        self.meters = Meters(clock, faults)
        self.reactions = Reactions(directory, clock, faults, self.transcript)
        self.recalls = Recalls(directory, clock, self.transcript)
        self.tickets = Tickets(clock, faults)
        self.tokens = Tokens(directory, clock, faults)
        self.webhooks = Webhooks(directory, clock, faults)
        self.robot_api = RobotApi(directory, clock, faults, self.media, self.meters)
        self.pool = Pool(clock, faults)
        self.pushes = Pushes(self.pool, clock, faults, self.observers, self.meters)
        self.hosts: dict[str, str] = {}
        """Host and port under which each application registered: its webhooks lead there."""

    def open_session(
        self, app: App, room: Conversation, msg_id: str, at: int, host: str
    ) -> tuple[str, Session]:
        """A session webhook for a message: its address, and the session behind it."""
        session = self.webhooks.open(app, room, msg_id, at)
        return (
            f"http://{self.hosts.get(app.client_id, host)}/robot/sendBySession?session={session.key}",
            session,
        )

    def push_event(self, app: App, event_type: str, body: Mapping[str, object]) -> str:
        """Push an EVENT to the application; the answer is its event id."""
        event_id = uuid.uuid4().hex
        headers = {
            "eventId": event_id,
            "eventType": event_type,
            "eventCorpId": app.corp_id,
            "eventBornTime": str(self.clock.now()),
            "eventUnifiedAppId": app.app_id,
        }
        self.meters.spend("push")
        self.pushes.submit(Push(app, "EVENT", frames.ANY_EVENT, body, event_id, headers))
        return event_id

    def show(self, line: Line) -> None:
        """Let a line appear in its conversation."""
        self.transcript.add(line)
        self.observers.tell(Wrote(at=line.at, line=line))

    def hide(self, line: Line) -> None:
        """Let a line vanish from its conversation."""
        self.transcript.remove(line)
        self.observers.tell(
            Vanished(at=self.clock.now(), msg_id=line.msg_id, conversation_id=line.conversation_id)
        )

    def refused(self, what: str, status: int, code: str, why: str) -> None:
        """Tell observers that a request was refused."""
        self.observers.tell(Refused(at=self.clock.now(), what=what, status=status, code=code, why=why))
