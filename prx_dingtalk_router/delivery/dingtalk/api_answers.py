"""What came of a call of DingTalk's API, and how its answers are read (dingtalk-cards-media.md section 0.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery.dingtalk.api_codes import (
    ADDRESS_BANNED,
    BAN_SECONDS,
    ApiCode,
    meaning_of_api,
)
from prx_dingtalk_router.delivery.dingtalk.errcodes import Remedy
from prx_dingtalk_router.delivery.dingtalk.json_text import object_of
from prx_dingtalk_router.delivery.dingtalk.refusals import quoting, words_of

_LONGEST_CODE = 100
# Nobody is believed who asks for more than an hour.
_LONGEST_WAIT = 3_600.0
_BUSY = ApiCode("backoff", wait=1.0)
_NOTHING_HELPS = ApiCode()


@dataclass(frozen=True, slots=True)
class Accepted:
    """DingTalk took the call. ``answer`` is the JSON object that it sent."""

    answer: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Refused:
    """The call did nothing.

    Attributes:
        reason: what happened, with DingTalk's own words where it gave some; without secrets.
        remedy: what may still help.
        code: DingTalk's; empty where none came, as when it cannot be reached.
        words: DingTalk's, on one short line.
        wait: seconds after which it makes sense to call again; 0 where it makes none, or at once.
        status: of HTTP; None when no answer came.
    """

    reason: Text
    remedy: Remedy
    code: str = ""
    words: str = ""
    wait: float = 0.0
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """Whether the call did anything cannot be known."""

    reason: Text


Outcome = Accepted | Refused | Unsure


def read_api_answer(status: int, content: bytes, secrets: Iterable[str] = ()) -> Outcome:
    """What an answer means: success is 2xx AND a JSON object AND no ``success`` in it that is false.

    Args:
        status: of HTTP.
        content: the body.
        secrets: masked in what DingTalk says about a refusal, such as the token of the call.
    """
    body = object_of(content)
    if body is None:
        return _without_json(status, content)
    code, said = _code(body), words_of(body, secrets)
    if str(body.get("status")) == ADDRESS_BANNED:
        return _refused(status, ADDRESS_BANNED, said, BAN_SECONDS)
    if 200 <= status < 300 and body.get("success", True) is True and not code:
        return Accepted(body)
    if status in (502, 504):
        return Unsure(text("delivery.call-unknown"))
    return _refused(status, code or str(status), said)


def is_ban(status: int, content: bytes) -> bool:
    """Whether an answer is a page where JSON should be: so a ban on the public address looks (dingtalk-cards-media.md 0.1)."""
    return 200 <= status < 300 and content.lstrip()[:1] == b"<"


def _without_json(status: int, content: bytes) -> Outcome:
    """What is no JSON comes from something before DingTalk; as a page with status 200 it is the ban on an address."""
    if is_ban(status, content):
        return _refused(status, ADDRESS_BANNED, "", BAN_SECONDS)
    if 200 <= status < 300 or status in (502, 504):
        return Unsure(text("delivery.call-unknown"))
    return _refused(status, str(status), "")


def _refused(status: int, code: str, words: str, wait: float = 0.0) -> Outcome:
    meaning = meaning_of_api(code)
    if meaning is None:
        # A proxy or a firewall may have said 403 without JSON, which ends as it began.
        meaning = _BUSY if status >= 500 or (status == 403 and code == "403") else _NOTHING_HELPS
    if not meaning.is_certain:
        return Unsure(quoting("delivery.call-refused", words, code=code))
    reason = quoting("delivery.call-refused", words, code=code)
    wait = min(max(wait, meaning.wait), _LONGEST_WAIT)
    return Refused(reason, meaning.remedy, code, words, wait, status)


def _code(body: Mapping[str, object]) -> str:
    """The code of a refusal; numbers are those of the older interfaces, where 0 is none."""
    code = body.get("code")
    if isinstance(code, str) and code.isprintable():
        return code[:_LONGEST_CODE]
    number = body.get("errcode")
    if isinstance(number, int) and not isinstance(number, bool) and number:
        return str(number)[:_LONGEST_CODE]
    return ""
