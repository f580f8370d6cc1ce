"""Download codes, which open what somebody sent: they never reach rules, replies or agents (language.md section 4)."""

from __future__ import annotations

import json
import re
from typing import Any

from prx_dingtalk_router.message.json_text import structure_in

_MENTIONED = re.compile(r"download[_-]?code|\\u00", re.IGNORECASE)
_KEY = re.compile(r"[\w-]*download[_-]?code", re.IGNORECASE)

# JSON that is cut off, or inside other words: the quotation marks may be escaped any number of times.
_WRITTEN = re.compile(
    r"""(?P<key>(?P<mark>\\{0,16}["'])[\w-]*download[_-]?code(?P=mark)\s*:\s*)
        (?:(?P=mark).*?(?:(?P=mark)|\Z)|[\[{].*|[^\s,}\]]+)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_DEPTH = 4
"""How deep strings of JSON within strings of JSON are looked into."""


def is_code_key(key: object) -> bool:
    """Whether a field of this name holds a download code."""
    return isinstance(key, str) and _KEY.fullmatch(key) is not None


def without_codes(text: str) -> str:
    """``text`` without the download codes of any JSON in it; a text that holds none is as it was."""
    return _without_codes(text, _DEPTH)


def _without_codes(text: str, depth: int) -> str:
    if "code" not in text.lower() and "\\u00" not in text:  # nearly every text, told without a regex
        return text
    if _MENTIONED.search(text) is None:
        return text
    found = structure_in(text) if depth else None
    if found is not None:
        try:
            scrubbed = _scrubbed(found, depth - 1)
            if scrubbed != found:
                return json.dumps(scrubbed, ensure_ascii=False)
        except (ValueError, RecursionError):
            pass
    return _WRITTEN.sub(lambda match: f"{match['key']}{match['mark']}{match['mark']}", text)


def _scrubbed(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return _without_codes(value, depth)
    if isinstance(value, list):
        return [_scrubbed(each, depth) for each in value]
    if isinstance(value, dict):
        return {key: _scrubbed(each, depth) for key, each in value.items() if not is_code_key(key)}
    return value
