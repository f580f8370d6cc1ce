"""Asks the gateway for connections over HTTP; whatever goes wrong comes back as a ``Refusal``."""

from __future__ import annotations

import httpx

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net import (
    HttpOptions,
    ResponseTooLarge,
    http_client,
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
        self._url = https_or_loopback(options.api_base.rstrip("/") + REGISTER_PATH)
        self._body = request_body(
            client_id=options.client_id,
            client_secret=options.client_secret,
            subscriptions=options.subscriptions,
            ua=options.ua,
        )
        self._secrets = (options.client_secret,)
        self._http = http_client(
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
        try:
            answer = await self._http.post(self._url, json=self._body)
        except httpx.TimeoutException:
            return Refusal(RefusalKind.TIMEOUT, text("stream.timeout"))
        except ResponseTooLarge:
            return Refusal(RefusalKind.NOT_JSON, text("stream.not-json", status="200"))
        except (httpx.HTTPError, httpx.InvalidURL, RouterError) as error:
            why = f"{type(error).__name__}: {redact(mask_values(str(error), self._secrets))[:300]}".rstrip(
                ": "
            )
            return Refusal(RefusalKind.UNREACHABLE, text("stream.unreachable", why=why))
        return classify(answer.status_code, answer.content, self._secrets)

    async def aclose(self) -> None:
        """Close the HTTP client."""
        await self._http.aclose()
