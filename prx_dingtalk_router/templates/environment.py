r"""The one Jinja2 environment, and Jinja2's refusals as problems of a template.

What a template may hold is decided on its syntax tree by ``constructs``; the environment is Jinja2's sandbox all the
same, with nothing in it but the six filters. The last line break of a template is dropped, so that a template read
from a file does not end in an empty line; every line end becomes ``\n``.
"""

from __future__ import annotations

import re
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from prx_dingtalk_router.templates.filters import FILTERS
from prx_dingtalk_router.templates.plain import parse_plain
from prx_dingtalk_router.templates.problems import TemplateProblem, TemplateProblemKind

_WITHOUT_IF = frozenset({"else", "elif", "endif"})
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '([^']*)'")
_UNEXPECTED_CHARACTER = re.compile(r"unexpected char (?:'(.)'|\"(.)\")")


class _Environment(SandboxedEnvironment):
    """A sandbox whose objects are plain dictionaries, so that ``match.items`` is a capture and not a method."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the item ``attribute`` of a dictionary; nothing else has attributes here."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)


def _environment() -> _Environment:
    environment = _Environment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False, cache_size=0
    )
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update(FILTERS)
    return environment


ENVIRONMENT = _environment()


def parse_template(source: str) -> nodes.Template | TemplateProblem:
    """Return the syntax tree of a template, or the first thing that is wrong with its syntax."""
    plain = parse_plain(source, ENVIRONMENT)
    if plain is not None:
        return plain
    try:
        # Most templates do not even hold the word, and need not be taken apart twice.
        for line, token, _ in ENVIRONMENT.lex(source) if "raw" in source else ():
            if token == "raw_begin":  # noqa: S105 - a kind of token of Jinja2's lexer
                return TemplateProblem(TemplateProblemKind.FORBIDDEN, line, "raw")
        return ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        return _syntax_problem(error)
    except (RecursionError, MemoryError):
        return TemplateProblem(TemplateProblemKind.TOO_DEEP, 1)
    except (TemplateError, ValueError, OverflowError) as error:
        # Numbers of thousands of digits and broken escapes end here.
        return TemplateProblem(TemplateProblemKind.SYNTAX, 1, type(error).__name__)


def _syntax_problem(error: TemplateSyntaxError) -> TemplateProblem:
    line, said = max(1, error.lineno), error.message or ""
    tag = _UNKNOWN_TAG.match(said)
    if tag is not None:
        kind = (
            TemplateProblemKind.TAG_WITHOUT_IF if tag[1] in _WITHOUT_IF else TemplateProblemKind.UNKNOWN_TAG
        )
        return TemplateProblem(kind, line, tag[1])
    character = _UNEXPECTED_CHARACTER.match(said)
    if character is not None:
        return TemplateProblem(TemplateProblemKind.UNEXPECTED_CHARACTER, line, character[1] or character[2])
    if said.startswith("Missing end of comment"):
        return TemplateProblem(TemplateProblemKind.UNCLOSED_COMMENT, line)
    if said.startswith("Unexpected end of template"):
        return TemplateProblem(TemplateProblemKind.UNCLOSED_IF, line)
    if said.startswith("unexpected end of template"):
        return TemplateProblem(TemplateProblemKind.UNCLOSED_BRACES, line)
    if said.startswith("expected token 'end of statement block', got 'if'"):
        return TemplateProblem(TemplateProblemKind.ELSE_IF, line)
    if said.endswith("got '='"):
        return TemplateProblem(TemplateProblemKind.SINGLE_EQUALS, line)
    return TemplateProblem(TemplateProblemKind.SYNTAX, line, said)
