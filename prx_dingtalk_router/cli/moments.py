"""Times and fingerprints as the operator's commands show them."""

from __future__ import annotations

import time

_DAY = 86400.0


def moment(at_ms: int) -> str:
    """A time by this machine's clock; the day only where it is not today."""
    at = time.localtime(at_ms / 1000)
    today = time.strftime("%Y-%m-%d") == time.strftime("%Y-%m-%d", at)
    return time.strftime("%H:%M:%S" if today else "%m-%d %H:%M", at)


def lasted(seconds: float) -> str:
    """How long something has gone on: ``3d 4h``, ``12m 5s``."""
    whole = int(seconds)
    parts = ((whole // 86400, "d"), (whole // 3600 % 24, "h"), (whole // 60 % 60, "m"), (whole % 60, "s"))
    shown = [f"{count}{unit}" for count, unit in parts if count][:2]
    return " ".join(shown) or "0s"
