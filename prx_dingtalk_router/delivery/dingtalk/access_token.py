"""The robot's access token: kept while it is good, asked for by one caller for all (dingtalk-stream.md section 8)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk.api_answers import Accepted, Refused, read_api_answer
from prx_dingtalk_router.delivery.dingtalk.refusals import quoting
from prx_dingtalk_router.net import HttpClient, NotSent, Unknown

TOKEN_PATH = "/v1.0/oauth2/accessToken"  # noqa: S105 - an address

_HEADERS = {"content-type": "application/json", "accept": "application/json"}
_MARGIN = 300.0
_MARGIN_SHARE = 0.1
_LIFE = 7_200.0
# Whoever waits in line behind a refusal would only get the same one.
_HOLD_REFUSAL = 1.0


class AccessToken:
    """The token of one app; only ever held in memory, never shown.

    Args:
        http: of DingTalk.
        api_base: where the API is, as ``https://api.dingtalk.com``.
        client_id: of the app.
        client_secret: of the app.
        clock: tells how long a token is good.
    """

    def __init__(
        self,
        http: HttpClient,
        api_base: str,
        client_id: str,
        client_secret: str,
        *,
        clock: Clock | None = None,
    ) -> None:
        self._http = http
        self._url = api_base.rstrip("/") + TOKEN_PATH
        self._client_id, self._client_secret = client_id, client_secret
        self._clock: Clock = clock or SystemClock()
        self._asking = asyncio.Lock()
        self._value = ""
        self._good_until = 0.0
        self._refused: Refused | None = None
        self._refused_until = 0.0

    async def get(self) -> str | Refused:
        """The token, asked for if there is none that is still good; why there is none otherwise."""
        if self._is_good():
            return self._value
        async with self._asking:
            if self._is_good():
                return self._value
            if self._refused is not None and self._clock.monotonic() < self._refused_until:
                return self._refused
            return await self._ask()

    def refused(self, value: str) -> None:
        """Forget ``value``, which DingTalk does not take any more; one that came since is kept."""
        if value == self._value:
            self._value = ""

    def _is_good(self) -> bool:
        return bool(self._value) and self._clock.monotonic() < self._good_until

    async def _ask(self) -> str | Refused:
        asked_at = self._clock.monotonic()
        body = json.dumps(token_body(self._client_id, self._client_secret)).encode()
        match await self._http.post(self._url, body, _HEADERS):
            case NotSent() | Unknown():
                # Asking once more does no harm.
                return self._hold(Refused(text("delivery.call-unreachable"), "backoff"))
            case answer:
                outcome = read_api_answer(answer.status, answer.content, [self._client_secret])
        if isinstance(outcome, Accepted):
            value = outcome.answer.get("accessToken")
            if isinstance(value, str) and value and value.isascii() and value.isprintable():
                return self._keep(value, _seconds(outcome.answer), asked_at)
        if isinstance(outcome, Refused):
            reason = quoting("delivery.no-token", outcome.words, code=outcome.code)
            return self._hold(replace(outcome, reason=reason))
        return self._hold(Refused(quoting("delivery.no-token", "", code=answer.status), "backoff"))

    def _keep(self, value: str, life: float, asked_at: float) -> str:
        self._value, self._refused = value, None
        self._good_until = asked_at + life - min(_MARGIN, life * _MARGIN_SHARE)
        return value

    def _hold(self, refused: Refused) -> Refused:
        self._refused, self._refused_until = refused, self._clock.monotonic() + _HOLD_REFUSAL
        return refused


def token_body(client_id: str, client_secret: str) -> Mapping[str, str]:
    """What a token is asked for with; without the white space that pasting leaves around id and secret."""
    return {"appKey": client_id.strip(), "appSecret": client_secret.strip()}


def _seconds(answer: Mapping[str, object]) -> float:
    """How long a token lives by its answer."""
    told = answer.get("expireIn")
    try:
        life = float(told) if isinstance(told, (int, float, str)) and not isinstance(told, bool) else _LIFE
    except (ValueError, OverflowError):
        life = _LIFE
    return life if 0 < life < float("inf") else _LIFE
