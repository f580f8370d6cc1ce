"""DingTalk on loopback: registration, Stream Mode, session webhooks, tokens and the robot API, true to the wire."""

from prx_dingtalk_router.sandbox.dingtalk.directory import App, Conversation, Directory, Person
from prx_dingtalk_router.sandbox.dingtalk.events import (
    Acked,
    Announced,
    Connected,
    Disconnected,
    Event,
    PingAnswered,
    Pushed,
    Reacted,
    Refused,
    Registered,
    Replied,
    Undelivered,
    Vanished,
    Wrote,
)
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults
from prx_dingtalk_router.sandbox.dingtalk.reactions import Chip
from prx_dingtalk_router.sandbox.dingtalk.said import Said
from prx_dingtalk_router.sandbox.dingtalk.server import DingTalk
from prx_dingtalk_router.sandbox.dingtalk.transcript import Button, Line

__all__ = [
    "Acked",
    "Announced",
    "App",
    "Button",
    "Chip",
    "Connected",
    "Conversation",
    "DingTalk",
    "Directory",
    "Disconnected",
    "Event",
    "Faults",
    "Line",
    "Person",
    "PingAnswered",
    "Pushed",
    "Reacted",
    "Refused",
    "Registered",
    "Replied",
    "Said",
    "Undelivered",
    "Vanished",
    "Wrote",
]
