"""Session webhooks: sessions with an end, and the judgement of what is posted to them (section 7)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from prx_dingtalk_router.sandbox.dingtalk import json_text
from prx_dingtalk_router.sandbox.dingtalk.callbacks import new_msg_id
from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.directory import App, Conversation, Directory
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults
from prx_dingtalk_router.sandbox.dingtalk.limits import PostRate
from prx_dingtalk_router.sandbox.dingtalk.reply_body import Shown, links, pictures, read, texts
from prx_dingtalk_router.sandbox.dingtalk.transcript import Line

MAX_BODY = 20_000
"""Bytes of a whole body."""


@dataclass(frozen=True, slots=True)
class Session:
    """A webhook that came with the message ``msg_id``; good until ``expires`` (Unix milliseconds)."""

    key: str = field(repr=False)
    app: App
    room: Conversation
    msg_id: str
    expires: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The service's judgement: error code, a detail for its message, and the line that appears on success."""

    errcode: int
    detail: str = ""
    session: Session | None = None
    body: Mapping[str, object] = field(default_factory=dict)
    line: Line | None = None


class Webhooks:
    """Opens sessions and judges posts. Nothing is sent from here."""

    def __init__(self, directory: Directory, clock: Clock, faults: Faults) -> None:
        self._directory = directory
        self._clock = clock
        self._faults = faults
        self._rate = PostRate(clock, faults)
        self._sessions: dict[str, Session] = {}
        self._crowded = 1000

    def open(self, app: App, room: Conversation, msg_id: str, at: int) -> Session:
        """A new session for a message that was written ``at`` a Unix millisecond."""
        expires = self._clock.after(at, self._faults.webhook_life)
        session = Session(secrets.token_hex(16), app, room, msg_id, expires)
        self._sessions[session.key] = session
        if len(self._sessions) > self._crowded:
            self._forget(at)
        return session

    def _forget(self, now: int) -> None:
        """Drop sessions that ended an hour ago; a post to one is refused as one to a session that never was."""
        self._sessions = {
            key: session for key, session in self._sessions.items() if now - session.expires < 3_600_000
        }
        self._crowded = 2 * len(self._sessions) + 1000

    def judge(self, key: str | None, content_type: str, raw: bytes) -> Verdict:
        """Judge a post: header, size, JSON, session, rate, type, parameters, content, in this order.

        Args:
            key: value of the ``session`` parameter.
            content_type: of the request, without its parameters.
            raw: the body.
        """
        if not key:
            return Verdict(400101)
        session = self._sessions.get(key)
        if content_type != "application/json":
            return Verdict(43004, session=session)
        if len(raw) > MAX_BODY:
            return Verdict(460101, session=session)
        body = json_text.read_object(raw)
        if not isinstance(body.get("msgtype"), str) or not body["msgtype"]:
            return Verdict(40035, session=session)
        if session is None or self._clock.now() >= session.expires:
            return Verdict(300001, session=session, body=body)
        code, detail = self._state(session)
        if not code:
            code, detail, line = self._content(session, body)
            if not code:
                return Verdict(0, session=session, body=body, line=line)
        return Verdict(code, detail, session, body)

    def _state(self, session: Session) -> tuple[int, str]:
        if session.room.id in self._faults.listed("dissolved"):
            return 400013, ""
        if self._faults.robot_stopped:
            return 400102, ""
        if not self._rate.allow(session.app.robot_code, session.room.id):
            return 130101, ""
        return 0, ""

    def _content(self, session: Session, body: Mapping[str, object]) -> tuple[int, str, Line | None]:
        at, line_id = self._clock.now(), new_msg_id()
        problem, shown = read(body)
        if problem is not None:
            return *problem, None
        said = " ".join(texts(body))
        if any(word in said for word in self._faults.listed("unsuitable_words")):
            return 430102, "", None
        if any(part in link for part in self._faults.listed("unsafe_links") for link in links(body)):
            return 430101, "", None
        if any(
            part in link for part in self._faults.listed("unsuitable_pictures") for link in pictures(body)
        ):
            return 430103, "", None
        keywords = self._faults.listed("security_keywords")
        if keywords and not any(word in said for word in keywords):
            return 310000, "", None
        if shown is None:
            return 0, "", None
        line = Line(
            at=at,
            conversation_id=session.room.id,
            author="robot",
            name=session.app.robot_name,
            staff_id=session.app.robot_code,
            sender_id=session.app.chatbot_user_id,
            msg_id=line_id,
            type=shown.type,
            text=shown.text,
            title=shown.title,
            markdown=shown.markdown,
            mentions=shown.mentions or _named_on_card(shown, session.room),
            buttons=shown.buttons,
            pictures=shown.pictures,
            in_reply_to=session.msg_id,
            route="webhook",
        )
        return 0, "", line


def _named_on_card(shown: Shown, room: Conversation) -> tuple[str, ...]:
    """Members whose ``@userId`` stands in the text of an actionCard, which needs no ``at`` to highlight them."""
    if shown.type != "actionCard":
        return ()
    return tuple(each for each in room.members if re.search(rf"@{re.escape(each)}(?!\w)", shown.text))
