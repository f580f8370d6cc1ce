"""The base of all diagnostics. Each kind is one class in one file of this package, named for what it flags."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal, Self

from msgspec import Struct
from msgspec.structs import replace

from prx_dingtalk_router.catalogue import Entry, Text, Wording
from prx_dingtalk_router.language.diagnostics.fix import Fix
from prx_dingtalk_router.language.source import Span

Severity = Literal["error", "warning", "note"]

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a diagnostic speaks of."""

    span: Span
    text: Text | Wording


class Diagnostic(Struct, frozen=True):
    """One thing that is wrong with a set (language.md section 11).

    A subclass holds everything about one kind: its fields, which are plain data (texts, numbers, spans, tuples of them),
    its code, sentences and fix, and in its docstring the page that explains it, under the headings ``What``, ``Why``,
    ``Wrong``, ``Right`` and ``Fix`` (see ``page.page_of``). The fields of a sentence are filled with the attributes of
    the same name.
    """

    code: ClassVar[str]
    """``PRX…``; never reused (language.md section 11)."""
    name: ClassVar[str]
    """What is flagged, as ``wrong-value`` for the class ``WrongValue``."""
    severity: ClassVar[Severity]
    """``error``: the set cannot be loaded; ``warning``: it can, but hardly does what its writer wants; ``note``: nobody can
    mend it yet, and nothing fails because of it."""
    sentence: ClassVar[Entry]
    """What is wrong."""
    in_general: ClassVar[Entry | None] = None
    """What is flagged, for lists of all kinds, where ``sentence`` says nothing without a case."""
    advice: ClassVar[Entry]
    """What to do."""
    page_zh: ClassVar[str] = ""
    """The page in Chinese, for people who never programmed; see ``page.page_of``."""

    span: Span
    """The exact place: of the declaration that it is about, until the collector gives it its place in the file."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.name = _WORD.sub("-", cls.__name__).lower()

    @property
    def message(self) -> Wording:
        """What is wrong, for people."""
        return self._filled(self.sentence)

    @property
    def help(self) -> Wording:
        """What to do, for people."""
        return self._filled(self.advice)

    @property
    def related(self) -> tuple[Related, ...]:
        """Other places to look at."""
        return ()

    @property
    def about(self) -> str:
        """The code that it counts as where people choose what they want to see."""
        return self.code

    @property
    def weight(self) -> int:
        """How many findings this stands for."""
        return 1

    @property
    def is_error(self) -> bool:
        """Whether the set cannot be loaded because of this."""
        return self.severity == "error"

    def fix(self) -> Fix | None:
        """Return the repair, where one is right or probable."""
        return None

    def moved(self, place: Callable[[Span], Span]) -> Self:
        """Return the same diagnostic with other places.

        Args:
            place: what a place of it becomes.
        """
        moved: dict[str, object] = {}
        for field in self.__struct_fields__:
            value = getattr(self, field)
            if isinstance(value, Span):
                moved[field] = place(value)
            elif isinstance(value, tuple) and value and isinstance(value[0], Span):
                moved[field] = tuple(map(place, value))
        return replace(self, **moved)

    def _filled(self, entry: Entry) -> Wording:
        return Wording(entry, {field: getattr(self, field) for field in entry.fields()})
