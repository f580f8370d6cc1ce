"""Rendering: a valid template and the values of a message give a text or a failed step, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from jinja2 import Template, UndefinedError, nodes

from prx_dingtalk_router.errors import RenderError
from prx_dingtalk_router.templates.check import ANYWHERE, MAXIMUM_OUTPUT, analyse_tree
from prx_dingtalk_router.templates.environment import ENVIRONMENT, parse_template
from prx_dingtalk_router.templates.filters import ValueTooLarge
from prx_dingtalk_router.templates.markdown import join_for_markdown
from prx_dingtalk_router.templates.markers import join_for_agent
from prx_dingtalk_router.templates.named import NamedText
from prx_dingtalk_router.templates.names import CAPTURES
from prx_dingtalk_router.templates.person import PersonText
from prx_dingtalk_router.templates.problems import TemplateProblem, TemplateProblemKind
from prx_dingtalk_router.text.folding import shown_trim

_SURROGATE = re.compile("[\ud800-\udfff]")


class Audience(StrEnum):
    """Who reads what is rendered; decides how a person's text is made harmless."""

    TEXT = "text"
    """People, as plain text: nothing in it has a meaning."""
    MARKDOWN = "markdown"
    """People, as Markdown."""
    AGENT = "agent"
    """A PRX agent, which reads attachment markers."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    template: Template
    paths: tuple[tuple[str, str], ...]
    """What it uses: a name and what follows its dot, or nothing."""
    is_constant: bool
    """Whether it is nothing but text."""


def render_template(source: str, values: Mapping[str, object], *, audience: Audience) -> str:
    """Return the text that a template gives for a message.

    Args:
        source: a template without problems; one with problems fails.
        values: what the names stand for. ``sender``, ``conversation``, ``file``, ``rule`` and ``match`` are mappings
            or objects with attributes; ``now`` is an aware datetime and shown to the second. What a person wrote is
            ``PersonText``; ``NamedText`` keeps its names in comparisons. None is shown as nothing, a capture that is not there too.
        audience: who reads it.

    Returns:
        At most 20,000 characters, never white space alone. The last line break of the template is dropped.

    Raises:
        RenderError: a value is missing, values cannot be compared, the output is too long or empty.
    """
    compiled = _compiled(source)
    if compiled.is_constant:
        return _constant(source, audience)
    return _said(_pieces(compiled.template, _context(compiled.paths, values)), audience)


@lru_cache(maxsize=4096)
def _constant(source: str, audience: Audience) -> str:
    return _said(_pieces(_compiled(source).template, {}), audience)


def _said(pieces: list[str], audience: Audience) -> str:
    if audience is Audience.MARKDOWN:
        output = join_for_markdown(pieces)
    elif audience is Audience.AGENT:
        output = join_for_agent(pieces)
    else:
        output = "".join(pieces)
    if not shown_trim(output):
        raise RenderError("templates.empty-message")
    return _SURROGATE.sub("\ufffd", output)


@lru_cache(maxsize=4096)
def _compiled(source: str) -> _Compiled:
    tree = parse_template(source)
    analysis = analyse_tree(source, tree)
    problems = [
        problem for problem in analysis.problems(ANYWHERE) if problem.kind is not TemplateProblemKind.EMPTY
    ]
    if isinstance(tree, TemplateProblem) or problems:
        raise RenderError("templates.unsound", problem=problems[0].text())
    for condition in tree.find_all(nodes.CondExpr):
        if condition.expr2 is None:
            condition.expr2 = nodes.Const("", lineno=condition.lineno)
    paths = (path.partition(".") for path in analysis.names)
    return _Compiled(
        ENVIRONMENT.from_string(tree),
        tuple(sorted((name, attribute) for name, _, attribute in paths)),
        all(isinstance(each, nodes.Output) and _is_text(each) for each in tree.body),
    )


def _is_text(output: nodes.Output) -> bool:
    return all(isinstance(each, nodes.TemplateData) for each in output.nodes)


def _context(paths: tuple[tuple[str, str], ...], values: Mapping[str, object]) -> dict[str, object]:
    context: dict[str, object] = {}
    for name, attribute in paths:
        whole = values.get(name)
        if not attribute:
            if name not in values:
                raise RenderError("templates.missing-value", name=name)
            context[name] = _shown(whole)
            continue
        part = whole.get(attribute) if isinstance(whole, Mapping) else getattr(whole, attribute, None)
        if part is None and name != CAPTURES and not _has(whole, attribute):
            raise RenderError("templates.missing-value", name=f"{name}.{attribute}")
        namespace = context.setdefault(name, {})
        if isinstance(namespace, dict):
            namespace[attribute] = _shown(part)
    return context


def _has(whole: object, attribute: str) -> bool:
    return attribute in whole if isinstance(whole, Mapping) else hasattr(whole, attribute)


def _shown(value: object) -> object:
    match value:
        case None:
            return ""
        case datetime():
            return str(value.replace(microsecond=0))
        case bool() | int() | float() | PersonText() | NamedText():
            return value
        case _:
            return str(value)


def _pieces(template: Template, context: dict[str, object]) -> list[str]:
    pieces: list[str] = []
    length = 0
    try:
        for piece in template.generate(context):
            pieces.append(piece)
            length += len(piece)
            if length > MAXIMUM_OUTPUT:
                raise RenderError("templates.output-too-long", limit=MAXIMUM_OUTPUT)
    except RenderError:
        raise
    except ValueTooLarge:
        raise RenderError("templates.output-too-long", limit=MAXIMUM_OUTPUT) from None
    except UndefinedError as error:
        raise RenderError("templates.missing-value", name=error.message or "") from None
    except (
        Exception
    ) as error:  # a failed step, never a crash (section 10), whatever Jinja2 makes of a template
        raise RenderError("templates.failed", reason=type(error).__name__) from None
    return pieces
