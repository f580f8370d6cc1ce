"""Calls of DingTalk's API with the robot's access token: the one place where they are made (dingtalk-cards-media.md 0.1, 10.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.dingtalk.access_token import AccessToken
from prx_dingtalk_router.delivery.dingtalk.address_ban import AddressBan
from prx_dingtalk_router.delivery.dingtalk.api_answers import (
    Accepted,
    Outcome,
    Refused,
    Unsure,
    read_api_answer,
)
from prx_dingtalk_router.delivery.dingtalk.api_codes import ADDRESS_BANNED, TOKEN_REFUSED, UNCOUNTED, USED_UP
from prx_dingtalk_router.delivery.dingtalk.json_text import json_of
from prx_dingtalk_router.delivery.dingtalk.meters import Calls, Meter, Unmetered
from prx_dingtalk_router.delivery.dingtalk.refusals import quoting
from prx_dingtalk_router.net import HttpClient, NotSent, Unknown

TOKEN_HEADER = "x-acs-dingtalk-access-token"  # noqa: S105 - the name of a header
CALL_SECONDS = 10.0

_HEADERS = {"content-type": "application/json", "accept": "application/json"}


class OpenApi:
    """Calls that end in time and say truthfully what came of them; nothing is repeated but a call whose token was refused.

    Args:
        http: of DingTalk; follows no redirects.
        api_base: where the API is, as ``https://api.dingtalk.com``.
        token: of the app whose calls these are.
        secrets: masked in what DingTalk says, besides the token.
        clock: tells when a ban is over that is not shared.
        ban: of this machine's address, shared with others that call DingTalk.
        calls: where each call is counted; those for a token are not (dingtalk-cards-media.md section 8.1).
    """

    def __init__(
        self,
        http: HttpClient,
        api_base: str,
        token: AccessToken,
        *,
        secrets: Iterable[str] = (),
        clock: Clock | None = None,
        ban: AddressBan | None = None,
        calls: Calls | None = None,
    ) -> None:
        self._calls: Calls = calls or Unmetered()
        self._http = http
        self._base = api_base.rstrip("/")
        self._token = token
        self._secrets = tuple(secrets)
        self._ban = ban or AddressBan(clock)

    async def call(
        self, method: str, path: str, body: Mapping[str, object], *, within: float = CALL_SECONDS
    ) -> Outcome:
        """Make one call. Never raises for what a peer does.

        A token that is refused is asked for anew, and the call made once more. While the public address is banned nothing is sent:
        calling on would prolong it.

        Args:
            method: of HTTP.
            path: as ``/v1.0/robot/groupMessages/send``.
            body: sent as JSON.
            within: seconds for the exchange; asking for a token is not counted.
        """
        content = json_of(body)
        outcome = await self._call(method, path, content, within)
        if isinstance(outcome, Refused) and _is_about_token(outcome):
            outcome = await self._call(method, path, content, within)
        return outcome

    async def _call(self, method: str, path: str, content: bytes, within: float) -> Outcome:
        if left := self._ban.left:
            reason = quoting("delivery.call-refused", "", code=ADDRESS_BANNED)
            return Refused(reason, "wait", ADDRESS_BANNED, wait=left)
        token = await self._token.get()
        if isinstance(token, Refused):
            return self._noting_ban(token)
        headers = {**_HEADERS, TOKEN_HEADER: token}
        self._calls.made(Meter.API)
        match await self._http.request(
            method, self._base + path, content=content, headers=headers, within=within
        ):
            case NotSent():
                self._calls.uncounted(Meter.API)
                return Refused(text("delivery.call-unreachable"), "backoff", wait=1.0)
            case Unknown():
                return Unsure(text("delivery.call-unknown"))
            case answer:
                outcome = read_api_answer(answer.status, answer.content, (*self._secrets, token))
        if isinstance(outcome, Accepted):
            self._calls.granted(Meter.API)
        if isinstance(outcome, Refused):
            if _is_about_token(outcome):
                self._token.refused(token)
            elif outcome.code in UNCOUNTED:
                self._calls.uncounted(Meter.API)
            elif outcome.code in USED_UP:
                self._calls.used_up(Meter.API)
            self._noting_ban(outcome)
        return outcome

    def _noting_ban(self, refused: Refused) -> Refused:
        if refused.code == ADDRESS_BANNED:
            self._ban.begin(refused.wait)
        return refused


def _is_about_token(refused: Refused) -> bool:
    """An expired or wrong token is 400 with its code, and 401 is seen for the same cause."""
    return refused.status == 401 or refused.code == TOKEN_REFUSED
