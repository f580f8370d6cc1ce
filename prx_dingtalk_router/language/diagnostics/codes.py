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
    ("PRX100", "unreadable-file", "error"),
    ("PRX101", "wrong-encoding", "error"),
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
    ("PRX115", "unknown-version", "error"),
    ("PRX116", "misplaced-version", "error"),
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
    ("PRX204", "outside-folder", "error"),
    ("PRX205", "include-cycle", "error"),
    ("PRX206", "include-depth", "error"),
    ("PRX207", "look-alike-names", "warning"),
    ("PRX208", "wrong-kind-of-name", "error"),
    ("PRX209", "name-cycle", "error"),
    ("PRX210", "used-twice", "warning"),
    ("PRX211", "title-twice", "warning"),
    # values and types
    ("PRX302", "is-with-list", "error"),
    ("PRX303", "refused-expression", "error"),
    ("PRX304", "matches-everything", "warning"),
    ("PRX306", "unknown-zone", "error"),
    ("PRX307", "empty-list", "error"),
    ("PRX308", "entry-twice", "warning"),
    ("PRX309", "past-hours", "warning"),
    ("PRX310", "lost-blanks", "warning"),
    ("PRX311", "literal-of-nothing", "error"),
    ("PRX312", "missing-calendar", "error"),
    ("PRX313", "unknown-calendar", "error"),
    ("PRX317", "wrong-guard", "error"),
    ("PRX318", "misplaced-step", "error"),
    ("PRX319", "option-twice", "error"),
    ("PRX320", "span-without-time", "warning"),
    ("PRX321", "wrong-test", "error"),
    ("PRX322", "unknown-calendar-year", "warning"),
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
    ("PRX501", "template-syntax", "error"),
    ("PRX502", "forbidden-in-template", "error"),
    ("PRX503", "undefined-in-template", "error"),
    ("PRX504", "no-such-group", "error"),
    ("PRX505", "group-may-be-unset", "warning"),
    ("PRX506", "unreadable-template", "error"),
    # configuration
    ("PRX601", "unconfigured-agent", "error"),
    ("PRX602", "no-otherwise", "warning"),
    ("PRX603", "unused-agent", "warning"),
    ("PRX604", "sender-not-admitted", "warning"),
    ("PRX605", "chosen-name", "warning"),
    # text that cannot match
    ("PRX701", "folded-away", "warning"),
    ("PRX702", "not-in-plain-text", "warning"),
    ("PRX703", "ascii-only-class", "warning"),
    ("PRX704", "contained-literal", "warning"),
    ("PRX705", "mixed-scripts", "warning"),
)

CODES: Mapping[str, Code] = MappingProxyType(
    {name: Code(code, name, severity) for code, name, severity in _TABLE}
)
