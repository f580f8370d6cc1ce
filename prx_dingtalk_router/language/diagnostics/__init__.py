"""Diagnostics as data: what is wrong, where, and how to repair it."""

from prx_dingtalk_router.language.diagnostics.codes import CODES, Code, Severity
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Diagnostics, Edit, Fix, Related

__all__ = ["CODES", "Code", "Diagnostic", "Diagnostics", "Edit", "Fix", "Related", "Severity"]
