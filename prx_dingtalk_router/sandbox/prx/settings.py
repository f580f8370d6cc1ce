"""What a simulated daemon reads from its configuration at start, with PRX's names and defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Autonomy = Literal["full", "supervised", "read_only"]


@dataclass(frozen=True, slots=True)
class PrxSettings:
    """Configuration of one daemon; read at start only (prx-gateway.md sections 4, 5.5, 10).

    Attributes:
        mode: ``gateway`` (one required component in `/health`) or ``daemon`` (two).
        require_pairing: whether the bearer token is checked anywhere.
        paired_tokens: SHA-256 hex or plaintext tokens; ``None`` lets the simulator provision one of its own,
            ``()`` starts unpaired with a pairing code.
        persist_tokens: whether a token from `/pair` outlives the process (``"persisted"`` of the answer).
        webhook_token: ``[webhook].token``; empty = the layer is off.
        signing_secret: ``[channels_config.webhook].secret``; empty = the layer is off.
        pair_rate_limit_per_minute: per client IP; this and the next two: 0 = unlimited.
        webhook_rate_limit_per_minute: per client IP and again per credential.
        api_rate_limit_per_minute: per token text, or per IP without one.
        rate_limit_max_keys: clients that each limiter remembers; 0 = 10,000.
        allow_public_bind: whether an address that is not loopback may be listened on.
        trust_forwarded_headers: whether `X-Real-IP` and `X-Forwarded-For` name the client.
        idempotency_ttl_secs: lifetime of a key from the end of its run; 0 = 1.
        idempotency_max_keys: keys kept at once; 0 = 10,000.
        autonomy: ``[autonomy].level``.
        memory_backend: ``sqlite``, ``postgres`` and ``lucid`` remember conversations, others do not.
        auto_save: whether long user messages go into the semantic store.
        record_user_messages: whether a conversation remembers what was asked.
        record_assistant_messages: whether a conversation remembers what was answered.
        vision: whether the model can see; without it an `[IMAGE:` marker fails the turn.
        model: name of the model in answers and status.
        version: version in `/api/status` and the agent card.
        channels: configured channels, as in `/api/status`.
        dingtalk_client_id: of ``[channels_config.dingtalk]``, where `/api/config` tells it.
        tells_config: whether `/api/config` answers with these settings, or with an empty object.
        idle_hang_secs: ``[runtime] idle_hang_secs``: silence after which a hanging turn ends with 500; 0 = never.
        kill_wait_secs: how long a cancel waits before it says ``requested``.
    """

    mode: Literal["gateway", "daemon"] = "gateway"
    require_pairing: bool = True
    paired_tokens: tuple[str, ...] | None = field(default=None, repr=False)
    persist_tokens: bool = True
    webhook_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    pair_rate_limit_per_minute: int = 10
    webhook_rate_limit_per_minute: int = 60
    api_rate_limit_per_minute: int = 60
    rate_limit_max_keys: int = 10_000
    allow_public_bind: bool = False
    trust_forwarded_headers: bool = False
    idempotency_ttl_secs: int = 300
    idempotency_max_keys: int = 10_000
    autonomy: Autonomy = "full"
    memory_backend: str = "sqlite"
    auto_save: bool = True
    record_user_messages: bool = True
    record_assistant_messages: bool = True
    vision: bool = True
    model: str = "anthropic/claude-sonnet-4"
    version: str = "0.8.32"
    channels: tuple[str, ...] = ("cli",)
    dingtalk_client_id: str = ""
    tells_config: bool = True
    idle_hang_secs: int = 1_800
    kill_wait_secs: float = 2.0
