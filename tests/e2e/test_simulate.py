"""``simulate``: one side of the world alone, for other programs' tests."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest


@pytest.fixture
def started(sandboxed: Any) -> Callable[..., Any]:
    """Starts ``simulate`` and gives the process and the address it tells."""

    async def start(*arguments: str) -> tuple[Any, str]:
        process = await sandboxed.simulate(*arguments)
        (line, *_) = await process.log.until(lambda each: "http://" in each["text"])
        return process, line["text"]

    return start


def address(said: str) -> str:
    """The first address in a sentence."""
    return next(
        word.rstrip(",;，；)）") for word in said.replace("：", " ").split() if word.startswith("http://")
    )


async def test_dingtalk_alone_takes_registrations(started: Callable[..., Any]) -> None:
    """DingTalk gives a ticket to the client id that was named, and ends with 130 on Ctrl-C."""
    process, said = await started("dingtalk", "--client-id", "ding1", "--client-secret", "x1")
    asked = {
        "clientId": "ding1",
        "clientSecret": "x1",
        "subscriptions": [{"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get"}],
        "ua": "test/1",
    }
    url = f"{address(said)}/v1.0/gateway/connections/open"
    headers = {"Accept": "application/json"}
    async with aiohttp.ClientSession() as http, http.post(url, json=asked, headers=headers) as answer:
        assert answer.status == 200
        assert (await answer.json())["ticket"]
    process.signal(signal.SIGINT)
    assert await process.ended() == 130
    assert "Traceback" not in process.said
