"""Messages that nobody sent: for test blocks and ``explain`` (language.md section 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from prx_dingtalk_router.language.ruleset import Given
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.text.mention import strip_mention

DEFAULT_SENDER = "test-user"
DEFAULT_ROBOT = "test-robot"
EXTERNAL_SENDER_ID = "test-guest"
PRIVATE_CONVERSATION = "test-private"
GROUP_CONVERSATION = "test-group"


def default_time(zone: str) -> datetime:
    """When a test's message was written unless it says so: a Wednesday morning."""
    return datetime(2026, 1, 7, 10, 0, tzinfo=ZoneInfo(zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleMessage:
    """What is said of a message; everything else takes the defaults of section 9. ``at`` is aware."""

    text: str
    at: datetime
    sender: str = DEFAULT_SENDER
    external: bool = False
    nick: str = ""
    group: bool = False
    title: str = ""
    type: str = "text"
    mentioned: bool = False
    admin: bool = False
    quoted: str = ""
    conversation: str = ""
    robot: str = ""
    corp: str = ""
    file: str = ""

    @classmethod
    def of(cls, given: Given, zone: str) -> SampleMessage:
        """What a ``given`` says."""
        return cls(
            text=given.text,
            at=given.at or default_time(zone),
            sender=given.sender,
            external=given.external,
            nick=given.nick,
            group=given.group,
            title=given.title,
            type=given.type,
            mentioned=given.mentioned,
            admin=given.admin,
            quoted=given.quoted,
            conversation=given.conversation,
            robot=given.robot,
            corp=given.corp,
            file=given.file,
        )

    def message(self, *, msg_id: str = "test-message", robot_name: str = "", client_id: str = "") -> Message:
        """The message; a leading mention of the robot is cut off as of a received one."""
        return Message(
            msg_id=msg_id,
            robot=self.robot or client_id or DEFAULT_ROBOT,
            conversation=self.conversation or (GROUP_CONVERSATION if self.group else PRIVATE_CONVERSATION),
            group=self.group,
            text=strip_mention(self.text, robot_name),
            quoted=self.quoted,
            sender="" if self.external else self.sender,
            sender_id=EXTERNAL_SENDER_ID if self.external else f"test:{self.sender}",
            sender_name=self.nick,
            conversation_title=self.title if self.group else "",
            file_name=self.file,
            corp=self.corp,
            type=self.type,
            mentioned=self.mentioned,
            admin=self.admin,
            created_at_ms=int(self.at.timestamp() * 1000),
        )
