"""Reactions on what people wrote: the two calls of DingTalk's API, without any policy (dingtalk-cards-media.md section 1)."""

from __future__ import annotations

from prx_dingtalk_router.delivery.dingtalk.api_answers import Outcome
from prx_dingtalk_router.delivery.dingtalk.open_api import OpenApi

REPLY = "/v1.0/robot/emotion/reply"
RECALL = "/v1.0/robot/emotion/recall"
CALL_SECONDS = 5.0

_EMOTION_TYPE = 2
_EMOTION_ID = "2659900"
_BACKGROUND_ID = "im_bg_1"


class RobotReactions:
    """Sets reactions of the robot, and takes them away.

    Args:
        api: of the robot's app.
    """

    def __init__(self, api: OpenApi) -> None:
        self._api = api

    async def attach(self, robot: str, conversation: str, msg_id: str, name: str) -> Outcome:
        """Set a reaction.

        Args:
            robot: the robot's code.
            conversation: DingTalk's id of where the message is, in private too.
            msg_id: of a person's message.
            name: the visible text: one emoji and a short word.
        """
        body = reaction_body(robot, conversation, msg_id, name)
        return await self._api.call("POST", REPLY, body, within=CALL_SECONDS)

    async def recall(self, robot: str, conversation: str, msg_id: str, name: str) -> Outcome:
        """Take a reaction away, by the name with which it was set; that there is none is no refusal."""
        body = reaction_body(robot, conversation, msg_id, name)
        return await self._api.call("POST", RECALL, body, within=CALL_SECONDS)


def reaction_body(robot: str, conversation: str, msg_id: str, name: str) -> dict[str, object]:
    """The body of both calls: the text is free, the ids are those that every client sends."""
    return {
        "robotCode": robot,
        "openMsgId": msg_id,
        "openConversationId": conversation,
        "emotionType": _EMOTION_TYPE,
        "emotionName": name,
        "textEmotion": {
            "emotionId": _EMOTION_ID,
            "emotionName": name,
            "text": name,
            "backgroundId": _BACKGROUND_ID,
        },
    }
