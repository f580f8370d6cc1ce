"""Where the names and filters of a template stand in it: Jinja2's tree knows lines only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from jinja2 import TemplateSyntaxError

from prx_dingtalk_router.templates.environment import ENVIRONMENT
from prx_dingtalk_router.templates.names import CAPTURES
from prx_dingtalk_router.templates.problems import TemplateProblem, TemplateProblemKind

Place = tuple[int, int]
"""Where something begins and ends, as offsets in the source of the template."""


def located(source: str, problems: Iterable[TemplateProblem]) -> list[TemplateProblem]:
    """Return problems with the places of the names and filters that they are about, as far as that can be told."""
    places = _places(source)
    return [replace(problem, places=tuple(places.get(_key(problem), ()))) for problem in problems]


def _key(problem: TemplateProblem) -> tuple[str, int]:
    match problem.kind:
        case TemplateProblemKind.UNKNOWN_FILTER | TemplateProblemKind.FILTER_ARGUMENTS:
            return f"|{problem.name}", problem.line
        case TemplateProblemKind.UNKNOWN_GROUP:
            return f"{CAPTURES}.{problem.name}", problem.line
        case _:
            return problem.name, problem.line


def _places(source: str) -> Mapping[tuple[str, int], list[Place]]:
    """Names in full and filters (``|upper``), by the line on which they begin."""
    found: dict[tuple[str, int], list[Place]] = defaultdict(list)
    name, first_line, start, end, before = "", 0, 0, 0, ""
    at = 0
    try:
        tokens = [*ENVIRONMENT.lex(source), (0, "end", "")]
    except TemplateSyntaxError:
        return found
    for line, kind, value in tokens:
        begins = source.find(value, at)
        if begins < 0:  # line ends were made one; what stands behind cannot be told
            break
        at = begins + len(value)
        if kind in ("whitespace", "comment"):
            continue
        if kind == "name" and name and before == ".":
            name, end = f"{name}.{value}", at
        elif not (kind == "operator" and value == "." and name):
            if name:
                found[name, first_line].append((start, end))
            is_name = kind == "name" and before != "."
            name = "" if not is_name else f"|{value}" if before == "|" else value
            first_line, start, end = line, begins, at
        before = value
    return found
