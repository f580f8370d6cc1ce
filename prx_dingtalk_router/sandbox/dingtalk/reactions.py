"""Reactions of a robot on what people wrote: small chips below a message (dingtalk-cards-media.md section 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.directory import App, Directory
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults
from prx_dingtalk_router.sandbox.dingtalk.refusals import MESSAGE_CALLS
from prx_dingtalk_router.sandbox.dingtalk.transcript import Line, Transcript

KEPT = 10_000
"""Messages whose chips are remembered."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A reaction of a robot on one message: its visible text, and when it was ``added`` and ``removed`` (Unix ms)."""

    name: str
    robot_code: str
    emotion: tuple[tuple[str, str], ...]
    added: int
    removed: int | None = None


class Reactions:
    """Judges the two calls; every refusal is raised as ``Refusal``."""

    def __init__(self, directory: Directory, clock: Clock, faults: Faults, transcript: Transcript) -> None:
        self._directory = directory
        self._clock = clock
        self._faults = faults
        self._transcript = transcript
        self._chips: dict[str, list[Chip]] = {}

    def history(self, msg_id: str) -> list[Chip]:
        """Every chip that the message had, the removed ones included."""
        return list(self._chips.get(msg_id, ()))

    def visible(self, msg_id: str) -> list[Chip]:
        """The chips that people see below the message."""
        return [chip for chip in self.history(msg_id) if chip.removed is None]

    def reply(self, app: App, body: Mapping[str, object]) -> Line:
        """``emotion/reply``: add a chip. The same chip again changes nothing."""
        line, name, emotion = self._read(app, body)
        chips = self._chips.setdefault(line.msg_id, [])
        if not any(chip.removed is None and _is(chip, app, name, emotion) for chip in chips):
            chips.append(Chip(name, app.robot_code, emotion, self._clock.now()))
        while len(self._chips) > KEPT:
            del self._chips[next(iter(self._chips))]
        return line

    def recall(self, app: App, body: Mapping[str, object]) -> Line:
        """``emotion/recall``: take the chip of this name and text away; another one stays."""
        line, name, emotion = self._read(app, body)
        chips = self._chips.get(line.msg_id, [])
        found = [each for each in chips if each.removed is None and _is(each, app, name, emotion)]
        if not found and self._faults.recall_of_nothing == "error":
            raise MESSAGE_CALLS["emotion.notExisted"]
        for chip in found:
            chips[chips.index(chip)] = replace(chip, removed=self._clock.now())
        return line

    def _read(self, app: App, body: Mapping[str, object]) -> tuple[Line, str, tuple[tuple[str, str], ...]]:
        for required in ("robotCode", "openMsgId", "openConversationId"):
            if not isinstance(body.get(required), str) or not body[required]:
                raise MESSAGE_CALLS[f"miss.{required}"]
        if body["robotCode"] != app.robot_code:
            raise MESSAGE_CALLS["invalidParameter.robotCode"]
        room = self._directory.room(str(body["openConversationId"]))
        if room is None or (room.robots and app.robot_code not in room.robots):
            raise MESSAGE_CALLS["invalid.openConversationId"]
        line = self._transcript.find(room.id, str(body["openMsgId"]))
        if line is None:
            code = "system.err" if self._faults.unknown_message == "system.err" else "invalid.openMsgId"
            raise MESSAGE_CALLS[code]
        if self._clock.now() < self._clock.after(line.at, self._faults.message_known_after):
            raise MESSAGE_CALLS["system.err"]
        text = body.get("textEmotion")
        emotion = (
            tuple(sorted((str(key), str(value)) for key, value in text.items()))
            if isinstance(text, dict)
            else ()
        )
        return line, str(body.get("emotionName") or ""), emotion


def _is(chip: Chip, app: App, name: str, emotion: tuple[tuple[str, str], ...]) -> bool:
    return (chip.robot_code, chip.name, chip.emotion) == (app.robot_code, name, emotion)
