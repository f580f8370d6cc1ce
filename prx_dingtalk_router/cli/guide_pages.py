"""The guide and the cookbook as the program carries them: their sections, and which of them are about a topic."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from prx_dingtalk_router.catalogue import Language
from prx_dingtalk_router.text.folding import fold

NAMES = ("guide", "cookbook")
SUFFIXES: dict[Language, str] = {"en": ".md", "zh": ".zh.md"}
_HEADING = re.compile(r"^(#{2,3}) (.+)$")
_EXPLAINED = re.compile(r"^\| (.*?) \| ", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_FENCE = re.compile(r"^( *```\w*).*$", re.MULTILINE)


@dataclass(frozen=True)
class GuideSection:
    """What stands below a heading.

    Attributes:
        level: of its heading, 2 or 3.
        title: its heading.
        text: what follows, up to the next heading of its level or above; without the targets of links.
    """

    level: int
    title: str
    text: str


def guide_sections(language: Language) -> list[GuideSection]:
    """Return the sections of both documents in order, those within others behind these."""
    return [section for name in NAMES for section in _sections(_page(f"{name}{SUFFIXES[language]}"))]


def sections_about(topic: str, sections: list[GuideSection]) -> list[GuideSection]:
    """Return the sections that a topic finds, by the first of these ways that finds any.

    It is the number of a wish, or a title; part of titles; what the first column of a table explains; a word of the text.
    Of sections within one another the innermost are returned.
    """
    wanted = fold(topic)
    ways: tuple[Callable[[GuideSection], bool], ...] = (
        lambda each: wanted == fold(each.title) or (each.level == 2 and each.title.startswith(f"{wanted}. ")),
        lambda each: wanted in fold(each.title),
        lambda each: any(wanted in fold(cell) for cell in _EXPLAINED.findall(each.text)),
        lambda each: wanted in fold(each.text),
    )
    for way in ways:
        found = [each for each in sections if way(each)]
        if found:
            return [
                each
                for each in found
                if not any(other is not each and other.text in each.text for other in found)
            ]
    return []


def _page(name: str) -> str:
    folder = Path(__file__).parents[1] / "docs"
    if not folder.is_dir():  # a checkout: the wheel carries them inside
        folder = Path(__file__).parents[2] / "docs"
    return (folder / name).read_text("utf-8")


def _sections(page: str) -> list[GuideSection]:
    lines = page.splitlines()
    fenced = False
    headings: list[tuple[int, int, str]] = []
    for number, line in enumerate(lines):
        fenced ^= line.lstrip().startswith("```")
        if not fenced and (found := _HEADING.match(line)):
            headings.append((number, len(found[1]), found[2]))
    ends = [
        next((later for later, deep, _ in headings if later > number and deep <= level), len(lines))
        for number, level, _ in headings
    ]
    return [
        GuideSection(level, title, _readable("\n".join(lines[number + 1 : end])))
        for (number, level, title), end in zip(headings, ends, strict=True)
    ]


def _readable(text: str) -> str:
    return _FENCE.sub(r"\1", _LINK.sub(r"\1", text)).strip("\n")
