"""How a text and the name of an agent are written in rules (language.md section 2)."""

from __future__ import annotations

import re
import unicodedata

from prx_dingtalk_router.language.syntax.keywords import KEYWORDS

_PLAIN_NAME = re.compile(r"[^\W\d][\w-]*")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


def written_string(value: str) -> str:
    """Return a text as a string in quotes; what cannot be seen is escaped."""
    return f'"{"".join(map(_visible, value.translate(_ESCAPES)))}"'


def written_agent(agent: str) -> str:
    """Return the name of an agent: in quotes where it is no plain name."""
    return agent if _PLAIN_NAME.fullmatch(agent) and agent not in KEYWORDS else written_string(agent)


def _visible(character: str) -> str:
    if character == " " or unicodedata.category(character)[0] not in "CZ":
        return character
    return f"\\u{{{ord(character):X}}}"
