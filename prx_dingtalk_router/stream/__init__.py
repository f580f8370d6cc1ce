"""DingTalk Stream Mode for Python: receive callbacks, answer them, stay connected. Knows no rules and no journal.

::

    client = StreamClient(StreamOptions(client_id="ding…", client_secret="…"))
    async for event in client.events():
        if isinstance(event, Callback):
            await event.ack()
"""

from prx_dingtalk_router.errors import (
    CredentialsRefused,
    LocalStreamError,
    RegistrationError,
    RemoteStreamError,
    RouterError,
    StreamError,
)
from prx_dingtalk_router.stream.client import StreamClient, StreamState
from prx_dingtalk_router.stream.counters import StreamCounters
from prx_dingtalk_router.stream.events import (
    BadFrameSeen,
    Callback,
    Event,
    Lost,
    Opened,
    PlatformEvent,
    Refused,
    Written,
    acknowledge,
)
from prx_dingtalk_router.stream.options import StreamOptions, Timing
from prx_dingtalk_router.stream.protocol.liveness import LossReason
from prx_dingtalk_router.stream.protocol.registration import BOT_MESSAGES, RefusalKind, Subscription
from prx_dingtalk_router.stream.topics import Handler, Topics

__all__ = [
    "BOT_MESSAGES",
    "BadFrameSeen",
    "Callback",
    "CredentialsRefused",
    "Event",
    "Handler",
    "LocalStreamError",
    "LossReason",
    "Lost",
    "Opened",
    "PlatformEvent",
    "RefusalKind",
    "Refused",
    "RegistrationError",
    "RemoteStreamError",
    "RouterError",
    "StreamClient",
    "StreamCounters",
    "StreamError",
    "StreamOptions",
    "StreamState",
    "Subscription",
    "Timing",
    "Topics",
    "Written",
    "acknowledge",
]
