"""Recall of what a robot sent by the robot API: the message vanishes without trace (dingtalk-cards-media.md section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.directory import App, Directory
from prx_dingtalk_router.sandbox.dingtalk.refusals import MESSAGE_CALLS, Refusal
from prx_dingtalk_router.sandbox.dingtalk.transcript import Line, Transcript

MOST_KEYS = 20
"""Keys of one call."""

PRIVATE_LIFE = 24 * 3600.0
"""Seconds in which a private message can be recalled; for groups no limit is documented."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """The answer of a recall, and the lines that are to vanish."""

    answer: Mapping[str, object]
    lines: tuple[Line, ...]


class Recalls:
    """Judges the two calls; every refusal is raised as ``Refusal``, a partly failed call is an answer."""

    def __init__(self, directory: Directory, clock: Clock, transcript: Transcript) -> None:
        self._directory = directory
        self._clock = clock
        self._transcript = transcript

    def private(self, app: App, body: Mapping[str, object]) -> Recalled:
        """``otoMessages/batchRecall``: by ``processQueryKeys`` of ``batchSend``, within 24 hours."""
        keys = _keys(app, body)
        return self._recall(app, keys, kind="1", room_id=None)

    def group(self, app: App, body: Mapping[str, object]) -> Recalled:
        """``groupMessages/recall``: by ``processQueryKeys`` of messages in ``openConversationId``."""
        keys, wanted = _keys(app, body), body.get("openConversationId")
        if not isinstance(wanted, str) or not wanted:
            raise MESSAGE_CALLS["miss.openConversationId"]
        room = self._directory.room(wanted)
        if room is None or room.kind != "2":
            raise MESSAGE_CALLS["invalid.openConversationId"]
        return self._recall(app, keys, kind="2", room_id=room.id)

    def _recall(self, app: App, keys: list[str], *, kind: str, room_id: str | None) -> Recalled:
        failed: dict[str, Refusal] = {}
        lines: list[Line] = []
        for key in keys:
            found = [line for line in self._transcript.sent(key) if self._lies_in(line, kind, room_id)]
            refusal = self._refusal(app, found, kind)
            if refusal is None:
                lines.extend(found)
            else:
                failed[key] = refusal
        if len(failed) == len(keys):
            codes = {refusal.code for refusal in failed.values()}
            raise failed[keys[0]] if len(codes) == 1 else MESSAGE_CALLS["notRevoke.all.messages"]
        answer = {
            "successResult": [key for key in keys if key not in failed],
            "failedResult": {key: refusal.code for key, refusal in failed.items()},
        }
        return Recalled(answer, tuple(lines))

    def _lies_in(self, line: Line, kind: str, room_id: str | None) -> bool:
        room = self._directory.room(line.conversation_id)
        return room is not None and room.kind == kind and room_id in (None, room.id)

    def _refusal(self, app: App, found: list[Line], kind: str) -> Refusal | None:
        if not found:
            return MESSAGE_CALLS["invalid.processQueryKey"]
        if found[0].staff_id != app.robot_code:
            return MESSAGE_CALLS["not.allowed.robotCode"]
        if kind == "1" and self._clock.now() >= self._clock.after(found[0].at, PRIVATE_LIFE):
            return MESSAGE_CALLS["robot.processQueryKey.expired"]
        return None


def _keys(app: App, body: Mapping[str, object]) -> list[str]:
    if not isinstance(body.get("robotCode"), str) or not body["robotCode"]:
        raise MESSAGE_CALLS["invalidParameter.param.invalid"]
    if body["robotCode"] != app.robot_code:
        raise MESSAGE_CALLS["invalidParameter.robotCode"]
    keys = body.get("processQueryKeys")
    if not isinstance(keys, list) or not keys:
        raise MESSAGE_CALLS["invalidParameter.processQueryKey.missing"]
    if not all(isinstance(key, str) and key for key in keys):
        raise MESSAGE_CALLS["invalid.processQueryKey"]
    if len(keys) > MOST_KEYS:
        raise MESSAGE_CALLS["invalidParameter.processQueryKeys.overMax"]
    return list(dict.fromkeys(keys))


def recall_event(app: App, line: Line, now: int) -> dict[str, object]:
    """What the event ``robot_msg_recall`` says; nobody in particular recalled what the robot took back itself."""
    return {
        "unionId": "",
        "operatTime": now,
        "robotCode": app.robot_code,
        "openConversationId": line.conversation_id,
        "userId": "",
        "processQueryKey": line.process_query_key,
    }
