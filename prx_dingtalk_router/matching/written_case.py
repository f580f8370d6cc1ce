"""A case as rules write it: a ``test`` block for a message and what is expected of it (language.md section 9)."""

from __future__ import annotations

from collections.abc import Iterator

from prx_dingtalk_router.decision.model import OTHERWISE
from prx_dingtalk_router.language.syntax.escape import written_agent, written_string
from prx_dingtalk_router.message import SampleMessage
from prx_dingtalk_router.message.sample_message import DEFAULT_SENDER, default_type


def written_test(title: str, given: SampleMessage, expects: str, *, timed: bool) -> str:
    """Return a whole ``test`` block, on lines as ``fmt`` has them where they are short.

    Args:
        title: of the test.
        given: the message.
        expects: from the first ``expect`` on.
        timed: whether it says when the message was written, so that it is not left to the default.
    """
    options = "".join(f" {option}" for option in _options(given, timed=timed))
    return f"test {written_string(title)}\n  given {written_string(given.text)}{options}\n  {expects}\n"


def written_expect(
    outcome: str, value: str | None = None, by: str | None = None, *, shadow: str | None = None
) -> str:
    """Return an ``expect``; ``by`` is a rule or ``otherwise``."""
    words = ["expect", outcome]
    if value is not None:
        words.append(written_agent(value) if outcome == "agent" else written_string(value))
    if by is not None:
        words.append("by default" if by == OTHERWISE else f"by {by}")
    if shadow is not None:
        words.append(f"shadow {shadow}")
    return " ".join(words)


def _options(given: SampleMessage, *, timed: bool) -> Iterator[str]:
    if given.external:
        yield "external"
    elif given.sender != DEFAULT_SENDER:
        yield f"from {written_string(given.sender)}"
    if given.nick:
        yield f"named {written_string(given.nick)}"
    if given.group:
        yield f"in group {written_string(given.title)}" if given.title else "in group"
    if given.type != default_type(given.text, pictured=given.pictured):
        yield f"type {written_string(given.type)}"
    if timed:
        yield f"at {written_string(given.at.strftime('%Y-%m-%d %H:%M'))}"
    if given.pictured:
        yield "pictured"
    if given.mentioned and not given.group:
        yield "mentioned"
    if given.admin:
        yield "admin"
    named = {
        "quoting": given.quoted,
        "conversation": given.conversation,
        "robot": given.robot,
        "corp": given.corp,
        "file": given.file,
    }
    for word, value in named.items():
        if value:
            yield f"{word} {written_string(value)}"
