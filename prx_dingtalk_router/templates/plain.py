"""Templates of nothing but text and names, as most are: their tree, without Jinja2's parser.

Taking ``{{ sender.name }}`` apart by Jinja2 costs as much as all else that is done with a rule. Whatever is not certainly
of this form is left to Jinja2; where this gives a tree, it is the one that Jinja2 gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from jinja2 import Environment, nodes

from prx_dingtalk_router.templates.names import NAMES

_NAME = rf"\{{\{{[ \t]*({'|'.join(NAMES)})(?:\.([^\W\d]\w*))?[ \t]*\}}\}}"
"""A name of this language; what else could stand there, such as ``true``, Jinja2 knows better. Groups whose names are not
ASCII are left to it too, as it has its own mind about what a name is."""
_NAMES = re.compile(_NAME, re.ASCII)
_PLAIN = re.compile(rf"(?:[^{{]++|{_NAME})*+", re.ASCII)
_LINE_END = re.compile(r"\r\n|\r|\n")


def is_plain(source: str) -> bool:
    """Return whether a template is surely nothing but text and names."""
    return _PLAIN.fullmatch(source) is not None


def parse_plain(source: str, environment: Environment) -> nodes.Template | None:
    """Return the tree of a template of text and names; ``None`` where there is more to it."""
    if not is_plain(source):
        return None
    text = _LINE_END.sub("\n", source).removesuffix("\n")
    parts = list(_parts(_NAMES.split(text), environment))
    output = [nodes.Output(parts, lineno=1, environment=environment)] if parts else []
    return nodes.Template(output, lineno=1, environment=environment)


def _parts(pieces: Sequence[str | Any], environment: Environment) -> Iterator[nodes.Expr]:
    """Yield the nodes of texts, each followed by a name, with its attribute if it has one."""
    line = 1
    for at in range(0, len(pieces), 3):
        if pieces[at]:
            yield nodes.TemplateData(pieces[at], lineno=line, environment=environment)
            line += pieces[at].count("\n")
        if at + 1 < len(pieces):
            name = nodes.Name(pieces[at + 1], "load", lineno=line, environment=environment)
            attribute = pieces[at + 2]
            yield (
                name
                if attribute is None
                else nodes.Getattr(name, attribute, "load", lineno=line, environment=environment)
            )
