"""Diagnostics as data: what is wrong, where, and how to repair it. Showing them is the commands' business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.language.diagnostics.codes import CODES, Code, Severity
from prx_dingtalk_router.language.source import Source, Span


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a diagnostic speaks of."""

    span: Span
    text: Text


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace what stands at ``span`` by ``text``."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """The one repair that is obviously right."""

    text: Text
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong with a set (language.md section 11)."""

    code: Code
    span: Span
    message: Text
    help: Text | None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    @property
    def severity(self) -> Severity:
        """``error``: the set cannot be loaded; ``warning``: it can, but hardly does what its writer wants."""
        return self.code.severity

    @property
    def is_error(self) -> bool:
        """Whether the set cannot be loaded because of this."""
        return self.code.severity == "error"


@dataclass(slots=True)
class Diagnostics:
    """Collects diagnostics while a set is checked."""

    items: list[Diagnostic] = field(default_factory=list)
    _withdrawn: set[tuple[str, Source, int]] = field(default_factory=set)

    def add(
        self,
        what: str,
        span: Span,
        /,
        *,
        related: Sequence[Related] = (),
        replace: Mapping[Span, str] | str | None = None,
        **params: object,
    ) -> None:
        """Report the diagnostic called ``what`` (see ``codes``) at ``span``.

        Args:
            what: a name of the table of codes.
            span: the exact range.
            related: other places to look at.
            replace: the repair: new text for ``span``, or for other ranges.
            **params: what the fields of its sentence, and of its help line, are filled with.
        """
        help_key = f"language.{what}.help"
        edits = {span: replace} if isinstance(replace, str) else replace
        self.items.append(
            Diagnostic(
                CODES[what],
                span,
                Text(f"language.{what}", params),
                Text(help_key, params) if help_key in MESSAGES else None,
                tuple(related),
                None if edits is None else _fix(edits),
            )
        )

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
                if (item.code.name, item.span.source, item.span.start) not in self._withdrawn
            ]
            self._withdrawn.clear()

    @property
    def has_errors(self) -> bool:
        """Whether the set cannot be loaded."""
        return any(item.is_error for item in self.items)

    def in_order(self) -> tuple[Diagnostic, ...]:
        """All of them by file and place."""
        return tuple(sorted(self.items, key=lambda d: (d.span.source.name, d.span.start, d.code.code)))


def _fix(edits: Mapping[Span, str]) -> Fix:
    new = next(iter(edits.values()))
    kind = "remove" if not new else "replace" if any(where.text for where in edits) else "insert"
    return Fix(
        Text(f"language.fix.{kind}", {"new": new}),
        tuple(Edit(where, text) for where, text in edits.items()),
    )
