"""The message that rules see: read from a bot callback, and the one table of its fields."""

from prx_dingtalk_router.message.fields import FIELDS, Field, FieldKind
from prx_dingtalk_router.message.model import Message, Notice
from prx_dingtalk_router.message.reading import read_message
from prx_dingtalk_router.message.recorded import recorded_callback
from prx_dingtalk_router.message.sample_message import SampleMessage

__all__ = [
    "FIELDS",
    "Field",
    "FieldKind",
    "Message",
    "Notice",
    "SampleMessage",
    "read_message",
    "recorded_callback",
]
