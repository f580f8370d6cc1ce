"""Collects diagnostics while a set is checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast, overload

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.language.diagnostics.codes import CODES
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related, Severity
from prx_dingtalk_router.language.diagnostics.fix import SAFE, Edit, Fix
from prx_dingtalk_router.language.source import Source, Span


@dataclass(slots=True)
class Diagnostics:
    """Collects diagnostics while a set is checked."""

    items: list[Diagnostic] = field(default_factory=list)
    _withdrawn: set[tuple[str, Source, int]] = field(default_factory=set)

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
        if isinstance(what, Diagnostic):
            self.items.append(what)
            return
        assert span is not None
        help_key = f"language.{what}.help"
        edits = {span: replace} if isinstance(replace, str) else replace
        named = _Named(
            what,
            CODES[what].code,
            CODES[what].severity,
            span,
            Text(f"language.{what}", params),
            Text(help_key, params) if help_key in MESSAGES else None,
            tuple(related),
            None if edits is None else Fix(tuple(Edit(at, new) for at, new in edits.items()), SAFE),
        )
        self.items.append(cast("Diagnostic", named))

    def withdraw(self, what: str, span: Span) -> None:
        """Take back what was said where ``span`` begins, if it was: the mistake turned out to be another one.

        It takes effect with ``settle``.
        """
        self._withdrawn.add((what, span.source, span.start))

    def settle(self) -> None:
        """Drop what was withdrawn."""
        if self._withdrawn:
            self.items = [
                item
                for item in self.items
                if (item.name, item.span.source, item.span.start) not in self._withdrawn
            ]
            self._withdrawn.clear()

    @property
    def has_errors(self) -> bool:
        """Whether the set cannot be loaded."""
        return any(item.is_error for item in self.items)

    def in_order(self) -> tuple[Diagnostic, ...]:
        """All of them by file and place."""
        return tuple(sorted(self.items, key=lambda each: (each.span.source.name, each.span.start, each.code)))


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

    def fix(self) -> Fix | None:
        return self.repair
