"""Percentages that are exact and pure: the same rule and the same id always fall the same way (language.md section 5)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

BUCKETS = 10_000

_WRITTEN = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?%")


def bucket(rule_name: str, identifier: str) -> int:
    """Return the place of an id under a rule, 0 to 9999.

    The first eight bytes of SHA-256 of rule name, line feed and id in UTF-8, read big-endian, modulo 10,000.

    Args:
        rule_name: name of the rule that is being decided.
        identifier: what the percentage is of: a sender, a conversation or a message.
    """
    digest = hashlib.sha256(f"{rule_name}\n{identifier}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % BUCKETS


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage in hundredths, 1 to 10,000: ``Percent(1050)`` is 10.5%."""

    hundredths: int

    def __post_init__(self) -> None:
        if not 0 < self.hundredths <= BUCKETS:
            message = f"a percentage has 1 to {BUCKETS} hundredths, not {self.hundredths}"
            raise ValueError(message)

    def holds(self, rule_name: str, identifier: str) -> bool:
        """Return whether this id is inside; a growing percentage keeps whoever was inside."""
        return bucket(rule_name, identifier) < self.hundredths

    def __str__(self) -> str:
        whole, rest = divmod(self.hundredths, 100)
        return f"{whole}.{rest:02}".rstrip("0").rstrip(".") + "%" if rest else f"{whole}%"


def parse_percent(written: str) -> Percent | None:
    """Return the percentage that ``10%`` or ``0.25%`` says, or None: at most two decimals, above 0, at most 100."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return None
    hundredths = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))
    return Percent(hundredths) if 0 < hundredths <= BUCKETS else None
