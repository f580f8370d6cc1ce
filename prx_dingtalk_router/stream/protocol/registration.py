"""Asking the gateway for a connection, without sockets: what is sent, and what an answer means.

dingtalk-stream.md section 1 (request and answers) and section 2 (the address of the WebSocket).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net import mask_values, redact, wss_or_loopback

REGISTER_PATH = "/v1.0/gateway/connections/open"
BOT_MESSAGES = "/v1.0/im/bot/messages/get"

HEADERS: Mapping[str, str] = {
    "content-type": "application/json",
    "accept": "application/json",  # without it the answer can be XML
}


@dataclass(frozen=True, slots=True)
class Subscription:
    """What the gateway shall push: ``type`` is ``CALLBACK`` with a topic, or ``EVENT`` with ``*``."""

    type: str
    topic: str


class RefusalKind(StrEnum):
    """Why the gateway gave no connection; the values are used as labels."""

    CREDENTIALS = "credentials"
    SETUP = "setup"
    QUOTA = "quota"
    NOT_JSON = "not-json"
    NO_TICKET = "no-ticket"
    ENDPOINT = "endpoint"
    UNAVAILABLE = "unavailable"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    HANDSHAKE = "handshake"
    OTHER = "other"


class Retry(StrEnum):
    """How soon another try makes sense."""

    BACKOFF = "backoff"
    LONGER = "longer"
    SLOWLY = "slowly"


RETRIES: Mapping[RefusalKind, Retry] = {
    RefusalKind.CREDENTIALS: Retry.SLOWLY,
    RefusalKind.SETUP: Retry.BACKOFF,
    RefusalKind.QUOTA: Retry.LONGER,
    RefusalKind.NOT_JSON: Retry.BACKOFF,
    RefusalKind.NO_TICKET: Retry.BACKOFF,
    RefusalKind.ENDPOINT: Retry.BACKOFF,
    RefusalKind.UNAVAILABLE: Retry.BACKOFF,
    RefusalKind.TIMEOUT: Retry.BACKOFF,
    RefusalKind.UNREACHABLE: Retry.BACKOFF,
    RefusalKind.HANDSHAKE: Retry.BACKOFF,
    RefusalKind.OTHER: Retry.BACKOFF,
}


@dataclass(frozen=True, slots=True)
class Registration:
    """A connection that may be opened once, within 90 seconds.

    Attributes:
        endpoint: host and path to connect to, as returned.
        ticket: the credential; never logged, never used twice.
    """

    endpoint: str
    ticket: str = field(repr=False)

    def url(self) -> str:
        """The address to connect to; it holds the ticket, so it is never logged either."""
        return connect_url(self.endpoint, self.ticket)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The gateway, or something on the way, gave no connection.

    Attributes:
        kind: why.
        text: what it said and what to do, for the person who runs the bot.
        status: of HTTP; None when no answer came.
    """

    kind: RefusalKind
    text: Text
    status: int | None = None

    @property
    def retry(self) -> Retry:
        """How soon to ask again."""
        return RETRIES[self.kind]


def request_body(
    *,
    client_id: str,
    client_secret: str,
    subscriptions: Iterable[Subscription],
    ua: str = "",
    local_ip: str = "",
) -> dict[str, Any]:
    """The body of the registration request; id and secret without the white space that pasting leaves around them."""
    body: dict[str, Any] = {
        "clientId": client_id.strip(),
        "clientSecret": client_secret.strip(),
        "subscriptions": [{"type": wanted.type, "topic": wanted.topic} for wanted in subscriptions],
    }
    if ua:
        body["ua"] = ua
    if local_ip:
        body["localIp"] = local_ip
    return body


def classify(status: int, body: bytes, secrets: Iterable[str] = ()) -> Registration | Refusal:
    """What an answer to the registration means, whatever its body holds.

    Args:
        status: of HTTP.
        body: whatever came.
        secrets: values that are not repeated in a refusal, though the answer may echo them.
    """
    document = _document(body)
    if document is not None and isinstance(document.get("ticket"), str):
        secrets = (*secrets, document["ticket"])
    if status == 200 and document is not None:
        return _accepted(document, secrets)
    said = _said(status, document, secrets)
    if status == 401:
        return Refusal(RefusalKind.CREDENTIALS, text("stream.credentials", said=said), status)
    if status in (403, 429):
        return Refusal(RefusalKind.QUOTA, text("stream.quota", said=said), status)
    if status >= 500:
        return Refusal(RefusalKind.UNAVAILABLE, text("stream.unavailable", said=said), status)
    if document is None:
        return Refusal(RefusalKind.NOT_JSON, text("stream.not-json", status=status), status)
    if status == 400:
        return Refusal(RefusalKind.SETUP, text("stream.setup", said=said), status)
    return Refusal(RefusalKind.OTHER, text("stream.unexpected-answer", said=said), status)


def connect_url(endpoint: str, ticket: str) -> str:
    """``endpoint`` with the ticket in its query, percent-encoded, after whatever query it has."""
    parts = urlsplit(endpoint)
    argument = f"ticket={quote(ticket, safe='')}"
    query = f"{parts.query}&{argument}" if parts.query else argument
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))


def _accepted(document: dict[str, Any], secrets: Iterable[str]) -> Registration | Refusal:
    endpoint, ticket = document.get("endpoint"), document.get("ticket")
    if not isinstance(endpoint, str) or not isinstance(ticket, str) or not endpoint.strip() or not ticket:
        return Refusal(RefusalKind.NO_TICKET, text("stream.no-ticket"), 200)
    try:
        wss_or_loopback(endpoint.strip())
        connect_url(endpoint.strip(), ticket).encode("ascii")
    except (RouterError, ValueError) as error:  # halves of surrogate pairs; a host that is not ASCII
        why = text("stream.url-unreadable", secure="wss")
        if isinstance(error, RouterError) and mask_values(endpoint, secrets) == endpoint:
            why = error.text
        return Refusal(RefusalKind.ENDPOINT, text("stream.endpoint", why=why), 200)
    return Registration(endpoint.strip(), ticket)


def _document(body: bytes) -> dict[str, Any] | None:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _said(status: int, document: dict[str, Any] | None, secrets: Iterable[str]) -> str:
    """Status, code and message in one line; cut, and without what could be a secret."""
    said = f"HTTP {status}"
    if document is not None:
        for name in ("code", "message"):
            value = document.get(name)
            if isinstance(value, (str, int)) and not isinstance(value, bool):
                said += " " + " ".join(redact(mask_values(str(value), secrets))[:200].split())
    return said.encode("utf-8", "replace").decode()
