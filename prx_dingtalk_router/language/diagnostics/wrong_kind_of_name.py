"""PRX208 wrong-kind-of-name."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text, text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import (
    NameKind,
    declared_here,
    kind_name,
)
from prx_dingtalk_router.language.source import Span


class WrongKindOfName(Diagnostic, frozen=True):
    r"""A name of another kind than the one that belongs in its place.

    What: The name is declared, but as something else: a pattern where a list is needed, a condition after ``during``.
    Why: Each place takes one kind: lists follow ``in`` and ``contains``, patterns follow ``matches``, hours follow
        ``during``, and conditions stand by themselves.
    Wrong:
        pattern ticket = /[A-Z]+-\d+/
        rule tracker when text contains ticket then drop
    Right:
        pattern ticket = /[A-Z]+-\d+/
        rule tracker when text matches ticket then drop
    """

    code = "PRX208"
    severity = "error"
    sentence = Entry(
        zh="`{found}` 是{is_kind}，这里需要{needed}",
        en="`{found}` is a {is_kind}; a {needed} is needed here",
    )
    advice = Entry(
        zh="换成{needed}的名称：{place}",
        en="take the name of a {needed}: {place}",
    )

    found: str
    kind: NameKind
    """What it is."""
    expected: NameKind
    declaration: Span

    @property
    def is_kind(self) -> Text:
        """What it is, for people."""
        return kind_name(self.kind)

    @property
    def needed(self) -> Text:
        """What is needed, for people."""
        return kind_name(self.expected)

    @property
    def place(self) -> Text:
        """Where names of the kind that is needed are written."""
        return text(f"language.place.{self.expected}")

    @property
    def related(self) -> tuple[Related, ...]:
        """Its declaration."""
        return declared_here(self.declaration)
