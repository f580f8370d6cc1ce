"""What several diagnostics say: kinds of names, hints, related places. The words are in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.language.diagnostics.diagnostic import Related
from prx_dingtalk_router.language.source import Span

NameKind = Literal["list", "pattern", "hours", "condition", "template", "rule"]
"""What can be declared under a name."""


def kind_name(kind: NameKind | Literal["declaration"]) -> Text:
    """Return what a kind of declaration is called."""
    return text(f"language.kind.{kind}")


def did_you_mean(word: str | None) -> Text:
    """Return a question to put behind a sentence, and nothing without a word."""
    return text("language.did-you-mean", word=word) if word else text("language.no-hint")


def write_instead(spelling: str | None) -> Text:
    """Return what to write in the place of a regex, or of a piece of one."""
    if spelling is None:
        return text("language.no-spelling")
    return text("language.instead", instead=spelling)


def first_here(span: Span) -> tuple[Related, ...]:
    """Return the place of the first of two."""
    return (Related(span, text("language.related.first")),)


def declared_here(span: Span) -> tuple[Related, ...]:
    """Return the place of a declaration."""
    return (Related(span, text("language.related.declared")),)


def takes_first(rule: str, span: Span) -> Related:
    """Return the place of a rule that takes messages before another can."""
    return Related(span, text("language.related.takes-first", rule=rule))


MOST_PLACES = 8
"""So many places of one cause are shown; a few tell what many would."""


def too_here(places: Sequence[Span]) -> tuple[Related, ...]:
    """Return the other places of something that is wrong in several, the first of very many."""
    return tuple(Related(span, text("language.related.too")) for span in places[:MOST_PLACES])
