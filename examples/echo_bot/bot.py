"""A bot on the Stream core alone: it says every text back through the session webhook."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys

import httpx

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net import host_allowed, http_client
from prx_dingtalk_router.stream import Callback, StreamClient, StreamOptions


async def run(options: StreamOptions, webhook_hosts: list[str]) -> None:
    async with http_client() as http, StreamClient(options) as client:
        async for event in client.events():
            if not isinstance(event, Callback) or not await event.ack():
                continue  # unanswered, it comes again
            text, webhook = event.data.get("text"), event.data.get("sessionWebhook")
            content = text.get("content") if isinstance(text, dict) else None
            if (
                not isinstance(content, str)
                or not isinstance(webhook, str)
                or not host_allowed(webhook, webhook_hosts)
            ):
                continue
            reply = {"msgtype": "text", "text": {"content": content.strip() or "？"}}
            try:
                answer = await http.post(webhook, json=reply)
                print(event.message_id, answer.json().get("errmsg"))  # a refusal comes with HTTP 200 too
            except (httpx.HTTPError, ValueError) as error:
                print(event.message_id, type(error).__name__)


if __name__ == "__main__":
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(
                run(
                    StreamOptions(
                        client_id=os.environ["DINGTALK_CLIENT_ID"],
                        client_secret=os.environ["DINGTALK_CLIENT_SECRET"],
                        api_base=os.environ.get("DINGTALK_API_BASE", "https://api.dingtalk.com"),
                    ),
                    os.environ.get("WEBHOOK_HOSTS", "*.dingtalk.com *.dingtalk.io").split(),
                )
            )
    except KeyError as missing:
        sys.exit(f"set {missing.args[0]}")
    except RouterError as error:
        sys.exit(str(error))
