"""What the error codes of DingTalk's API mean: the one table of them (dingtalk-cards-media.md 0.1 and 9.4, dingtalk-stream.md 8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prx_dingtalk_router.delivery.dingtalk.errcodes import THROTTLED_SECONDS, Remedy

TOKEN_REFUSED = "InvalidAuthentication"  # noqa: S105 - a code
DENIED = "Forbidden.AccessDenied."
ADDRESS_BANNED = "1111"
"""As this project calls it where the ban on a public address comes as a page; as JSON it is a ``status``."""

BAN_SECONDS = 300.0
"""How long every call from a public address is refused after too many (dingtalk-stream.md section 9)."""

USED_UP = frozenset({f"{DENIED}ApiCountLimitForOrg", "90020"})
"""The organisation's month is used up."""
UNCOUNTED = frozenset(
    {f"{DENIED}QpsLimitForAppkeyAndApi", f"{DENIED}QpsLimitForApi", "90018", "90002", ADDRESS_BANNED}
)
"""Refused for its rate: such a call is not counted in the month (dingtalk-cards-media.md section 8.1)."""

_QPS_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class ApiCode:
    """What one code means.

    Attributes:
        remedy: what may still help.
        advice: key of the sentence that says what an operator can do; None where nothing is to be done.
        is_about_content: what was to be sent was refused.
        is_certain: the call did nothing; otherwise that cannot be known.
        wait: seconds after which it makes sense to call again.
    """

    remedy: Remedy = "none"
    advice: str | None = None
    is_about_content: bool = False
    is_certain: bool = True
    wait: float = 0.0


def _all(codes: str, meaning: ApiCode) -> Iterable[tuple[str, ApiCode]]:
    return ((code, meaning) for code in codes.split())


_BUG = ApiCode("none", "delivery.remedy-report")
_BUSY = ApiCode("backoff", wait=1.0)
_LIMITED = ApiCode("backoff", "delivery.remedy-calls", wait=_QPS_SECONDS)
_MAYBE = ApiCode("once-more", wait=_QPS_SECONDS)
_SETUP = ApiCode("none", "delivery.remedy-api-setup")
_RECEIVER = ApiCode("none", "delivery.remedy-receiver")
_PRIVATE = ApiCode("none", "delivery.remedy-private-robot")
_SECURITY = ApiCode("none", "delivery.remedy-security")
_ROBOT = ApiCode("none", "delivery.remedy-robot-code")
_CONVERSATION = ApiCode("none", "delivery.remedy-robot-gone")
_TOO_FAST = ApiCode("wait", "delivery.remedy-slower", wait=THROTTLED_SECONDS)

# fmt: off
COMMON: Mapping[str, ApiCode] = dict([
    (TOKEN_REFUSED, ApiCode("none", "delivery.remedy-credentials")),
    ("invalidClientIdOrSecret", ApiCode("none", "delivery.remedy-credentials")),
    (f"{DENIED}AccessTokenPermissionDenied", ApiCode("none", "delivery.remedy-permission")),
    (f"{DENIED}IpNotInWhiteList", ApiCode("none", "delivery.remedy-ip-list")),
    (f"{DENIED}QpsLimitForAppkeyAndApi", _LIMITED),
    (f"{DENIED}QpmLimitForAppkeyAndApi", ApiCode("wait", "delivery.remedy-calls", wait=THROTTLED_SECONDS)),
    (f"{DENIED}QpsLimitForApi", _LIMITED),
    (f"{DENIED}ApiCountLimitForOrg", ApiCode("none", "delivery.remedy-quota")),
    (ADDRESS_BANNED, ApiCode("wait", "delivery.remedy-calls", wait=BAN_SECONDS)),
    ("429", _LIMITED),
    *_all("system.busy system.err unknownError ServiceUnavailable", _BUSY),
    ("system.error", _MAYBE),
])
"""Codes that any call may be refused with."""

SENDING: Mapping[str, ApiCode] = dict([
    *_all("send.too.fast send.byToken.tooFast too.many.people too.many.group", _TOO_FAST),
    ("unknown.send.result", ApiCode("none", is_certain=False)),
    *_all("send.forbidden bot.forbidden.sendMessage", ApiCode("none", "delivery.remedy-muted")),
    *_all("ip.not.match keywords.not.match sign.not.match", _SECURITY),
    ("contain.unsafe.url", ApiCode("none", "delivery.remedy-link", is_about_content=True)),
    ("contain.notAllowed.text", ApiCode("none", "delivery.remedy-words", is_about_content=True)),
    ("contain.notAllowed.picture", ApiCode("none", "delivery.remedy-picture", is_about_content=True)),
    ("contain.notAllowed.content", ApiCode("none", "delivery.remedy-words", is_about_content=True)),
    *_all("illegal.receivers receivers.exceed illegal.excludes staffId.notExisted", _RECEIVER),
    *_all("invalidParameter.userIds.empty invalidParameter.userIds.overMax", _RECEIVER),
    *_all("invalidParameter.msgKey.empty invalidParameter.msgKey.invalid", _BUG),
    *_all("invalidParameter.msgBody.invalid invalidParameter.msgParam.invalid miss.param.*", _BUG),
    ("invalidParameter.msg.unsupport", ApiCode("as-text", "delivery.remedy-report")),
    ("invalidParameter.msgParam.tooLong", ApiCode("split")),
    ("invalidParameter.robotCode.*", _ROBOT),
    *_all("sendMessage.model.notMatch template.* token.* resource.not.found resource.unavailable", _SETUP),
    *_all("unauthorized auth.error", _SETUP),
    ("only.groupAdmin.canAtAll", _BUG),
    ("send.ding.exception", _MAYBE),
    *_all("invalid.openConversationId conversation.org.notMatch", _CONVERSATION),
    *_all("session.expired session.notExisted", _CONVERSATION),
    ("group.disbanded", ApiCode("none", "delivery.remedy-group-gone")),
    ("bot.stopped", ApiCode("none", "delivery.remedy-robot-stopped")),
    *_all("chatbotId.notAllow.sendOTO robot.oto.notExist", _PRIVATE),
])
"""Codes of ``oToMessages/batchSend`` and ``groupMessages/send``; one that ends with ``*`` means all that begin so."""
# fmt: on

_EXACT = {**COMMON, **SENDING}
_BEGINNINGS = {code[:-1]: meaning for code, meaning in _EXACT.items() if code.endswith("*")}


def meaning_of_api(code: object) -> ApiCode | None:
    """What ``code`` means; None where it is not known, or no code of the API."""
    if not isinstance(code, str):
        return None
    known = _EXACT.get(code)
    if known is None:
        known = next((_BEGINNINGS[each] for each in _BEGINNINGS if code.startswith(each)), None)
    return known
