"""The page that explains a diagnostic, read from the docstring of its class."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

HEADINGS = ("What", "Why", "Wrong", "Right")
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):[ \n]", re.MULTILINE)
_FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)

Example = dict[str, str]
"""Texts by the names of their files; the entry is ``main.rules``."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is flagged, why it matters, and an example that is wrong beside the same one put right."""

    summary: str
    what: str
    why: str
    wrong: Example
    right: Example


def page_of(kind: type[Diagnostic]) -> Page:
    """Return the page of a kind of diagnostic.

    Its docstring is a line of summary and then the four headings in order. ``What:`` and ``Why:`` are prose. ``Wrong:``
    and ``Right:`` are rules, indented; a line ``# file: NAME`` begins another file of the same set.

    Raises:
        ValueError: the docstring has another form.
    """
    summary, *parts = _HEADING.split(inspect.cleandoc(kind.__doc__ or ""))
    if tuple(parts[::2]) != HEADINGS:
        problem = f"{kind.__name__} has the headings {parts[::2]}"
        raise ValueError(problem)
    what, why, wrong, right = parts[1::2]
    return Page(summary.strip(), _prose(what), _prose(why), _example(wrong), _example(right))


def _prose(part: str) -> str:
    return " ".join(part.split())


def _example(part: str) -> Example:
    first, *others = _FILE.split(inspect.cleandoc(part))
    files = {"main.rules": first, **dict(zip(others[::2], others[1::2], strict=True))}
    return {name: content.rstrip() + "\n" for name, content in files.items()}
