"""Times of day as people join them: ``09:00~18:00``, ``09:00 18:00``, ``9点到18点半`` (language.md section 6)."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

_SIGN = re.compile(r"[‐‑‒–—―−─━~～∼〜至到]|\.\.|to")
"""What people put between two times instead of ``-``."""

_CLOCK = r"(?P<{0}>[0-9]{{1,2}})(?:[:点时](?:(?P<{0}m>[0-9]{{1,2}})分?|(?P<{0}half>半)|整)?)"
_RANGE = re.compile(_CLOCK.format("a") + rf"(?:\s*(?:-|{_SIGN.pattern})+\s*|\s+)" + _CLOCK.format("b"))
_PLAIN = re.compile(r"[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}")


def meant_times(written: str) -> str | None:
    """Return the two times of ``written`` as ``HH:MM-HH:MM``; None when they are not two times of a day.

    Args:
        written: a token of the kind ``FOREIGN_TIMES``.
    """
    found = _RANGE.fullmatch(unicodedata.normalize("NFKC", written))
    if found is None:
        return None
    clocks = [
        (int(found[name]), int(found[f"{name}m"] or (30 if found[f"{name}half"] else 0)))
        for name in ("a", "b")
    ]
    if any(hour * 60 + minute > 24 * 60 or minute > 59 for hour, minute in clocks):
        return None
    return "-".join(f"{hour:02}:{minute:02}" for hour, minute in clocks)


def why_wrong(written: str, meant: str | None) -> tuple[Literal["none", "sign", "wide", "form"], str]:
    """Say what is wrong with two times: the sign between them, their width, blanks and words, or that they are none.

    What it concerns comes second: the sign, or all that is written.

    Args:
        written: the token as it stands.
        meant: the times that are meant; None when they are none of a day.
    """
    sign = _SIGN.search(written)
    if meant is None:
        return "none", written
    if sign is not None:
        return "sign", sign[0]
    wide = _PLAIN.fullmatch(unicodedata.normalize("NFKC", written)) is not None
    return "wide" if wide else "form", written
