"""The robot API: proactive messages to people and groups, and downloads (sections 6 and 8)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from prx_dingtalk_router.sandbox.dingtalk import json_text
from prx_dingtalk_router.sandbox.dingtalk.callbacks import new_msg_id
from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.directory import App, Conversation, Directory
from prx_dingtalk_router.sandbox.dingtalk.events import Event
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults
from prx_dingtalk_router.sandbox.dingtalk.limits import CallRate
from prx_dingtalk_router.sandbox.dingtalk.media import Media
from prx_dingtalk_router.sandbox.dingtalk.meters import Meters
from prx_dingtalk_router.sandbox.dingtalk.refusals import robot_api
from prx_dingtalk_router.sandbox.dingtalk.transcript import Button, Line

MAX_PARAM = 15_000
"""Bytes of ``msgParam`` in UTF-8."""

PARAMS: Mapping[str, tuple[str, ...]] = {
    "sampleText": ("content",),
    "sampleMarkdown": ("title", "text"),
    "sampleImageMsg": ("photoURL",),
    "sampleLink": ("title", "text", "picUrl", "messageUrl"),
    "sampleActionCard": ("title", "text", "singleTitle", "singleURL"),
    **{
        f"sampleActionCard{count}": (
            "title",
            "text",
            *(f"action{part}{index}" for index in range(1, count + 1) for part in ("Title", "URL")),
        )
        for count in range(2, 6)
    },
    "sampleActionCard6": ("title", "text", "buttonTitle1", "buttonUrl1", "buttonTitle2", "buttonUrl2"),
    "sampleAudio": ("mediaId", "duration"),
    "sampleFile": ("mediaId", "fileName", "fileType"),
    "sampleVideo": ("videoMediaId", "videoType", "duration", "picMediaId"),
}
"""What ``msgParam`` must hold, by ``msgKey``; every value is a string."""

VALUES: Mapping[str, frozenset[str]] = {
    "fileType": frozenset({"xlsx", "pdf", "zip", "rar", "doc", "docx"}),
    "videoType": frozenset({"mp4"}),
}
"""Parameters that take certain values only."""

_CONTENT = {
    "unsuitable_words": "contain.notAllowed.text",
    "unsafe_links": "contain.unsafe.url",
    "unsuitable_pictures": "contain.notAllowed.picture",
}
_OPTIONAL = frozenset({"picUrl"})
_NOT_BY_API = frozenset({"feedCard", "sampleFeedCard"})
_BUTTON = re.compile(r"(?:action|button|single)Title(\d*)")


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer of the robot API, the lines that appeared and those that vanish, and what else happened."""

    answer: Mapping[str, object]
    lines: tuple[Line, ...] = ()
    gone: tuple[Line, ...] = ()
    events: tuple[Event, ...] = ()


