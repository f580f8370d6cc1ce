"""Durations as they are written: a whole number and ``ms``, ``s``, ``m``, ``h`` or ``d`` (language.md section 2)."""

from __future__ import annotations

import re

UNITS_IN_MILLISECONDS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}

_WRITTEN = re.compile(r"([0-9]{1,12})(ms|s|m|h|d)")


def parse_duration(written: str) -> float | None:
    """Return the seconds that ``500ms`` or ``2h`` says, or None when it says none (also with more than 12 digits)."""
    match = _WRITTEN.fullmatch(written)
    return None if match is None else int(match[1]) * UNITS_IN_MILLISECONDS[match[2]] / 1_000


def format_duration(seconds: float) -> str:
    """Return the shortest exact way to write ``seconds``, rounded to milliseconds: 600 is ``10m``, 90 is ``90s``."""
    milliseconds = round(seconds * 1_000)
    if milliseconds == 0:
        return "0s"
    unit = next(
        unit for unit, length in reversed(UNITS_IN_MILLISECONDS.items()) if milliseconds % length == 0
    )
    return f"{milliseconds // UNITS_IN_MILLISECONDS[unit]}{unit}"
