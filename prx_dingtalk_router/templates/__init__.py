"""Canned texts: what a template may hold, and what comes of it (language.md section 10)."""

from prx_dingtalk_router.templates.check import (
    ANYWHERE,
    MAXIMUM_OUTPUT,
    TemplateAnalysis,
    analyse_template,
    check_template,
)
from prx_dingtalk_router.templates.markdown import escape_markdown
from prx_dingtalk_router.templates.markers import join_lines, neutralise_markers
from prx_dingtalk_router.templates.named import NamedText
from prx_dingtalk_router.templates.names import NAMES, TemplateNames
from prx_dingtalk_router.templates.person import PersonText
from prx_dingtalk_router.templates.plain import is_plain
from prx_dingtalk_router.templates.problems import TemplateProblem, TemplateProblemKind
from prx_dingtalk_router.templates.render import Audience, render_template

__all__ = [
    "ANYWHERE",
    "MAXIMUM_OUTPUT",
    "NAMES",
    "Audience",
    "NamedText",
    "PersonText",
    "TemplateAnalysis",
    "TemplateNames",
    "TemplateProblem",
    "TemplateProblemKind",
    "analyse_template",
    "check_template",
    "escape_markdown",
    "is_plain",
    "join_lines",
    "neutralise_markers",
    "render_template",
]
