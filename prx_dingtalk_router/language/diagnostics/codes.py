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
    # names
    # values and types
    # reachability
    # templates
    # configuration
    # text that cannot match
)

CODES: Mapping[str, Code] = MappingProxyType(
    {name: Code(code, name, severity) for code, name, severity in _TABLE}
)
