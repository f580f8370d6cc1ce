"""Replies to DingTalk: the session webhook, and the seam where the robot API will join (dingtalk-stream.md 7-9)."""

from prx_dingtalk_router.delivery.dingtalk.refusals import without_quote
from prx_dingtalk_router.delivery.dingtalk.replies import Replies
from prx_dingtalk_router.delivery.dingtalk.route import Declined, Part, Posted, Route, Sent, Unconfirmed
from prx_dingtalk_router.delivery.dingtalk.sending import AboutTo, Delivered, Later, Sending, Undelivered
from prx_dingtalk_router.delivery.dingtalk.session_webhook import SessionWebhook

__all__ = [
    "AboutTo",
    "Declined",
    "Delivered",
    "Later",
    "Part",
    "Posted",
    "Replies",
    "Route",
    "Sending",
    "Sent",
    "SessionWebhook",
    "Unconfirmed",
    "Undelivered",
    "without_quote",
]
