"""The page that explains a diagnostic: in English its class's docstring, in Chinese the ``page_zh`` beside it."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

from prx_dingtalk_router.catalogue import Language, current_language
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

PARTS = ("what", "why", "wrong", "right", "fix")
_HEADINGS: dict[Language, tuple[str, ...]] = {
    "en": ("What:", "Why:", "Wrong:", "Right:", "Fix:"),
    "zh": ("是什么：", "为什么：", "错误写法：", "正确写法：", "怎么改："),
}
_HEADING = {
    language: re.compile(rf"^({'|'.join(headings)})", re.MULTILINE)
    for language, headings in _HEADINGS.items()
}
_FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)
_WIDE = r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff60“”‘’…—]"
_WITHIN_CHINESE = re.compile(rf"(?<={_WIDE})\n(?={_WIDE})")

Example = dict[str, str]
"""Texts by the names of their files; the entry is ``main.rules``."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is flagged, why it matters, an example that is wrong beside the same one put right, and how to mend it."""

    summary: str
    what: str
    why: str
    wrong: Example
    right: Example
    fix: str

    @property
    def whole_what(self) -> str:
        """The summary and what is flagged, as one paragraph."""
        return _prose(f"{self.summary}\n{self.what}")


def page_of(kind: type[Diagnostic], language: Language | None = None) -> Page:
    """Return the page of a kind of diagnostic.

    It is a line of summary and then the five headings in order. ``What:``, ``Why:`` and ``Fix:`` are prose. ``Wrong:``
    and ``Right:`` are rules, indented; a line ``# file: NAME`` begins another file of the same set. The Chinese page,
    whose headings are ``是什么：``, ``为什么：``, ``错误写法：``, ``正确写法：`` and ``怎么改：``, may leave out both
    examples where those of the docstring will do.

    Args:
        kind: the class.
        language: that of this process by default.

    Raises:
        ValueError: the docstring or ``page_zh`` has another form.
    """
    english = _read(kind, "en", kind.__doc__ or "")
    if (language or current_language()) == "en":
        return _page(english)
    return _page({**english, **_read(kind, "zh", kind.page_zh)})


def _read(kind: type[Diagnostic], language: Language, written: str) -> dict[str, str]:
    summary, *rest = _HEADING[language].split(inspect.cleandoc(written))
    headings, contents = tuple(rest[::2]), rest[1::2]
    wanted = _HEADINGS[language]
    if headings != wanted and (language == "en" or headings != (*wanted[:2], wanted[-1])):
        problem = f"{kind.__name__} has the headings {headings} where {wanted} are needed"
        raise ValueError(problem)
    return {
        "summary": summary,
        **dict(zip((PARTS[wanted.index(each)] for each in headings), contents, strict=True)),
    }


def _page(parts: dict[str, str]) -> Page:
    return Page(
        _prose(parts["summary"]),
        _prose(parts["what"]),
        _prose(parts["why"]),
        _example(parts["wrong"]),
        _example(parts["right"]),
        _prose(parts["fix"]),
    )


def _prose(part: str) -> str:
    """Return lines as one, with single backticks; between two of Chinese there is no blank."""
    lines = "\n".join(line.strip() for line in part.replace("``", "`").strip().splitlines())
    return " ".join(_WITHIN_CHINESE.sub("", lines).split())


def _example(part: str) -> Example:
    first, *others = _FILE.split(inspect.cleandoc(part))
    files = {"main.rules": first, **dict(zip(others[::2], others[1::2], strict=True))}
    return {name: content.rstrip() + "\n" for name, content in files.items()}
