"""Diagnostics as data: what is wrong, where, and how to repair it. Each kind is a class in the file of its name."""

from prx_dingtalk_router.language.diagnostics.collector import Diagnostics
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related, Severity
from prx_dingtalk_router.language.diagnostics.fix import SAFE, SUGGESTED, Applicability, Edit, Fix

__all__ = [
    "SAFE",
    "SUGGESTED",
    "Applicability",
    "Diagnostic",
    "Diagnostics",
    "Edit",
    "Fix",
    "Related",
    "Severity",
]
