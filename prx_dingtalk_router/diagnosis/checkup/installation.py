"""What is examined: a configuration, its rules, and the peers that it names. What several checks ask is asked once."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from prx_dingtalk_router.delivery.dingtalk.access_token import TOKEN_PATH, token_body
from prx_dingtalk_router.diagnosis.checkup.agents.facts import AgentFacts, ask_agent
from prx_dingtalk_router.language import CheckContext
from prx_dingtalk_router.net import Answer, Exchange, HttpClient, HttpOptions
from prx_dingtalk_router.settings import Settings
from prx_dingtalk_router.stream import StreamOptions
from prx_dingtalk_router.stream.protocol.registration import Refusal, Registration
from prx_dingtalk_router.stream.registrar import Registrar

T = TypeVar("T")

_JSON = {"content-type": "application/json", "accept": "application/json"}


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """What came of asking for an access token.

    Attributes:
        exchange: the answer, or why there is none.
        token: that was given; empty if none was.
        ahead: seconds by which DingTalk's clock is ahead of ours; None where its answer does not say.
    """

    exchange: Exchange
    token: str = field(default="", repr=False)
    ahead: float | None = None


class Installation:
    """An installation under examination. Used in ``async with``.

    Args:
        settings: the configuration, secrets and all.
        rules: where the rules are.
        context: what they are checked against.
        now: the wall clock of this machine, in Unix seconds.
        least_free: bytes that the disk of the journal must have left.
    """

    def __init__(
        self,
        settings: Settings,
        rules: Path,
        context: CheckContext,
        *,
        now: Callable[[], float] = time.time,
        least_free: int = 200 * 1024 * 1024,
    ) -> None:
        self.settings = settings
        self.rules = rules
        self.context = context
        self.least_free = least_free
        self._now = now
        self._asked: dict[Hashable, asyncio.Task[Any]] = {}
        dingtalk = settings.dingtalk
        self._ca_file = str(dingtalk.ca_file) if dingtalk.ca_file else ""
        self._http: HttpClient | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)
        if self._http is not None:
            await self._http.aclose()

    async def registration(self) -> Registration | Refusal:
        """What DingTalk's gateway says to a registration, which opens no connection: a router that runs is not disturbed.

        Raises:
            RouterError: proxy or CA file are unusable.
        """
        return await self._once("registration", self._register)

    async def token(self) -> TokenAnswer:
        """What DingTalk says to a request for an access token.

        Raises:
            RouterError: proxy or CA file are unusable.
        """
        return await self._once("token", self._ask_token)

    async def agent(self, name: str) -> AgentFacts:
        """What an agent of the configuration says of itself."""
        return await self._once(("agent", name), lambda: ask_agent(self.settings.agents[name]))

    async def post(self, path: str, body: object, headers: dict[str, str] | None = None) -> Exchange:
        """Post JSON to DingTalk's API.

        Raises:
            RouterError: the CA file is unusable.
        """
        if self._http is None:
            proxy = self.settings.dingtalk.proxy.get_secret_value()
            self._http = HttpClient(HttpOptions(proxy=proxy, ca_file=self._ca_file))
        url = self.settings.dingtalk.api_base.rstrip("/") + path
        return await self._http.post(url, json.dumps(body).encode(), {**_JSON, **(headers or {})})

    async def _once(self, key: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
        if key not in self._asked:
            self._asked[key] = asyncio.ensure_future(ask())
        answer: T = await asyncio.shield(self._asked[key])
        return answer

    async def _register(self) -> Registration | Refusal:
        dingtalk, channel = self.settings.dingtalk, self.settings.channel
        registrar = Registrar(
            StreamOptions(
                client_id=channel.client_id,
                client_secret=channel.client_secret.get_secret_value(),
                api_base=dingtalk.api_base,
                proxy=dingtalk.proxy.get_secret_value(),
                ca_file=self._ca_file,
            )
        )
        try:
            return await registrar.register()
        finally:
            await registrar.aclose()

    async def _ask_token(self) -> TokenAnswer:
        channel = self.settings.channel
        began = self._now()
        exchange = await self.post(
            TOKEN_PATH,
            token_body(channel.client_id, channel.client_secret.get_secret_value()),
        )
        if not isinstance(exchange, Answer):
            return TokenAnswer(exchange)
        middle = (began + self._now()) / 2
        token = read_object(exchange).get("accessToken")
        sent_at = _sent_at(exchange)
        ahead = None if sent_at is None else sent_at - middle
        return TokenAnswer(exchange, token if isinstance(token, str) else "", ahead)


def read_object(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer; empty where it holds none."""
    try:
        document = json.loads(answer.content)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _sent_at(answer: Answer) -> float | None:
    """When an answer says that it was sent, in the middle of the second that it names."""
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")).timestamp() + 0.5
    except (TypeError, ValueError, OverflowError):
        return None
