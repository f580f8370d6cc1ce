"""Replies to DingTalk over the session webhook, and calls of its API (dingtalk-stream.md 7-9, dingtalk-cards-media.md 0.1)."""

from prx_dingtalk_router.delivery.dingtalk.access_token import AccessToken
from prx_dingtalk_router.delivery.dingtalk.address_ban import AddressBan
from prx_dingtalk_router.delivery.dingtalk.api_answers import Accepted, Outcome, Refused, Unsure
from prx_dingtalk_router.delivery.dingtalk.budget import Budget
from prx_dingtalk_router.delivery.dingtalk.call_keeping import CallKeeping
from prx_dingtalk_router.delivery.dingtalk.call_ledger import (
    BudgetEvent,
    BudgetNearlySpent,
    BudgetSpent,
    CallLedger,
    MonthOfMeter,
)
from prx_dingtalk_router.delivery.dingtalk.meters import CallPurpose, Calls, Meter, Unmetered
from prx_dingtalk_router.delivery.dingtalk.open_api import OpenApi
from prx_dingtalk_router.delivery.dingtalk.reactions import RobotReactions
from prx_dingtalk_router.delivery.dingtalk.refusals import without_quote
from prx_dingtalk_router.delivery.dingtalk.replies import Replies
from prx_dingtalk_router.delivery.dingtalk.robot_api import RobotApi
from prx_dingtalk_router.delivery.dingtalk.route import Declined, Part, Posted, Route, Sent, Unconfirmed
from prx_dingtalk_router.delivery.dingtalk.sending import AboutTo, Delivered, Later, Sending, Undelivered
from prx_dingtalk_router.delivery.dingtalk.session_webhook import SessionWebhook

__all__ = [
    "AboutTo",
    "Accepted",
    "AccessToken",
    "AddressBan",
    "Budget",
    "BudgetEvent",
    "BudgetNearlySpent",
    "BudgetSpent",
    "CallKeeping",
    "CallLedger",
    "CallPurpose",
    "Calls",
    "Declined",
    "Delivered",
    "Later",
    "Meter",
    "MonthOfMeter",
    "OpenApi",
    "Outcome",
    "Part",
    "Posted",
    "Refused",
    "Replies",
    "RobotApi",
    "RobotReactions",
    "Route",
    "Sending",
    "Sent",
    "SessionWebhook",
    "Unconfirmed",
    "Undelivered",
    "Unmetered",
    "Unsure",
    "without_quote",
]
