"""``prx-router guide``: how to write rules, a section of the guide or a recipe of the cookbook at a time."""

from __future__ import annotations

import sys

from prx_dingtalk_router.catalogue import current_language, text
from prx_dingtalk_router.cli.console import Results, results, write_markdown
from prx_dingtalk_router.cli.guide_pages import GuideSection, guide_sections, sections_about
from prx_dingtalk_router.errors import UsageError


def guide(*, topic: str | None, no_color: bool) -> int:
    """List what there is to read, or show what is about a topic.

    Raises:
        UsageError: nothing is about it.
    """
    sections = guide_sections(current_language())
    out = results(no_color=no_color)
    if topic is None:
        _list(out, [each for each in sections if each.level == 2])
        out.print()
        out.print(text("cli.guide.how"))
        return 0
    found = sections_about(topic, sections)
    if not found:
        raise UsageError("cli.guide.unknown", found=topic)
    if len(found) > 1:
        out.print(text("cli.guide.several", found=topic))
        _list(out, found)
        return 0
    (section,) = found
    if sys.stdout.isatty():
        write_markdown(f"## {section.title}\n\n{section.text}", no_color=no_color)
    else:
        out.print((section.title, "bold"))
        out.print()
        out.print(section.text)
    return 0


def _list(out: Results, sections: list[GuideSection]) -> None:
    for section in sections:
        out.print(f"  {section.title}")
