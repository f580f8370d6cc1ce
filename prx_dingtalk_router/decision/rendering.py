"""Rendering a bound step: the one way from a template to what is sent, for delivery, ``explain``, ``replay`` and ``test``.

The template engine is loaded by the first step that is rendered, not by this module: who only keeps decisions, or carries
out those that send nothing, does without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from prx_dingtalk_router.decision.failure import Failure
from prx_dingtalk_router.decision.model import AgentStep, Decision, ReplyFormat, ReplyStep
from prx_dingtalk_router.errors import RenderError
from prx_dingtalk_router.message import Message

PICTURE_LINE = "［图片］"
"""What an agent is told of each picture in a message (language.md section 7)."""


@dataclass(frozen=True, slots=True)
class RenderedReply:
    """A reply ready to send. ``mentions`` are staff IDs; empty where nobody is called out."""

    format: ReplyFormat
    content: str
    mentions: tuple[str, ...]


def render_reply(step: ReplyStep, decision: Decision, failure: Failure | None = None) -> RenderedReply:
    """Render a ``reply`` step (language.md sections 7 and 10).

    Args:
        step: a reply among the decision's steps or their alternatives.
        decision: the decision that binds it.
        failure: why the entry before it in its chain was not done.

    Raises:
        RenderError: the template failed on this message, or gave nothing.
    """
    from prx_dingtalk_router.templates import Audience, render_template

    audience = Audience.MARKDOWN if step.format == "markdown" else Audience.TEXT
    values = _values(decision, step.rule, step.match, failure)
    content = render_template(step.template, values, audience=audience)
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
        values = _values(decision, step.rule, step.match, failure)
        return render_template(step.template, values, audience=Audience.AGENT)
    quoted = neutralise_markers(message.quoted).splitlines() if message.quoted.strip() else []
    said = [neutralise_markers(message.text)] if message.text.strip() else []
    if not quoted and not said:
        raise RenderError("templates.empty-message")
    return "\n".join([*(f"> {line}" for line in quoted), *said, *[PICTURE_LINE] * message.pictures])


def _values(
    decision: Decision, rule: str, match: Mapping[str, str], failure: Failure | None
) -> dict[str, object]:
    """The names of language.md section 10; what a person chose is marked as such."""
    from prx_dingtalk_router.templates import NamedText, PersonText

    message = decision.message
    return {
        "text": PersonText(message.text),
        "quoted": PersonText(message.quoted),
        "type": message.type,
        "sender": {"id": message.sender, "name": PersonText(message.sender_name)},
        "conversation": {
            "id": message.conversation,
            "title": PersonText(message.conversation_title),
            "kind": message.kind,
        },
        "pictures": message.pictures,
        "robot": message.robot,
        "file": {"name": PersonText(message.file_name)},
        "match": {name: PersonText(piece) for name, piece in match.items()},
        "now": message.created_at.astimezone(ZoneInfo(decision.zone)),
        "rule": {"name": rule},
        "failure": NamedText(failure.sentence, failure.kind.names if failure.kind else ()) if failure else "",
    }
