"""Canned texts: what a template may hold, and what comes of it (language.md section 10)."""

from prx_dingtalk_router.templates.check import (
    MAXIMUM_OUTPUT,
    check_template,
    needed_groups,
    template_groups,
    template_names,
)
from prx_dingtalk_router.templates.markdown import escape_markdown
from prx_dingtalk_router.templates.markers import neutralise_markers
from prx_dingtalk_router.templates.named import NamedText
from prx_dingtalk_router.templates.names import NAMES, TemplateNames
from prx_dingtalk_router.templates.person import PersonText
from prx_dingtalk_router.templates.problems import TemplateProblem, TemplateProblemKind
from prx_dingtalk_router.templates.render import Audience, render_template

__all__ = [
    "MAXIMUM_OUTPUT",
    "NAMES",
    "Audience",
    "NamedText",
    "PersonText",
    "TemplateNames",
    "TemplateProblem",
    "TemplateProblemKind",
    "check_template",
    "escape_markdown",
    "needed_groups",
    "neutralise_markers",
    "render_template",
    "template_groups",
    "template_names",
]
