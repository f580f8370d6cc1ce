"""Sample messages for ``test`` blocks, ``explain`` and checks (language.md section 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from prx_dingtalk_router.message.model import Message
from prx_dingtalk_router.text.mention import strip_mention

DEFAULT_SENDER = "test-user"
DEFAULT_ROBOT = "test-robot"
EXTERNAL_SENDER_ID = "test-guest"
PRIVATE_CONVERSATION = "test-private"
GROUP_CONVERSATION = "test-group"
PICTURE = "picture"
TIME_FORMATS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")


def default_time(zone: str) -> datetime:
    """Return when a sample was written unless it says so: a Wednesday morning."""
    return datetime(2026, 1, 7, 10, 0, tzinfo=ZoneInfo(zone))


def default_type(text: str, *, pictured: bool) -> str:
    """Return the type of a sample that says none: ``text``, or what DingTalk makes of a picture with or without words."""
    if not pictured:
        return "text"
    return "richText" if text.strip() else PICTURE


def parse_time(written: str, zone: str) -> datetime | None:
    """Read ``2026-11-20 20:30``, with or without seconds, as a wall clock of a zone; return None for anything else."""
    for form in TIME_FORMATS:
        try:
            return datetime.strptime(written, form).replace(tzinfo=ZoneInfo(zone))
        except ValueError:
            continue
    return None


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
    pictured: bool = False
    mentioned: bool = False
    admin: bool = False
    quoted: str = ""
    conversation: str = ""
    robot: str = ""
    corp: str = ""
    file: str = ""

    def message(self, *, msg_id: str = "test-message", robot_name: str = "", client_id: str = "") -> Message:
        """Return the message; a leading mention of the robot is cut off as of a received one.

        Args:
            msg_id: its id.
            robot_name: the configured name of the robot.
            client_id: of the bot; stands in for a robot code that is not given.
        """
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
            pictures=int(self.pictured or self.type == PICTURE),
            type=self.type,
            mentioned=self.mentioned,
            admin=self.admin,
            created_at_ms=int(self.at.timestamp() * 1000),
        )
