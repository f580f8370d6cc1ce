"""The names of a set: one space a kind (language.md section 3)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, TypeVar

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.language.diagnostics import Diagnostics, Related
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.language.syntax.ast import (
    ConditionNode,
    Declaration,
    HoursNode,
    ListNode,
    Name,
    PatternNode,
    RuleNode,
    TemplateNode,
)
from prx_dingtalk_router.language.syntax.recovery.synonyms import DAYS_MEANT
from prx_dingtalk_router.message import FIELDS

Kind = Literal["list", "pattern", "hours", "condition", "template", "rule"]
NamedDeclaration = ListNode | PatternNode | HoursNode | ConditionNode | TemplateNode | RuleNode

KINDS: Mapping[type, Kind] = {
    ListNode: "list",
    PatternNode: "pattern",
    HoursNode: "hours",
    ConditionNode: "condition",
    TemplateNode: "template",
    RuleNode: "rule",
}

LOOKS_LIKE = str.maketrans("аеорсухіѕјԁһԛԝαορνικτ", "aeopcyxisjdhqwaopvikt")
"""Cyrillic and Greek letters that look like Latin ones."""

FLAGS = tuple(field.name for field in FIELDS.values() if field.kind == "flag")
"""What a condition can be meant by besides the names of conditions."""

N = TypeVar("N", bound=NamedDeclaration)


@dataclass(slots=True)
class Names:
    """All declared names, and which of them are used."""

    diagnostics: Diagnostics
    unparsed: set[str] = field(default_factory=set)
    unparsed_words: set[str] = field(default_factory=set)
    spaces: dict[Kind, dict[str, NamedDeclaration]] = field(default_factory=dict)
    used: set[tuple[Kind, str]] = field(default_factory=set)

    def declare(self, declarations: Iterable[Declaration]) -> None:
        """Enter declarations, reporting names that are declared twice or look alike."""
        for node in declarations:
            kind = KINDS.get(type(node))
            if kind is None or not isinstance(node, NamedDeclaration):
                continue
            space = self.spaces.setdefault(kind, {})
            earlier = space.get(node.name.value)
            if earlier is not None:
                self._twice(kind, node.name, earlier.name.span)
                continue
            space[node.name.value] = node
        for kind, space in self.spaces.items():
            self._look_alikes(kind, space)

    def find(self, kind: Kind, name: Name, wanted: type[N]) -> N | None:
        """The declaration of that kind and name; reports why there is none."""
        node = self.spaces.get(kind, {}).get(name.value)
        if node is not None:
            self.used.add((kind, name.value))
            assert isinstance(node, wanted)
            return node
        if name.value in self.unparsed or "." in name.value:  # both were reported where they stand
            return None
        for other, space in self.spaces.items():
            if name.value in space:
                self.used.add((other, name.value))
                self.diagnostics.add(
                    "wrong-kind-of-name",
                    name.span,
                    name=name.value,
                    is_kind=text(f"language.kind.{other}"),
                    expected=text(f"language.kind.{kind}"),
                    advice=text(f"language.place.{kind}"),
                    related=[Related(space[name.value].name.span, text("language.related.declared"))],
                )
                return None
        days = DAYS_MEANT.get(name.value.lower()) if kind == "hours" else None
        close = (
            [days]
            if days
            else get_close_matches(
                name.value,
                [*self.spaces.get(kind, {}), *(FLAGS if kind == "condition" else ())],
                n=1,
                cutoff=0.6,
            )
        )
        if close and not days:
            self.used.add((kind, close[0]))
        hint, repair = text("language.no-hint"), None
        if close:
            hint, repair = text("language.did-you-mean", word=close[0]), close[0]
        elif kind in ("list", "template"):
            quoted = f'"{name.value}"'
            # A word in plain ASCII may well be a name that is yet to be declared.
            hint, repair = text("language.if-text", quoted=quoted), None if name.value.isascii() else quoted
        self.diagnostics.add(
            "undeclared-name",
            name.span,
            name=name.value,
            kind=text(f"language.kind.{kind}"),
            hint=hint,
            replace=repair,
        )
        return None

    def report_unused(self) -> None:
        """Warn about names that nothing uses; rules need no use, and what cannot be parsed may hold one."""
        for kind, space in self.spaces.items():
            for value, node in space.items():
                if kind != "rule" and (kind, value) not in self.used and value not in self.unparsed_words:
                    self.diagnostics.add(
                        "unused-name", node.name.span, name=value, kind=text(f"language.kind.{kind}")
                    )

    def _twice(self, kind: Kind, name: Name, earlier: Span) -> None:
        self.diagnostics.add(
            "declared-twice",
            name.span,
            name=name.value,
            kind=text(f"language.kind.{kind}"),
            related=[Related(earlier, text("language.related.first"))],
        )

    def _look_alikes(self, kind: Kind, space: Mapping[str, NamedDeclaration]) -> None:
        seen: dict[str, NamedDeclaration] = {}
        for value, node in space.items():
            look = unicodedata.normalize("NFKC", value).casefold().translate(LOOKS_LIKE)
            earlier = seen.setdefault(look, node)
            if earlier is not node:
                self.diagnostics.add(
                    "look-alike-names",
                    node.name.span,
                    name=value,
                    other=earlier.name.value,
                    kind=text(f"language.kind.{kind}"),
                    related=[Related(earlier.name.span, text("language.related.first"))],
                )
