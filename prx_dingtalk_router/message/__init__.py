"""The message that rules see: read from a bot callback, and the one table of its fields."""

from typing import TYPE_CHECKING

from prx_dingtalk_router.lazy import names_on_demand
from prx_dingtalk_router.message.fields import FIELDS, Field, FieldKind
from prx_dingtalk_router.message.model import Message, Notice
from prx_dingtalk_router.message.sample_message import SampleMessage

if TYPE_CHECKING:
    from prx_dingtalk_router.message.reading import read_message
    from prx_dingtalk_router.message.recorded import recorded_callback
else:  # what is read of callbacks, which checking rules does without
    __getattr__ = names_on_demand(__name__, {"reading": "read_message", "recorded": "recorded_callback"})

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
