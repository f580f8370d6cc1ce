"""A bot on the Stream core alone: it says every text back through the session webhook."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net import Answer, HttpClient, host_allowed
from prx_dingtalk_router.stream import Callback, StreamClient, StreamOptions


async def run(options: StreamOptions, webhook_hosts: list[str]) -> None:
    async with HttpClient() as http, StreamClient(options) as client:
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
            answer = await http.post(
                webhook, json.dumps(reply).encode(), {"content-type": "application/json"}
            )
            # A refusal comes with HTTP 200 too: what DingTalk says is in the body.
            print(
                event.message_id,
                answer.content.decode(errors="replace") if isinstance(answer, Answer) else answer,
            )


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