class RobotApi:
    """Judges calls; the HTTP side is elsewhere. Every method raises ``Refusal`` as the service refuses."""

    def __init__(
        self, directory: Directory, clock: Clock, faults: Faults, media: Media, meters: Meters
    ) -> None:
        self._directory = directory
        self._clock = clock
        self._faults = faults
        self._media = media
        self._meters = meters
        self._rate = CallRate(clock, faults)

    def admit(self, app: App, api: str) -> None:
        """What the gateway checks before an API: rate, the month, permission; what passes the first two is counted."""
        if not self._rate.allow(app.client_id, api):
            raise robot_api("QpsLimitForAppkeyAndApi")
        if not self._meters.spend("api"):
            raise robot_api("ApiCountLimitForOrg")
        if not self._faults.permission:
            raise robot_api("AccessTokenPermissionDenied")

    def batch_send(self, app: App, body: Mapping[str, object]) -> Sent:
        """``oToMessages/batchSend``: a private message each; whom it does not reach is in the answer's lists."""
        self._robot(app, body)
        users = body.get("userIds")
        if not isinstance(users, list) or not users or not all(isinstance(each, str) for each in users):
            raise robot_api("invalidParameter.userIds.empty")
        if len(users) > self._faults.batch_people:
            raise robot_api("invalidParameter.userIds.overMax")
        key, param = _message(body)
        self._judge(param)
        invalid = [each for each in users if self._directory.colleague(each) is None]
        slowed = self._listed("flow_controlled", users, invalid)
        filtered = self._listed("filtered", users, [*invalid, *slowed])
        query = secrets.token_urlsafe(24)
        lines = tuple(
            self._line(app, self._directory.private(each, app), key, param, query)
            for each in dict.fromkeys(users)
            if each not in {*invalid, *slowed, *filtered}
        )
        answer: dict[str, object] = {
            "processQueryKey": query,
            "invalidStaffIdList": invalid,
            "flowControlledStaffIdList": slowed,
        }
        return Sent(answer | ({"filteredStaffIdList": filtered} if filtered else {}), lines)

    def group_send(self, app: App, body: Mapping[str, object]) -> Sent:
        """``groupMessages/send``: a message to a group that the robot is in."""
        self._robot(app, body)
        wanted = body.get("openConversationId")
        room = self._directory.room(wanted) if isinstance(wanted, str) else None
        if room is None or room.kind != "2":
            raise robot_api("invalid.openConversationId")
        if room.id in self._faults.listed("dissolved"):
            raise robot_api("group.disbanded")
        if room.robots and app.robot_code not in room.robots:
            raise robot_api("conversation.org.notMatch")
        key, param = _message(body)
        self._judge(param)
        query = secrets.token_urlsafe(24)
        return Sent({"processQueryKey": query}, (self._line(app, room, key, param, query),))

    def download(self, app: App, body: Mapping[str, object]) -> str:
        """``messageFiles/download``: the key of a short-lived link for a download code."""
        code, robot_code = body.get("downloadCode"), body.get("robotCode")
        key = (
            self._media.link(robot_code, code)
            if isinstance(code, str) and robot_code == app.robot_code
            else None
        )
        if key is None:
            raise robot_api("invalidParameter.robotCode.downloadCode")
        return key

    def _listed(self, knob: str, users: list[str], besides: list[str]) -> list[str]:
        listed = self._faults.listed(knob)
        return [each for each in users if each not in besides and ("*" in listed or each in listed)]

    def _judge(self, param: Mapping[str, str]) -> None:
        """Content that the knobs do not let pass."""
        said = " ".join(param.values())
        for knob, code in _CONTENT.items():
            if any(part in said for part in self._faults.listed(knob)):
                raise robot_api(code)

    def _robot(self, app: App, body: Mapping[str, object]) -> None:
        code = body.get("robotCode")
        if not isinstance(code, str) or not code:
            raise robot_api("invalidParameter.robotCode.empty")
        if code != app.robot_code:
            raise robot_api("invalidParameter.robotCode.notExist")
        if self._faults.robot_stopped:
            raise robot_api("bot.stopped")

    def _line(self, app: App, room: Conversation, key: str, param: Mapping[str, str], query: str) -> Line:
        titles = [(name, match[1]) for name in param if (match := _BUTTON.fullmatch(name))]
        buttons = tuple(Button(param[name], _url(param, index)) for name, index in titles)
        if key == "sampleLink":
            buttons = (Button(param["title"], param["messageUrl"]),)
        return Line(
            at=self._clock.now(),
            conversation_id=room.id,
            author="robot",
            name=app.robot_name,
            staff_id=app.robot_code,
            sender_id=app.chatbot_user_id,
            msg_id=new_msg_id(),
            type=_SHOWN_AS.get(key, "actionCard"),
            text=param.get("content") or param.get("text") or "",
            title=param.get("title", ""),
            markdown=key == "sampleMarkdown" or key.startswith("sampleActionCard"),
            buttons=buttons,
            pictures=tuple(param[name] for name in ("photoURL", "picUrl") if param.get(name)),
            file_name=param.get("fileName", ""),
            route="api",
            process_query_key=query,
        )


_SHOWN_AS = {
    "sampleText": "text",
    "sampleMarkdown": "markdown",
    "sampleImageMsg": "picture",
    "sampleLink": "link",
    "sampleAudio": "audio",
    "sampleFile": "file",
    "sampleVideo": "video",
}


def _url(param: Mapping[str, str], index: str) -> str:
    if not index:
        return param.get("singleURL", "")
    return param.get(f"actionURL{index}") or param.get(f"buttonUrl{index}") or ""


def _message(body: Mapping[str, object]) -> tuple[str, Mapping[str, str]]:
    """``msgKey`` and the checked ``msgParam``."""
    key, text = body.get("msgKey"), body.get("msgParam")
    if not isinstance(key, str) or not key:
        raise robot_api("invalidParameter.msgKey.empty")
    if key in _NOT_BY_API:
        raise robot_api("invalidParameter.msg.unsupport")
    if key not in PARAMS:
        raise robot_api("invalidParameter.msgKey.invalid")
    if not isinstance(text, str):
        raise robot_api("invalidParameter.msgParam.invalid")
    if len(text.encode(errors="surrogatepass")) > MAX_PARAM:
        raise robot_api("invalidParameter.msgParam.tooLong")
    try:
        param = json_text.read(text)
    except ValueError:
        raise robot_api("invalidParameter.msgParam.invalid") from None
    if not isinstance(param, dict) or not all(isinstance(value, str) for value in param.values()):
        raise robot_api("invalidParameter.msgParam.invalid")
    if any(not param.get(name) for name in PARAMS[key] if name not in _OPTIONAL):
        raise robot_api("invalidParameter.msgParam.invalid")
    if any(param[name] not in VALUES[name] for name in PARAMS[key] if name in VALUES):
        raise robot_api("invalidParameter.msgParam.invalid")
    return key, param
