"""The route through the robot API, for when a session webhook takes no replies any more (dingtalk-stream.md section 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery.dingtalk.api_answers import Accepted, Refused, Unsure
from prx_dingtalk_router.delivery.dingtalk.api_codes import ApiCode, meaning_of_api
from prx_dingtalk_router.delivery.dingtalk.errcodes import THROTTLED_SECONDS
from prx_dingtalk_router.delivery.dingtalk.json_text import json_of
from prx_dingtalk_router.delivery.dingtalk.open_api import OpenApi
from prx_dingtalk_router.delivery.dingtalk.refusals import quoting
from prx_dingtalk_router.delivery.dingtalk.route import Declined, Part, Posted, Sent, Unconfirmed
from prx_dingtalk_router.delivery.dingtalk.titles import title_of
from prx_dingtalk_router.message import Message

TO_PEOPLE = "/v1.0/robot/oToMessages/batchSend"
TO_GROUPS = "/v1.0/robot/groupMessages/send"

# A msgParam may have 15,000 bytes (dingtalk-stream.md section 9); practice stays below 12,000 (dingtalk-cards-media.md 9.3).
_MOST_BYTES = 12_000

_NOT_REACHED: Mapping[str, Declined] = {
    "flowControlledStaffIdList": Declined(
        text("delivery.reply-flow-controlled"), "wait", wait=THROTTLED_SECONDS
    ),
    "invalidStaffIdList": Declined(text("delivery.reply-invalid-person"), "none"),
    "filteredStaffIdList": Declined(text("delivery.reply-filtered"), "none"),
}
"""The lists of an answer with status 200 that name those whom the message does not reach."""

_UNKNOWN = ApiCode()


class RobotApi:
    """Posts as the robot to the conversation that a message came from: by staff ID in private, to the group in a group.

    It calls nobody out, which neither call can.

    Args:
        api: of the robot's app.
    """

    name = "api"
    most_bytes = _MOST_BYTES

    def __init__(self, api: OpenApi) -> None:
        self._api = api

    def barred(self, message: Message) -> Text | None:
        """Why nothing can be posted: to people without a staff ID there is no way in private."""
        if message.private and not message.sender:
            return text("delivery.no-staff-id")
        if message.group and not message.conversation:
            return text("delivery.no-webhook")
        return None

    async def post(self, message: Message, part: Part) -> Posted:
        """Send one part, without its mentions."""
        barred = self.barred(message)
        if barred is not None:
            return Declined(barred, "other-route")
        if message.group:
            path, body = TO_GROUPS, group_body(message.robot, message.conversation, part)
        else:
            path, body = TO_PEOPLE, people_body(message.robot, (message.sender,), part)
        match await self._api.call("POST", path, body):
            case Unsure():
                return Unconfirmed(text("delivery.reply-unknown"))
            case Refused() as refused:
                return _declined(refused)
            case Accepted(answer):
                key = answer.get("processQueryKey")
                sent = Sent(key if isinstance(key, str) else "")
                return next((why for listed, why in _NOT_REACHED.items() if answer.get(listed)), sent)


def not_reached(answer: Mapping[str, object]) -> Text | None:
    """Why a message to people that was taken does not reach one of them; None where it reaches all."""
    return next((why.reason for listed, why in _NOT_REACHED.items() if answer.get(listed)), None)


def people_body(robot_code: str, staff_ids: Sequence[str], part: Part) -> dict[str, object]:
    """The body that sends ``part`` to each of some people in private; at most 20 (dingtalk-stream.md section 8)."""
    return {"robotCode": robot_code, "userIds": list(staff_ids), **_content_of(part)}


def group_body(robot_code: str, conversation: str, part: Part) -> dict[str, object]:
    """The body that sends ``part`` to a group."""
    return {"robotCode": robot_code, "openConversationId": conversation, **_content_of(part)}


def _content_of(part: Part) -> dict[str, object]:
    if part.format == "markdown":
        key, param = "sampleMarkdown", {"title": title_of(part.content), "text": part.content}
    else:
        key, param = "sampleText", {"content": part.content}
    return {"msgKey": key, "msgParam": json_of(param).decode()}


def _declined(refused: Refused) -> Declined:
    """A refusal as a reply's: what is said of it, and what may still help."""
    if refused.reason.key == "delivery.call-unreachable":
        return Declined(text("delivery.reply-unreachable"), refused.remedy)
    meaning = meaning_of_api(refused.code) or _UNKNOWN
    key = "delivery.reply-refused"
    if refused.reason.key == "delivery.no-token":
        key = "delivery.reply-no-token"
    elif meaning.is_about_content:
        key = "delivery.reply-content"
    elif refused.remedy == "wait":
        key = "delivery.reply-throttled"
    return Declined(quoting(key, refused.words, code=refused.code), refused.remedy, wait=refused.wait)
