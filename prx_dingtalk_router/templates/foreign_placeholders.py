"""Places for values as other programs write them, ``${姓名}`` and ``{姓名}``, which templates show as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from prx_dingtalk_router.templates.names import TemplateNames

_PLACEHOLDER = re.compile(r"(?<![{$%#/\\])(\$?)\{ *([^\W\d][\w.]{0,40}) *\}(?!\})")
_RAW = re.compile(r"\{%-?\s*raw\b")


class ForeignPlaceholder(NamedTuple):
    """One of them: its piece of the template, and the name in full that it was meant to show, where that is clear."""

    start: int
    end: int
    meant: str | None


def foreign_placeholders(template: str) -> Iterator[ForeignPlaceholder]:
    """Yield those that are meant for a value of the message: of a name that is known, or Chinese after a ``$``."""
    if "{" not in template or _RAW.search(template):
        return
    names = TemplateNames(in_else=True)
    for found in _PLACEHOLDER.finditer(template):
        dollar, word = found.groups()
        meant = names.other_word_for(word)
        if meant is not None or (dollar and not word.isascii()):
            yield ForeignPlaceholder(found.start(), found.end(), meant)
