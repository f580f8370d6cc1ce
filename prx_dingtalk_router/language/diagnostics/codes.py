"""The codes of diagnostics that are not yet a class of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from prx_dingtalk_router.language.diagnostics.diagnostic import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of diagnostic. ``name`` is what it flags; its sentences are ``language.<name>`` in the catalogue."""

    code: str
    name: str
    severity: Severity


_TABLE: tuple[tuple[str, str, Severity], ...] = (
    # text and syntax
    ("PRX102", "unexpected", "error"),
    ("PRX103", "unfinished", "error"),
    ("PRX104", "keyword-as-name", "error"),
    ("PRX105", "unclosed-string", "error"),
    ("PRX106", "unknown-escape", "error"),
    ("PRX107", "unclosed-expression", "error"),
    ("PRX108", "unknown-flag", "error"),
    ("PRX109", "malformed-number", "error"),
    ("PRX110", "foreign-operator", "error"),
    ("PRX111", "foreign-quotes", "error"),
    ("PRX112", "foreign-punctuation", "error"),
    ("PRX113", "unknown-character", "error"),
    ("PRX114", "wide-blank", "warning"),
    ("PRX117", "no-declaration", "error"),
    ("PRX118", "missing-word", "error"),
    ("PRX119", "foreign-comment", "error"),
    ("PRX120", "unquoted", "error"),
    ("PRX122", "dotted-name", "error"),
    ("PRX123", "misplaced-description", "error"),
    ("PRX124", "invisible-character", "error"),
    ("PRX125", "needless-punctuation", "error"),
    ("PRX126", "several-values", "error"),
    ("PRX127", "quote-inside", "error"),
    ("PRX128", "quoted-name", "error"),
    # names
    # values and types
    ("PRX323", "flag-with-operator", "error"),
    ("PRX324", "unknown-field", "error"),
    ("PRX325", "test-without-time", "warning"),
    # reachability
    ("PRX401", "never-reached", "warning"),
    ("PRX402", "same-condition", "warning"),
    ("PRX403", "never-holds", "warning"),
    ("PRX404", "always-holds", "warning"),
    ("PRX405", "covered-rule", "warning"),
    # templates
    # configuration
    ("PRX602", "no-otherwise", "warning"),
    ("PRX603", "unused-agent", "warning"),
    ("PRX604", "sender-not-admitted", "warning"),
    ("PRX605", "chosen-name", "warning"),
    # text that cannot match
)

CODES: Mapping[str, Code] = MappingProxyType(
    {name: Code(code, name, severity) for code, name, severity in _TABLE}
)
