"""Numbers of a daemon's answers: each is read within bounds, since a peer can write any."""

from __future__ import annotations

LONGEST_WAIT = 3_600.0
"""Nobody is believed who asks to wait for more than an hour."""


def whole(value: object, most: int) -> int | None:
    """``value`` as it is when it is a whole number from 0 to ``most``; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else None


def seconds(value: object, most: float = LONGEST_WAIT) -> float | None:
    """``value`` when it is a number from 0 to ``most``; None for anything else, NaN and the infinities too."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= most:
        return None
    return float(value)


def header_seconds(value: str | None, most: float = LONGEST_WAIT) -> float | None:
    """A header such as ``Retry-After`` in whole seconds; None for a date, or a number past ``most``."""
    digits = (value or "").strip()
    return seconds(int(digits), most) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None
