"""Times of day as people write and join them: ``09:00~18:00``, ``上午9点到下午6点半``, ``9am-6pm`` (language.md section 6)."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

JOINT = r"(?:[-‐‑‒–—―−─━~∼〜至到]|\.\.+)+"
"""What people put between two times, days or dates; the text is in its compatibility form, in which ``…`` is ``...``."""

_FORENOON = ("凌晨", "清晨", "早上", "早晨", "上午", "早", "am", "a.m.")
_AFTERNOON = ("中午", "下午", "傍晚", "晚上", "夜里", "晚", "pm", "p.m.")
_HALF = "|".join(map(re.escape, (*_FORENOON, *_AFTERNOON)))
_NUMBER = r"[0-9]{1,2}"
_CHINESE = r"[零一二两三四五六七八九十]{1,3}(?=[点时])"
_CLOCK = (
    rf"(?P<{{0}}before>{_HALF})?[ \t]*(?P<{{0}}>{_NUMBER}|{_CHINESE})"
    rf"(?:[:点时.h](?:(?P<{{0}}m>{_NUMBER}|[一二三四五六七八九十]{{1,3}})(?:分)?|(?P<{{0}}half>半)|(?P<{{0}}quarter>一刻|三刻)|整|钟)?"
    rf"(?::00)?)?(?:[ \t]*(?P<{{0}}after>am|pm|a\.m\.|p\.m\.))?"
)
_FIRST, _SECOND = (_CLOCK.replace("{0}", name).replace("{{", "{").replace("}}", "}") for name in ("a", "b"))
_RANGE = re.compile(
    rf"{_FIRST}(?:[ \t]*(?P<sign>{JOINT}|\bto\b|until)[ \t]*|(?<=:[0-9][0-9])[ \t]+(?=[0-9]{{1,2}}:)){_SECOND}(?![A-Za-z0-9_:%])",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"{_FIRST}(?![A-Za-z0-9_:.%])", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}


class Times(NamedTuple):
    """Two times as people wrote them.

    Args:
        end: where they end in the line.
        meant: ``HH:MM-HH:MM``; None when they are no two times of a day.
        sign: what stands between them, if that is all that is wrong.
        surely: whether they can be read in one way only.
    """

    end: int
    meant: str | None
    sign: str | None
    surely: bool


def times_at(line: str, at: int) -> Times | None:
    """Read two times in a line of compatibility form, or one that stands alone; None where there is none.

    Args:
        line: the line.
        at: where they begin.
    """
    found = _RANGE.match(line, at)
    if found is not None and _has_unit(found):
        meant, surely = _read(found)
        return Times(found.end(), meant, found["sign"], surely)
    alone = _ALONE.match(line, at)
    if alone is not None and (alone["am"] or alone["ahalf"] or _is_said(alone)):
        return Times(alone.end(), None, None, surely=False)
    return None


def meant_times(written: str) -> str | None:
    """Return the two times of ``written`` as ``HH:MM-HH:MM``; None when they are not two times of a day.

    Args:
        written: a token of the kind ``FOREIGN_TIMES``.
    """
    found = _RANGE.fullmatch(unicodedata.normalize("NFKC", written))
    return None if found is None else _read(found)[0]


def _has_unit(found: re.Match[str]) -> bool:
    """Tell whether two numbers are times and not something else."""
    if found["am"] or found["bm"] or found["ahalf"] or found["bhalf"]:
        return True
    return _is_said(found) or re.fullmatch(r"[0-9]{1,2}[ \t]*[-~–—][ \t]*[0-9]{1,2}", found[0]) is not None


def _is_said(found: re.Match[str]) -> bool:
    return re.search(r"[点时]|am|pm|[ap]\.m\.", found[0], re.IGNORECASE) is not None


def _read(found: re.Match[str]) -> tuple[str | None, bool]:
    """Return the times, and whether the half of the day is told or plain."""
    start, end = _minutes(found, "a"), _minutes(found, "b")
    if start is None or end is None:
        return None, False
    surely = True
    half = found["bbefore"] or found["bafter"]
    if half and end in (0, 12 * 60) and half in ("晚上", "夜里", "晚"):
        end = 24 * 60
    if not half and end <= start:
        told = bool(found["abefore"] or found["aafter"])
        said = _is_said(found) or not (found["am"] and found["bm"])
        if said and end <= 12 * 60 and start < end + 12 * 60:
            end, surely = end + 12 * 60, told and start >= 12 * 60
        elif end == 0:
            end = 24 * 60
    return "-".join(f"{each // 60:02}:{each % 60:02}" for each in (start, end)), surely


def _minutes(found: re.Match[str], name: str) -> int | None:
    hour = _number(found[name])
    minute = 0
    if found[f"{name}m"]:
        minute = _number(found[f"{name}m"])
    elif found[f"{name}half"]:
        minute = 30
    elif found[f"{name}quarter"]:
        minute = 15 if found[f"{name}quarter"] == "一刻" else 45
    half = (found[f"{name}before"] or found[f"{name}after"] or "").lower()
    if half in _AFTERNOON and hour < 12 and not (half == "中午" and hour > 9):
        hour += 12
    elif half in _FORENOON and hour == 12:
        hour = 0
    total = hour * 60 + minute
    return total if minute < 60 and total <= 24 * 60 else None


def _number(written: str) -> int:
    """Read a number in digits or Chinese, below a hundred."""
    if written.isascii():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[digit]) for digit in written))
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def why_wrong(written: str, meant: str | None) -> tuple[Literal["none", "sign", "wide", "form"], str]:
    """Say what is wrong with two times: the sign between them, their width, blanks and words, or that they are none.

    What it concerns comes second: the sign, or all that is written.

    Args:
        written: the token as it is.
        meant: the times that are meant; None when they are none of a day.
    """
    if meant is None:
        return "none", written
    if re.search(
        rf"{_HALF}|[一二两三四五六七八九十]点", unicodedata.normalize("NFKC", written), re.IGNORECASE
    ):
        return "form", written
    sign = re.search(r"[‐‑‒–—―−─━~～∼〜至到…]+|\.\.+|to", written)
    if sign is not None:
        return "sign", sign[0]
    wide = _PLAIN.fullmatch(unicodedata.normalize("NFKC", written)) is not None
    return "wide" if wide else "form", written
