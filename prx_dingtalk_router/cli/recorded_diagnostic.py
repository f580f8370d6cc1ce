"""Diagnostics as they are kept from one run to the next: worded, with their places and fixes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec
from msgspec import Struct

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language import (
    Applicability,
    Diagnostic,
    Edit,
    Fix,
    Location,
    Related,
    Severity,
    Source,
    Span,
    located,
)

StoredPlace = tuple[int, int, int]
"""The number of the file, and where in it."""
_AS_IT_IS = Entry(zh="{said}", en="{said}")


class StoredDiagnostic(Struct, array_like=True, frozen=True):
    """Everything that is shown of a diagnostic."""

    code: str
    name: str
    severity: Severity
    about: str
    weight: int
    message: str
    help: str
    place: StoredPlace
    related: list[tuple[StoredPlace, str]]
    applicability: Applicability | None
    edits: list[tuple[StoredPlace, str]]


class RecordedDiagnostic(Diagnostic, frozen=True):
    """A diagnostic of an earlier run; its class says of which kind it is."""

    said: StoredDiagnostic
    related_places: tuple[Related, ...]
    repair: Fix | None

    @property
    def message(self) -> Wording:
        """What is wrong, for people."""
        return _worded(self.said.message)

    @property
    def help(self) -> Wording:
        """What to do, for people."""
        return _worded(self.said.help)

    @property
    def related(self) -> tuple[Related, ...]:
        """Other places to look at."""
        return self.related_places

    @property
    def about(self) -> str:
        """The code that it counts as."""
        return self.said.about

    @property
    def weight(self) -> int:
        """How many findings this stands for."""
        return self.said.weight

    def fix(self) -> Fix | None:
        """Return the repair."""
        return self.repair


def stored(diagnostic: Diagnostic, numbers: Mapping[str, int]) -> StoredDiagnostic:
    """Return what is kept of a diagnostic, in the language of this process.

    Args:
        diagnostic: of a finished report.
        numbers: of the files, by the names that people are shown.
    """

    def place(span: Span) -> StoredPlace:
        found = located(span)
        return numbers[found.file], found.start, found.end

    fix = diagnostic.fix()
    return StoredDiagnostic(
        diagnostic.code,
        diagnostic.name,
        diagnostic.severity,
        diagnostic.about,
        diagnostic.weight,
        str(diagnostic.message),
        str(diagnostic.help),
        place(diagnostic.span),
        [(place(each.span), str(each.text)) for each in diagnostic.related],
        fix.applicability if fix is not None else None,
        [(place(edit.span), edit.text) for edit in fix.edits] if fix is not None else [],
    )


def restored(said: StoredDiagnostic, sources: Sequence[Source]) -> Diagnostic:
    """Return the diagnostic again.

    Args:
        said: what was kept of it.
        sources: the files by number.

    Raises:
        LookupError: it speaks of a file that is none of these.
    """

    def place(at: StoredPlace) -> Location:
        source = sources[at[0]]
        return Location(at[1], at[2], source.name, source)

    fix = None
    if said.applicability is not None:
        fix = Fix(tuple(Edit(place(at), text) for at, text in said.edits), said.applicability)
    related = tuple(Related(place(at), _worded(text)) for at, text in said.related)
    kind = _kind(said.code, said.name, said.severity)
    return kind(place(said.place), said, related, fix)


@cache
def _kind(code: str, name: str, severity: Severity) -> type[RecordedDiagnostic]:
    namespace = {"code": code, "severity": severity, "__module__": __name__}
    kind = msgspec.defstruct("Recorded", [], bases=(RecordedDiagnostic,), namespace=namespace, frozen=True)
    assert issubclass(kind, RecordedDiagnostic)
    kind.name = name
    return kind


def _worded(said: str) -> Wording:
    return Wording(_AS_IT_IS, {"said": said})
