"""Replies to DingTalk: the session webhook, and the seam where the robot API will join (dingtalk-stream.md 7-9)."""

from prx_dingtalk_router.delivery.dingtalk.refusals import without_quote
from prx_dingtalk_router.delivery.dingtalk.replies import Delivered, Replies, Undelivered
from prx_dingtalk_router.delivery.dingtalk.route import Part, Posted, Refused, Route, Sent, Unconfirmed
from prx_dingtalk_router.delivery.dingtalk.session_webhook import SessionWebhook

__all__ = [
    "Delivered",
    "Part",
    "Posted",
    "Refused",
    "Replies",
    "Route",
    "Sent",
    "SessionWebhook",
    "Unconfirmed",
    "Undelivered",
    "without_quote",
]
