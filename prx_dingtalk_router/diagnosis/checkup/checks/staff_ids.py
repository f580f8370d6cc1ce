"""What can be nobody's staff ID, in a list of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_NEVER = re.compile(r"\$:|ext:|.*@|.*[\s\u3400-\u9fff]")
"""What no staff ID looks like: a `senderId`, an address of mail, a name."""
_PHONE = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}")


def no_staff_ids(written: Iterable[str]) -> Sequence[str]:
    """The entries that can be nobody's staff ID."""
    return [each for each in written if _NEVER.match(each)]


def phone_numbers(written: Iterable[str]) -> Sequence[str]:
    """The entries that look like phone numbers, which are seldom staff IDs."""
    return [each for each in written if _PHONE.fullmatch(each)]
