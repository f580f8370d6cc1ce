"""A case as rules write it: a ``test`` block for a message and what is expected of it (language.md section 9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from prx_dingtalk_router.decision.model import OTHERWISE
from prx_dingtalk_router.language.syntax.escape import written_agent, written_string
from prx_dingtalk_router.message import SampleMessage
from prx_dingtalk_router.message.sample_message import DEFAULT_SENDER, TIME_FORMATS, default_type


def written_block(title: str, sample: SampleMessage, expected: Iterable[str], *, timed: bool) -> str:
    """Return a whole ``test`` block.

    Args:
        title: of the test.
        sample: the message that is given.
        expected: what stands behind each ``expect``.
        timed: whether it says when the message was written, so that it is not left to the default.
    """
    given = " ".join(["given", written_string(sample.text), *_options(sample, timed=timed)])
    lines = [f"test {written_string(title)}", f"  {given}", *(f"  expect {each}" for each in expected)]
    return "\n".join(lines) + "\n"


def written_outcome(outcome: str, value: str | None) -> str:
    """Return an outcome and its value, as ``agent hr`` and ``drop "ads"``."""
    if value is None:
        return outcome
    return f"{outcome} {written_agent(value) if outcome == 'agent' else written_string(value)}"


def written_by(rule: str) -> str:
    """Return which rule it is by; ``rule`` may be ``otherwise``."""
    return "by default" if rule == OTHERWISE else f"by {rule}"


def _options(sample: SampleMessage, *, timed: bool) -> Iterator[str]:
    if sample.external:
        yield "external"
    elif sample.sender != DEFAULT_SENDER:
        yield f"from {written_string(sample.sender)}"
    if sample.nick:
        yield f"named {written_string(sample.nick)}"
    if sample.admin:
        yield "admin"
    if sample.group:
        yield f"in group {written_string(sample.title)}" if sample.title else "in group"
        if not sample.mentioned:
            yield "not mentioned"
    elif sample.mentioned:
        yield "mentioned"
    if sample.type != default_type(sample.text, pictured=sample.pictured):
        yield f"type {written_string(sample.type)}"
    if sample.pictured:
        yield "pictured"
    if sample.quoted:
        yield f"quoting {written_string(sample.quoted)}"
    if sample.file:
        yield f"file {written_string(sample.file)}"
    for name in ("conversation", "robot", "corp"):
        if value := getattr(sample, name):
            yield f"{name} {written_string(value)}"
    if timed:
        yield f'at "{_moment(sample.at)}"'


def _moment(at: datetime) -> str:
    return at.strftime(TIME_FORMATS[1] if at.second else TIME_FORMATS[0])
