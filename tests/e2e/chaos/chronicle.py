"""What happened in a chaotic run, and when, as DingTalk and the agent saw it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.chaos.traffic import MARK

BEFORE, AFTER = 5, 40
"""Lines of a conversation that are told around a broken promise."""
MOST_SHOWN = 240


@dataclass
class Shown:
    """A line of the robot."""

    at: float
    conversation: str
    text: str
    numbers: tuple[int, ...]


@dataclass
class Asked:
    """A turn of the agent; ``ended`` is None while it runs."""

    began: float
    session: str
    numbers: tuple[int, ...]
    ended: float | None = None


@dataclass
class Chronicle:
    """Notes it all; times are those of the event loop.

    Attributes:
        acked: when each message was acknowledged first, by its id.
        shown: the lines of the robot.
        asked: the turns, by job.
    """

    acked: dict[str, float] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def of_dingtalk(self, event: Any) -> None:
        """Take note of an event of DingTalk."""
        match type(event).__name__:
            case "Wrote" if event.line.author == "robot":
                line = event.line
                text = f"{line.title}\n{line.text}" if not MARK.search(line.text) else line.text
                self.shown.append(Shown(_now(), line.conversation_id, text, numbers_in(line.text)))
            case "Acked" if event.code == 200 and event.msg_id:
                self.acked.setdefault(event.msg_id, _now())
                self.changed.set()

    def of_agent(self, event: Any) -> None:
        """Take note of an event of the agent."""
        match type(event).__name__:
            case "TurnStarted":
                self.asked[event.job_id] = Asked(_now(), event.reply_target, numbers_in(event.message))
            case "TurnEnded" if event.job_id in self.asked:
                self.asked[event.job_id].ended = _now()

    def around(self, number: int, conversation: str) -> list[str]:
        """What the agent was asked of a message, and what its conversation showed from just before it was named first."""
        asked = [f"asked {job}: {each}" for job, each in self.asked.items() if number in each.numbers]
        lines = [each for each in self.shown if each.conversation == conversation]
        first = next((at for at, each in enumerate(lines) if number in each.numbers), len(lines))
        return asked + [
            f"shown: {each}"[:MOST_SHOWN] for each in lines[max(0, first - BEFORE) : first + AFTER]
        ]

    def by_session(self) -> dict[str, list[Asked]]:
        """The turns of each session, as they began."""
        found: defaultdict[str, list[Asked]] = defaultdict(list)
        for asked in self.asked.values():
            found[asked.session].append(asked)
        return dict(found)


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of the messages that a text is about, each once, in order."""
    return tuple(dict.fromkeys(int(number) for number, _ in MARK.findall(text)))


def _now() -> float:
    return asyncio.get_running_loop().time()
