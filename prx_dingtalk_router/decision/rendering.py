"""Rendering a bound step: the one way from a template to what is sent, for delivery, ``explain``, ``replay`` and ``test``.

The template engine is loaded by the first step that is rendered, not by this module: who only keeps decisions, or carries
out those that send nothing, does without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from msgspec import Struct

from prx_dingtalk_router.decision.failure import Failure
from prx_dingtalk_router.decision.model import AgentStep, Decision, ReplyFormat, ReplyStep
from prx_dingtalk_router.errors import RenderError
from prx_dingtalk_router.message import Message

PICTURE_LINE = "［图片］"
"""What an agent is told of each picture in a message (language.md section 7)."""


_NAMES = (
    "text",
    "quoted",
    "type",
    "sender",
    "conversation",
    "pictures",
    "robot",
    "file",
    "match",
    "now",
    "rule",
    "failure",
)


class RenderedReply(Struct, frozen=True):
    """A reply ready to send. ``mentions`` are staff IDs; empty where nobody is called out."""

    format: ReplyFormat
    content: str
    mentions: tuple[str, ...]


def render_reply(step: ReplyStep, decision: Decision, failure: Failure | None = None) -> RenderedReply:
    """Render a ``reply`` step (language.md sections 7 and 10), without line breaks at its ends.

    Those are left where an ``{% if %}`` stands on lines of its own; nobody means to send them.

    Args:
        step: a reply among the decision's steps or their alternatives.
        decision: the decision that binds it.
        failure: why the entry before it in its chain was not done.

    Raises:
        RenderError: the template failed on this message, or gave nothing.
    """
    from prx_dingtalk_router.templates import Audience, render_template

    audience = Audience.MARKDOWN if step.format == "markdown" else Audience.TEXT
    values = _Values(decision, step.rule, step.match, failure)
    content = render_template(step.template, values, audience=audience).strip("\n")
    return RenderedReply(step.format, content, mentions(step, decision.message))


def mentions(step: ReplyStep, message: Message) -> tuple[str, ...]:
    """Whom the step calls out; nobody in private chats, and no sender without a staff ID."""
    if step.mention is None or message.private:
        return ()
    if step.mention.staff_ids:
        return step.mention.staff_ids
    return (message.sender,) if step.mention.sender and message.sender else ()


def render_for_agent(step: AgentStep, decision: Decision, failure: Failure | None = None) -> str:
    """What the agent is told: its ``with`` template, else quote, shown text and pictures, on lines of their own.

    A quoted message is told as ``> …`` lines, each picture as ``PICTURE_LINE``. A picture alone says nothing to an agent,
    which cannot see it.

    Raises:
        RenderError: the template failed on this message, or there are neither words nor a quote.
    """
    from prx_dingtalk_router.templates import Audience, neutralise_markers, render_template

    message = decision.message
    if step.template is not None:
        values = _Values(decision, step.rule, step.match, failure)
        return render_template(step.template, values, audience=Audience.AGENT)
    quoted = message.quoted.splitlines() if message.quoted.strip() else []
    said = [message.text] if message.text.strip() else []
    if not quoted and not said:
        raise RenderError("templates.empty-message")
    told = "\n".join([*(f"> {line}" for line in quoted), *said, *[PICTURE_LINE] * message.pictures])
    return neutralise_markers(told)


class _Values(Mapping[str, object]):
    """The names of language.md section 10, each made when a template asks for it; what a person chose is marked as such."""

    def __init__(
        self, decision: Decision, rule: str, match: Mapping[str, str], failure: Failure | None
    ) -> None:
        self._decision = decision
        self._rule = rule
        self._match = match
        self._failure = failure

    def __getitem__(self, name: str) -> object:
        if name not in _NAMES:
            raise KeyError(name)
        return self._value(name)

    def __contains__(self, name: object) -> bool:
        return name in _NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)

    def _value(self, name: str) -> object:
        from prx_dingtalk_router.templates import NamedText, PersonText

        message, failure = self._decision.message, self._failure
        match name:
            case "text" | "quoted":
                return PersonText(getattr(message, name))
            case "sender":
                return {"id": message.sender, "name": PersonText(message.sender_name)}
            case "conversation":
                title = PersonText(message.conversation_title)
                return {"id": message.conversation, "title": title, "kind": message.kind}
            case "file":
                return {"name": PersonText(message.file_name)}
            case "match":
                return {group: PersonText(piece) for group, piece in self._match.items()}
            case "now":
                return message.created_at.astimezone(ZoneInfo(self._decision.zone))
            case "rule":
                return {"name": self._rule}
            case "failure":
                if failure is None:
                    return ""
                return NamedText(failure.sentence, failure.kind.names if failure.kind else ())
            case _:
                return getattr(message, name)
