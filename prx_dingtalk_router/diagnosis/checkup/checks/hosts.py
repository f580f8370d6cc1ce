"""Can DingTalk's hosts be reached? The API, the host of session webhooks, and the one that the gateway names for the WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from urllib.parse import urlsplit

from prx_dingtalk_router.diagnosis.checkup.finding import Finding, found
from prx_dingtalk_router.diagnosis.checkup.hops import walk
from prx_dingtalk_router.diagnosis.checkup.installation import Installation
from prx_dingtalk_router.net import host_allowed, is_loopback
from prx_dingtalk_router.stream.protocol.registration import Registration

_NAME = "host"
_WEBHOOKS = "https://oapi.dingtalk.com"


async def check_hosts(installation: Installation) -> Sequence[Finding]:
    """Go to each host as the router would, and say at which hop the way ends."""
    urls = [url async for url in _hosts(installation)]
    return await asyncio.gather(*(_check(url, installation) for url in urls))


async def _hosts(installation: Installation) -> AsyncIterator[str]:
    dingtalk = installation.settings.dingtalk
    yield dingtalk.api_base
    if host_allowed(_WEBHOOKS, dingtalk.webhook_hosts) and not is_loopback(
        urlsplit(dingtalk.api_base).hostname
    ):
        yield _WEBHOOKS
    answer = await installation.registration()
    if isinstance(answer, Registration):
        yield answer.endpoint


async def _check(url: str, installation: Installation) -> Finding:
    dingtalk = installation.settings.dingtalk
    parts = urlsplit(url)
    shown = f"{parts.scheme}://{parts.netloc}"
    broken = await walk(
        url, dingtalk.proxy.get_secret_value(), str(dingtalk.ca_file) if dingtalk.ca_file else ""
    )
    if broken is None:
        return found("ok", _NAME, "ok", shown)
    return found("failed", _NAME, broken.hop, shown, host=broken.host, why=broken.why)
