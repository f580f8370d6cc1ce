"""Callbacks without what persons wrote and who they are: every word and id becomes a keyed hash that keeps equality."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any

SHOWN = frozenset({"msgtype", "conversationType", "type", "msgType", "errorCode", "errCode"})
"""Fields whose words come from DingTalk and say what kind of thing it is."""

TIMES = frozenset({"createAt", "createdAt", "sessionWebhookExpiredTime", "duration"})
"""Fields whose numbers are times."""

# An id is as long as this; to guess a word from its hash takes the key.
_HASH_DIGITS = 16
_LONGEST_KIND = 40


class Redactor:
    """Replaces words, names and ids by hashes under one key: equal ones stay equal, and nothing else can be told of them.

    Args:
        key: of the hashes; a new one by default, so that two exports cannot be compared with each other.
    """

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key if key is not None else secrets.token_bytes(32)

    def redacted(self, value: Any, field: str = "") -> Any:
        """A callback, or a part of one, redacted; its shape, kinds, times and booleans stay.

        Args:
            value: what JSON can hold.
            field: the name of the field that it is the value of.
        """
        match value:
            case dict():
                return {self._name(name): self.redacted(inner, name) for name, inner in value.items()}
            case list():
                return [self.redacted(inner, field) for inner in value]
            case None | bool() | "":
                return value
            case str():
                kept = field in SHOWN and value.isascii() and len(value) <= _LONGEST_KIND
                return value if kept or (field in TIMES and value.isdigit()) else self._hash(value)
            case _:
                return value if field in TIMES else self._hash(str(value))

    def _name(self, name: str) -> str:
        """The name of a field; one that is none of DingTalk's could be what somebody wrote."""
        return name if name.isascii() and name.isidentifier() else self._hash(name)

    def _hash(self, value: str) -> str:
        digest = hmac.new(self._key, value.encode("utf-8", errors="replace"), hashlib.sha256)
        return f"h{digest.hexdigest()[:_HASH_DIGITS]}"
