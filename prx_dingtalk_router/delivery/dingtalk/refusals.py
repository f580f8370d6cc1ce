"""What DingTalk says when it refuses a reply, fit to be kept: one line, short, without secrets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlsplit

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.net import mask_values, redact

MOST_WORDS = 200
_MASK = "***"

# Tokens, session keys and client secrets have 32 signs and more, and no word that anybody reads has.
_OPAQUE = re.compile(r"[A-Za-z0-9_+/=-]{32,}")
_NAMED = re.compile(
    r"""((?:token|secret|session|ticket|sign)\w{0,16}["']?\s?[:：=]\s?["']?)([\w+/=-]{6,})""",
    re.IGNORECASE | re.ASCII,
)


def words_of(answer: Mapping[str, object], secrets: Iterable[str] = ()) -> str:
    """The reason that an answer gives, on one line of at most 200 characters; empty where it gives none.

    Args:
        answer: the JSON object of the answer: ``errmsg``, or ``message`` of the newer interfaces.
        secrets: values to be masked wherever they stand, besides whatever looks like one.
    """
    said = next((each for each in map(answer.get, ("errmsg", "message")) if isinstance(each, str)), "")
    # Masked whole and then cut: a part of a secret would not be known for one.
    masked = _NAMED.sub(_named, redact(mask_values(said, secrets)))
    masked = _OPAQUE.sub(_opaque, masked)
    line = " ".join("".join(each if each.isprintable() else " " for each in masked).split())
    return line if len(line) <= MOST_WORDS else f"{line[: MOST_WORDS - 1]}…"


def quoting(key: str, words: str, **params: object) -> Text:
    """The sentence ``key`` of a refusal, with DingTalk's own ``words`` in it."""
    return text(key, said=text("delivery.said", words=words) if words else "", **params)


def without_quote(reason: Text) -> Text:
    """``reason`` as it may be shown in a chat: without the words of a peer."""
    return Text(reason.key, {**reason.params, "said": ""}) if "said" in reason.params else reason


def secrets_of(webhook: str) -> tuple[str, ...]:
    """What of a session webhook must not be repeated: the address, and each value in its query."""
    return (webhook, *(value for _, value in parse_qsl(urlsplit(webhook).query) if len(value) > 3))


def _named(found: re.Match[str]) -> str:
    return found[1] + (_MASK if any(map(str.isdigit, found[2])) else found[2])


def _opaque(found: re.Match[str]) -> str:
    run = found.group()
    return _MASK if any(map(str.isdigit, run)) and any(map(str.isalpha, run)) else run
