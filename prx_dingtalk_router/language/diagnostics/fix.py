"""How a diagnostic can be repaired: edits of the text, and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.language.source import Span


class Applicability(StrEnum):
    """How sure a fix is."""

    SAFE = "safe"
    """It removes the diagnostic and keeps what the rules mean: it can be applied without a look."""
    SUGGESTED = "suggested"
    """It is what was probably meant, and may change what the rules mean: a person decides."""


SAFE, SUGGESTED = Applicability


SHOWN_EDITS = 3
"""So many of the texts of a fix are named."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace what is written at ``span`` by ``text``."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """The edits that repair a diagnostic, all of them or none."""

    edits: tuple[Edit, ...]
    applicability: Applicability

    @classmethod
    def replacing(cls, span: Span, by: str, applicability: Applicability) -> Fix:
        """Return a fix that puts one text in the place of another."""
        return cls((Edit(span, by),), applicability)

    @property
    def text(self) -> Text:
        """What it does, for people."""
        texts = [*dict.fromkeys(edit.text.strip() or edit.text for edit in self.edits if edit.text)]
        new = "…".join(texts[:SHOWN_EDITS]) + ("…" if len(texts) > SHOWN_EDITS else "")
        if not new:
            return text("language.fix.remove")
        replaces = any(edit.span.start < edit.span.end for edit in self.edits)
        return text("language.fix.replace" if replaces else "language.fix.insert", new=new)
