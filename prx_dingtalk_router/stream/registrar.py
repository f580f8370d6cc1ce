"""Asks the gateway for connections over HTTP; whatever goes wrong comes back as a ``Refusal``."""

from __future__ import annotations

import json

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.net import (
    Answer,
    NotSent,
    Unknown,
    https_or_loopback,
    mask_values,
    redact,
)
from prx_dingtalk_router.stream.options import StreamOptions
from prx_dingtalk_router.stream.protocol.registration import (
    HEADERS,
    REGISTER_PATH,
    Refusal,
    RefusalKind,
    Registration,
    classify,
    request_body,
)


class Registrar:
    """One HTTP client for the registrations of one Stream client.

    Raises:
        RouterError: ``api_base`` is neither https nor loopback, or the CA file cannot be used.
    """

    def __init__(self, options: StreamOptions) -> None:
        # Not before somebody connects: they are most of what importing this package would take.
        from prx_dingtalk_router.net import HttpClient, HttpOptions

        self._url = https_or_loopback(options.api_base.rstrip("/") + REGISTER_PATH)
        body = request_body(
            client_id=options.client_id,
            client_secret=options.client_secret,
            subscriptions=options.subscriptions,
            ua=options.ua,
        )
        self._body = json.dumps(body).encode()
        self._secrets = (options.client_secret,)
        self._http = HttpClient(
            HttpOptions(
                proxy=options.proxy,
                ca_file=options.ca_file,
                connect_timeout=options.timing.registration,
                total_timeout=options.timing.registration,
                max_body=64 * 1024,
                headers={**HEADERS, "user-agent": options.ua},
            )
        )

    async def register(self) -> Registration | Refusal:
        """Ask once. A registration is good for one connection, within 90 seconds."""
        match await self._http.post(self._url, self._body):
            case Answer() as answer:
                return classify(answer.status, answer.content, self._secrets)
            case NotSent(kind="timeout") | Unknown(kind="timeout"):
                return Refusal(RefusalKind.TIMEOUT, text("stream.timeout"))
            case Unknown(kind="too-large"):
                return Refusal(RefusalKind.NOT_JSON, text("stream.not-json", status="200"))
            case NotSent() | Unknown() as failed:
                why = redact(mask_values(failed.detail, self._secrets))[:300]
                return Refusal(RefusalKind.UNREACHABLE, text("stream.unreachable", why=why))

    async def aclose(self) -> None:
        """Close the HTTP client."""
        await self._http.aclose()
