"""What a Stream client is told: who it is, what it wants, and every time it keeps."""

from __future__ import annotations

from dataclasses import dataclass, field

from prx_dingtalk_router.stream.protocol.frames import Readers
from prx_dingtalk_router.stream.protocol.registration import BOT_MESSAGES, Subscription

DEFAULT_SUBSCRIPTIONS = (Subscription("CALLBACK", BOT_MESSAGES),)


@dataclass(frozen=True, slots=True)
class Timing:
    """Every time span of the client, in seconds (dingtalk-stream.md sections 1, 2 and 5). Tests make them small.

    Attributes:
        registration: whole exchange with the gateway.
        handshake: until the WebSocket is open.
        ping_interval: from one own ping to the next.
        pong_patience: until the answer to a ping must be there.
        drain: how long a connection is still read after its end was announced.
        useful_after: a connection this old was worth having, frames or not.
        backoff_first: ceiling of the first delay before another try.
        backoff_cap: ceiling of every delay; also the least delay after a quota refusal.
        credentials_retry: least time between two tries with refused credentials.
        close: how long the closing handshake of a connection may take.
    """

    registration: float = 10.0
    handshake: float = 10.0
    ping_interval: float = 20.0
    pong_patience: float = 15.0
    drain: float = 10.0
    useful_after: float = 60.0
    backoff_first: float = 1.0
    backoff_cap: float = 60.0
    credentials_retry: float = 60.0
    close: float = 3.0


@dataclass(frozen=True, slots=True)
class StreamOptions:
    """Who connects where, and for what.

    Attributes:
        client_id: Client ID (AppKey) of the app.
        client_secret: Client Secret; never shown.
        api_base: where to register; https, or http to loopback.
        proxy: for registration and WebSocket; ``""`` asks the environment.
        ca_file: PEM file of more certificate authorities; ``""`` for none.
        give_up_after: seconds of refused credentials until the client fails; they are tried a last time then. None never
            gives up.
        subscriptions: what the gateway shall push.
        readers: by topic, what reads the data of its callbacks; each gives a struct, or None for what shall be read as any JSON.
        take_events: leave the answer to platform events to the consumer.
        max_waiting_frames: most callbacks and events that wait for the consumer.
        max_waiting_bytes: most bytes of memory that frames take while they wait for the consumer.
        max_waiting_answers: most answers that wait for a connection whose other end reads slowly; what is more is not sent.
        max_message: most bytes of one WebSocket message.
        ua: the mark of this client, ``name-sdk-language/version``.
        timing: the time spans.
        seed: of the jitter, to foresee it; None for a different one each time.
    """

    client_id: str
    client_secret: str = field(repr=False)
    api_base: str = "https://api.dingtalk.com"
    proxy: str = field(default="", repr=False)
    ca_file: str = ""
    give_up_after: float | None = 600.0
    subscriptions: tuple[Subscription, ...] = DEFAULT_SUBSCRIPTIONS
    readers: Readers = field(default_factory=dict)
    take_events: bool = False
    max_waiting_frames: int = 10_000
    max_waiting_bytes: int = 64 * 1024 * 1024
    max_waiting_answers: int = 10_000
    max_message: int = 1024 * 1024
    ua: str = "prx-router-sdk-python/0.1.0"
    timing: Timing = field(default_factory=Timing)
    seed: int | None = None
