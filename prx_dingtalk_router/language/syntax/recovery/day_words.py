"""Days as people write them: ``周一至周五``, ``周一、周三``, ``Mon~Fri``, ``monday to friday`` (language.md section 6)."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from prx_dingtalk_router.calendar.hours import DAY_NAMES
from prx_dingtalk_router.language.syntax.recovery.time_range import JOINT
from prx_dingtalk_router.language.syntax.synonyms import DAYS_MEANT

_CHINESE_DAYS = {**dict(zip("一二三四五六日", DAY_NAMES, strict=True)), "天": "sun", "末": "sat sun"}
_PREFIX = r"(?:周|星期|礼拜)"
_CHINESE = rf"{_PREFIX}[一二三四五六日天](?![一二三四五六日天]?点)"
_SEVERAL = rf"{_PREFIX}[一二三四五六日天]{{2,7}}"
_ENGLISH = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?"
    r"(?![A-Za-z0-9_])"
)
_DAY = rf"(?:{_CHINESE}|{_ENGLISH})"
_RANGE = re.compile(
    rf"(?P<first>{_DAY})[ \t]*(?:{JOINT}|\bto\b|\bthrough\b)[ \t]*(?P<last>{_DAY}|[一二三四五六日天](?!点))",
    re.IGNORECASE,
)
_WORDS = "|".join(sorted(map(re.escape, DAYS_MEANT), key=len, reverse=True))
_WORD = re.compile(rf"(?:{_WORDS})(?![A-Za-z0-9_-])", re.IGNORECASE)
_SINGLE = re.compile(_DAY, re.IGNORECASE)
_TOGETHER = re.compile(_SEVERAL)
_BETWEEN = re.compile(r"[ \t]*(?:[、和与及&]|\band\b)[ \t]*|[ \t]+", re.IGNORECASE)


class DayWords(NamedTuple):
    """Days as people wrote them: where they end in the line, and the words of the language for them."""

    end: int
    meant: str


def days_at(line: str, at: int) -> DayWords | None:
    """Read days in a line of compatibility form; None where there are none.

    Args:
        line: the line.
        at: where they begin.
    """
    found = _one(line, at)
    if found is None:
        return None
    words = [found.meant]
    while (between := _BETWEEN.match(line, found.end)) is not None:
        further = _one(line, between.end())
        if further is None:
            break
        words.append(further.meant)
        found = further
    return DayWords(found.end, " ".join(dict.fromkeys(words)))


def meant_days(word: str) -> str | None:
    """Return the words of the language for days that are written as one word; None where it is none."""
    narrow = unicodedata.normalize("NFKC", word)
    found = days_at(narrow, 0)
    return found.meant if found is not None and found.end == len(narrow) else None


def _one(line: str, at: int) -> DayWords | None:
    if found := _RANGE.match(line, at):
        return DayWords(found.end(), f"{_short(found['first'])}-{_short(found['last'])}")
    if found := _TOGETHER.match(line, at):
        days = re.sub(_PREFIX, "", found[0])
        return DayWords(found.end(), " ".join(_CHINESE_DAYS[day] for day in days))
    if found := _WORD.match(line, at):
        return DayWords(found.end(), DAYS_MEANT[found[0].lower()])
    if found := _SINGLE.match(line, at):
        return DayWords(found.end(), _short(found[0]))
    return None


def _short(day: str) -> str:
    return _CHINESE_DAYS.get(day[-1]) or day[:3].lower()
