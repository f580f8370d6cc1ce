"""Collects diagnostics while a set is checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast, overload

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.language.diagnostics.codes import CODES
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related, Severity
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Edit, Fix
from prx_dingtalk_router.language.diagnostics.repeated_error import RepeatedError
from prx_dingtalk_router.language.diagnostics.repeated_warning import RepeatedWarning
from prx_dingtalk_router.language.source import Source, Span

LISTED = 30
"""So many of one kind in one file are listed; the others are counted."""


@dataclass(slots=True)
class Diagnostics:
    """Collects diagnostics while a set is checked."""

    items: list[Diagnostic] = field(default_factory=list)
    error_count: int = 0
    _counts: Counter[tuple[Source, str]] = field(default_factory=Counter)
    _unlisted: dict[tuple[Source, str], Diagnostic] = field(default_factory=dict)
    """The first of each kind that is not listed."""

    @overload
    def add(self, what: Diagnostic, /) -> None: ...

    @overload
    def add(
        self,
        what: str,
        span: Span,
        /,
        *,
        related: Sequence[Related] = (),
        replace: Mapping[Span, str] | str | None = None,
        **params: object,
    ) -> None: ...

    def add(
        self,
        what: str | Diagnostic,
        span: Span | None = None,
        /,
        *,
        related: Sequence[Related] = (),
        replace: Mapping[Span, str] | str | None = None,
        **params: object,
    ) -> None:
        """Report a diagnostic: one of the classes of this package, or, while it is none yet, by its name.

        Args:
            what: a diagnostic, or a name of the table of codes.
            span: the exact range.
            related: other places to look at.
            replace: the repair: new text for ``span``, or for other ranges.
            **params: what the fields of its sentence, and of its help line, are filled with.
        """
        if isinstance(what, str):
            assert span is not None
            what = named(what, span, related=related, replace=replace, **params)
        key = what.span.source, what.code
        self._counts[key] += 1
        self.error_count += what.is_error
        if self._counts[key] <= LISTED:
            self.items.append(what)
        else:
            self._unlisted.setdefault(key, what)

    @property
    def has_errors(self) -> bool:
        """Whether the set cannot be loaded."""
        return self.error_count > 0 or any(item.is_error for item in self.items)

    def in_order(self) -> tuple[Diagnostic, ...]:
        """All of them by file and place; of those of one kind in one file, some tens, and how many more there are."""
        repeated: list[Diagnostic] = []
        for key, first in self._unlisted.items():
            kind = RepeatedError if first.is_error else RepeatedWarning
            repeated.append(kind(first.span, of=first.code, count=self._counts[key] - LISTED))
        listed = [*self.items, *repeated]
        return tuple(sorted(listed, key=lambda each: (each.span.source.name, each.span.start, each.code)))


def named(
    what: str,
    span: Span,
    /,
    *,
    related: Sequence[Related] = (),
    replace: Mapping[Span, str] | str | None = None,
    **params: object,
) -> Diagnostic:
    """Return a diagnostic that is no class yet, by its name; see ``Diagnostics.add``."""
    help_key = f"language.{what}.help"
    edits = {span: replace} if isinstance(replace, str) else replace
    made = _Named(
        what,
        CODES[what].code,
        CODES[what].severity,
        span,
        Text(f"language.{what}", params),
        Text(help_key, params) if help_key in MESSAGES else None,
        tuple(related),
        None if edits is None else Fix(tuple(Edit(at, new) for at, new in edits.items()), SAFE),
    )
    return cast("Diagnostic", made)


@dataclass(frozen=True, slots=True)
class _Named:
    """A diagnostic whose kind is no class yet; it offers what one does."""

    name: str
    code: str
    severity: Severity
    span: Span
    message: Text
    help: Text | None
    related: tuple[Related, ...]
    repair: Fix | None

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    @property
    def weight(self) -> int:
        return 1

    def fix(self) -> Fix | None:
        return self.repair
