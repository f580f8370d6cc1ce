r"""``\x4e00``, where ``\x{4e00}`` was meant: RE2 takes two digits, and looks for ``N00``."""

from __future__ import annotations

import re

from prx_dingtalk_router.regex.correction import Correction
from prx_dingtalk_router.regex.parse import parse
from prx_dingtalk_router.regex.refusal import Refusal, replaced
from prx_dingtalk_router.text.folding import is_cjk, plain

_ESCAPE = re.compile(r"\\Q.*?(?:\\E|\Z)|\\x([0-9A-Fa-f]{4})(?![0-9A-Fa-f])|\\.", re.DOTALL)
"""What is quoted, four digits after ``\\x``, and every other escape."""

_FIRST_IN_USE = "4E00"
"""The first of the characters that people use; a rare one before it may be meant where one of these is."""


def split_code_point(source: str, ignore_case: bool) -> Correction | None:
    r"""Return the first ``\x4e00`` of a regex, or None; four digits that are no Chinese character may be meant as two and two.

    Args:
        source: the regex, which can be used.
        ignore_case: whether the flag ``i`` follows.
    """
    if "\\x" not in source:
        return None
    found = [each for each in _ESCAPE.finditer(source) if each[1] and _may_be_meant(chr(int(each[1], 16)))]
    if not any(each[1].upper() >= _FIRST_IN_USE for each in found):
        return None
    # Read as the escapes of other dialects, of which it is known how they are written here.
    read = parse(replaced(source, [(each.start() + 1, each.start() + 2, "u") for each in found]), ignore_case)
    return Correction(*found[0].span(), read.corrected if isinstance(read, Refusal) else None)


def _may_be_meant(character: str) -> bool:
    return is_cjk(character) and plain(character) == character
