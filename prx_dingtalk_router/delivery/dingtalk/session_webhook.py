"""The route through the session webhook that a message brings (dingtalk-stream.md section 7)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.dingtalk.address_ban import AddressBan
from prx_dingtalk_router.delivery.dingtalk.api_answers import is_ban
from prx_dingtalk_router.delivery.dingtalk.api_codes import ADDRESS_BANNED, BAN_SECONDS, meaning_of_api
from prx_dingtalk_router.delivery.dingtalk.bodies import reply_body
from prx_dingtalk_router.delivery.dingtalk.errcodes import THROTTLED_SECONDS, WEBHOOK_GONE, meaning_of
from prx_dingtalk_router.delivery.dingtalk.json_text import object_of
from prx_dingtalk_router.delivery.dingtalk.meters import Calls, Meter, Unmetered
from prx_dingtalk_router.delivery.dingtalk.refusals import quoting, secrets_of, words_of
from prx_dingtalk_router.delivery.dingtalk.route import Declined, Part, Posted, Sent, Unconfirmed
from prx_dingtalk_router.delivery.dingtalk.splitting import MOST_BYTES
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.net import HttpClient, NotSent, Unknown, host_allowed

logger = logging.getLogger(__name__)

# What the posting itself may take: sent within it, the webhook is still good when it arrives.
EXPIRY_MARGIN_MS = 2_000

_HEADERS = {"content-type": "application/json; charset=utf-8"}
# A ban on the public address answers with a page, or with this status in a 200 (section 7).
_ADDRESS_BANNED = int(ADDRESS_BANNED)
# Nobody is believed who asks for more than an hour.
_LONGEST_WAIT = 3_600.0
_LARGEST = 10**12
_MOST_GONE = 1_000


class SessionWebhook:
    """Posts to the webhook of a message: only to listed hosts, only before it expires, believing only ``errcode`` 0.

    Args:
        http: of DingTalk; follows no redirects.
        hosts: the ``webhook_hosts`` of the configuration.
        clock: tells whether a webhook has expired.
        secrets: what must not be kept of an answer, such as the client secret; the webhook itself never is.
        calls: where each post is counted.
        ban: of this machine's address, shared with others that call DingTalk.
    """

    name = "webhook"
    most_bytes = MOST_BYTES

    def __init__(
        self,
        http: HttpClient,
        hosts: Sequence[str],
        *,
        clock: Clock | None = None,
        secrets: Sequence[str] = (),
        calls: Calls | None = None,
        ban: AddressBan | None = None,
    ) -> None:
        self._ban = ban or AddressBan(clock)
        self._calls: Calls = calls or Unmetered()
        self._http = http
        self._hosts = tuple(hosts)
        self._secrets = tuple(secrets)
        self._clock: Clock = clock or SystemClock()
        self._gone: dict[str, None] = {}
        self._has_warned = False

    def barred(self, message: Message) -> Text | None:
        """Why the webhook takes nothing: there is none, or it has expired, or was refused as such."""
        url = message.session_webhook
        if not url:
            return text("delivery.no-webhook")
        expires = message.session_webhook_expires_ms
        if url in self._gone or (expires and self._clock.now_ms() > expires - EXPIRY_MARGIN_MS):
            return text("delivery.webhook-expired")
        return None

    async def post(self, message: Message, part: Part) -> Posted:
        """Send one part; the webhook is never logged."""
        barred = self.barred(message)
        if barred is not None:
            return Declined(barred, "other-route")
        url = message.session_webhook
        if not host_allowed(url, self._hosts):
            self._warn()
            return Declined(text("delivery.webhook-host"), "other-route")
        if left := self._ban.left:
            return Declined(quoting("delivery.reply-throttled", "", code=_ADDRESS_BANNED), "wait", wait=left)
        body = reply_body(part.format, part.content, part.mentions)
        self._calls.made(Meter.WEBHOOK_AND_STREAM)
        match await self._http.post(url, body, _HEADERS):
            case NotSent():
                self._calls.uncounted(Meter.WEBHOOK_AND_STREAM)
                return Declined(text("delivery.reply-unreachable"), "backoff")
            case Unknown():
                return Unconfirmed(text("delivery.reply-unknown"))
            case answer:
                posted = read_answer(
                    answer.status, answer.content, lambda: (*self._secrets, *secrets_of(url))
                )
        if isinstance(posted, Declined):
            if posted.code in WEBHOOK_GONE:
                self._note_gone(url)
            elif posted.code == _ADDRESS_BANNED:
                self._ban.begin(posted.wait)
        return posted

    def _warn(self) -> None:
        """Say once that webhooks are not used for their host."""
        if not self._has_warned:
            self._has_warned = True
            logger.warning(text("delivery.webhook-unused", remedy=text("delivery.remedy-webhook-host")))

    def _note_gone(self, url: str) -> None:
        self._gone[url] = None
        if len(self._gone) > _MOST_GONE:
            del self._gone[next(iter(self._gone))]


def read_answer(status: int, content: bytes, secrets: Callable[[], Iterable[str]] = tuple) -> Posted:
    """What an answer to a reply means: success is 2xx AND a JSON object AND ``errcode`` 0 as a number.

    Args:
        status: of HTTP.
        content: the body.
        secrets: gives what is masked in what DingTalk says about a refusal, which is kept with its reason.
    """
    body = object_of(content)
    if body is None:
        body = {"status": _ADDRESS_BANNED} if is_ban(status, content) else {}
    code = _number(body.get("errcode"))
    if 200 <= status < 300 and code == 0:
        return Sent()
    return _refusal(status, body, code, words_of(body, secrets()))


def _refusal(status: int, body: Mapping[str, object], code: int | None, words: str) -> Posted:
    if code is not None and code != 0:
        return _refused(code, words)
    is_banned = _number(body.get("status")) == _ADDRESS_BANNED
    if status == 429 or is_banned:
        least = BAN_SECONDS if is_banned else THROTTLED_SECONDS
        wait = min(max(_number(body.get("wait")) or 0, least), _LONGEST_WAIT)
        named = _ADDRESS_BANNED if is_banned else status
        return Declined(quoting("delivery.reply-throttled", words, code=named), "wait", named, float(wait))
    newer = meaning_of_api(body.get("code"))
    if newer is not None:
        reason = quoting("delivery.reply-refused", words, code=str(body["code"]))
        return Declined(reason, newer.remedy, wait=newer.wait)
    if status in (502, 504):
        return Unconfirmed(text("delivery.reply-unknown"))
    odd = quoting("delivery.reply-odd", words, status=status)
    return Declined(odd, "backoff" if status >= 500 else "none")


def _refused(code: int, words: str) -> Declined:
    meaning = meaning_of(code)
    if meaning.remedy == "wait":
        reason = quoting("delivery.reply-throttled", words, code=code)
        return Declined(reason, meaning.remedy, code, THROTTLED_SECONDS)
    key = "delivery.reply-content" if meaning.is_about_content else "delivery.reply-refused"
    return Declined(quoting(key, words, code=code), meaning.remedy, code)


def _number(value: object) -> int | None:
    """A whole number, also as text; None for anything else, and for one that no code or time of DingTalk's is."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    try:
        number = int(value)
    except ValueError:
        return None
    return number if abs(number) < _LARGEST else None
