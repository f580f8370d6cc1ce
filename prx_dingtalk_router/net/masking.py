"""Secrets that are known are masked by value: peers echo them in words that no pattern foresees."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from urllib.parse import quote

from prx_dingtalk_router.net.redaction import MASK


def mask_values(text: str, secrets: Iterable[str]) -> str:
    """``text`` with every occurrence of the secrets masked (dingtalk-stream.md section 10, rule 8).

    Found in any case, percent-encoded or escaped as in JSON, and without the blanks that pasting leaves around a secret. To be done before
    the text is cut or joined, which would hide a part of a secret from it.

    Args:
        text: words of a peer.
        secrets: the values themselves; empty ones mask nothing.
    """
    bare = {secret.strip() for secret in secrets} - {""}
    if not bare:
        return text
    encoded = {quote(secret, safe="", errors="replace") for secret in bare}
    escaped = {
        json.dumps(secret, ensure_ascii=ascii_only)[1:-1] for secret in bare for ascii_only in (True, False)
    }
    spelt = bare | encoded | escaped
    longest_first = sorted(
        spelt, key=len, reverse=True
    )  # a secret within another must not leave the rest of it
    return re.sub("|".join(map(re.escape, longest_first)), MASK, text, flags=re.IGNORECASE)
