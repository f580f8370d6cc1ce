"""The rules language: text to checked rules and diagnostics."""

from prx_dingtalk_router.language.check import CheckResult, FreshReport, Report, check_rules, report_on
from prx_dingtalk_router.language.check_cache import CheckCache
from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics import Applicability, Diagnostic, Edit, Fix, Related, Severity
from prx_dingtalk_router.language.files import entry_of
from prx_dingtalk_router.language.ruleset import RuleSet
from prx_dingtalk_router.language.source import Location, Position, Source, SourceMap, Span, located

__all__ = [
    "Applicability",
    "CheckCache",
    "CheckContext",
    "CheckResult",
    "Diagnostic",
    "Edit",
    "Fix",
    "FreshReport",
    "Location",
    "Position",
    "Related",
    "Report",
    "RuleSet",
    "Severity",
    "Source",
    "SourceMap",
    "Span",
    "check_rules",
    "entry_of",
    "located",
    "report_on",
]
