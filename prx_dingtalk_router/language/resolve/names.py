"""The names of a set: one space a kind (language.md section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.declared_twice import DeclaredTwice
from prx_dingtalk_router.language.diagnostics.phrases import NameKind
from prx_dingtalk_router.language.diagnostics.undeclared_name import UndeclaredName
from prx_dingtalk_router.language.diagnostics.wrong_days import WrongDays
from prx_dingtalk_router.language.diagnostics.wrong_kind_of_name import WrongKindOfName
from prx_dingtalk_router.language.source import Home, Place
from prx_dingtalk_router.language.syntax.ast import (
    ConditionNode,
    Declaration,
    HoursNode,
    ListNode,
    Name,
    PatternNode,
    RuleNode,
    TemplateNode,
    Unparsed,
)
from prx_dingtalk_router.language.syntax.lexer import is_name
from prx_dingtalk_router.language.syntax.synonyms import flag_meant
from prx_dingtalk_router.message import FIELDS
from prx_dingtalk_router.text.did_you_mean import Vocabulary

NamedDeclaration = ListNode | PatternNode | HoursNode | ConditionNode | TemplateNode | RuleNode

KINDS: Mapping[type, NameKind] = {
    ListNode: "list",
    PatternNode: "pattern",
    HoursNode: "hours",
    ConditionNode: "condition",
    TemplateNode: "template",
    RuleNode: "rule",
}

FLAGS = tuple(field.name for field in FIELDS.values() if field.kind == "flag")
"""What a condition can be meant by besides the names of conditions."""

N = TypeVar("N", bound=NamedDeclaration)


@dataclass(slots=True)
class Names:
    """All declared names, and which of them are used."""

    diagnostics: Diagnostics
    complete: bool = True
    """False when a file of rules could not be read: what is not declared may be declared there."""
    spaces: dict[NameKind, dict[str, NamedDeclaration]] = field(default_factory=dict)
    used: set[tuple[NameKind, str]] = field(default_factory=set)
    noted: dict[tuple[str, ...], None] = field(default_factory=dict)
    """What is used since ``noting`` was called, in its order, and in more words where more matters."""
    _within: dict[tuple[str, str], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """What the declarations of names use in turn."""
    _homes: dict[tuple[NameKind, str], Home] = field(default_factory=dict)
    _vocabularies: dict[NameKind, Vocabulary] = field(default_factory=dict)
    _unparsed: set[str] = field(default_factory=set)
    """Names whose declaration could not be parsed."""
    _unparsed_words: set[str] = field(default_factory=set)
    """Names in declarations that could not be parsed."""

    def declare(self, declarations: Iterable[Declaration]) -> None:
        """Enter declarations, reporting names that are declared twice."""
        for declaration in declarations:
            node = declaration.node
            if isinstance(node, Unparsed):
                self._unparsed_words |= node.words
                if node.name is not None:
                    self._unparsed.add(node.name)
                continue
            kind = KINDS.get(type(node))
            if kind is not None and isinstance(node, NamedDeclaration):
                self._declare(kind, node, declaration.home)

    def _declare(self, kind: NameKind, node: NamedDeclaration, home: Home) -> None:
        name = node.name.value
        space = self.spaces.setdefault(kind, {})
        if name in space:
            place = home.place(node.name.span)
            self.diagnostics.add(DeclaredTwice(place, kind, name, self.place(kind, name)))
        else:
            space[name] = node
            self._homes[kind, name] = home

    def home(self, kind: NameKind, name: str) -> Home:
        """Return where a declaration of that kind and name begins."""
        return self._homes[kind, name]

    def place(self, kind: NameKind, name: str) -> Place:
        """Return where the name of a declaration is written."""
        return self._homes[kind, name].place(self.spaces[kind][name].name.span)

    def find(self, kind: NameKind, name: Name, wanted: type[N]) -> N | None:
        """Return the declaration of that kind and name; report why there is none."""
        node = self.spaces.get(kind, {}).get(name.value)
        if node is not None:
            self.used.add((kind, name.value))
            self.noted[kind, name.value] = None
            assert isinstance(node, wanted)
            return node
        if name.value in self._unparsed or not is_name(name.value):  # both were reported where they are
            return None
        for other, space in self.spaces.items():
            if name.value in space:
                self.used.add((other, name.value))
                declaration = self.place(other, name.value)
                self.diagnostics.add(WrongKindOfName(name.span, name.value, other, kind, declaration))
                return None
        if not self.complete:
            return None
        if kind == "hours" and self._are_days(name):
            return None
        near = flag_meant(name.value) if kind == "condition" else None
        if near is None:
            near = self._vocabulary(kind).nearest(name.value)
            if near is not None:
                self.used.add((kind, near))
        self.diagnostics.add(UndeclaredName(name.span, kind, name.value, near))
        return None

    def _are_days(self, name: Name) -> bool:
        """Report a name that says which days are meant, and tell whether it does."""
        from prx_dingtalk_router.language.syntax.recovery.day_words import meant_days

        meant = meant_days(name.value)
        if meant is not None:
            self.diagnostics.add(WrongDays(name.span, name.value, meant))
        return meant is not None

    def _vocabulary(self, kind: NameKind) -> Vocabulary:
        """Return what a name of that kind can be meant to be, made ready once all are declared."""
        if kind not in self._vocabularies:
            known = self.spaces.get(kind, {})
            flags = FLAGS if kind == "condition" else ()
            self._vocabularies[kind] = Vocabulary([*known, *flags], pinyin=True)
        return self._vocabularies[kind]

    def noting(self) -> Mapping[tuple[str, ...], None]:
        """Begin to note what is used, and return what will be noted."""
        self.noted = {}
        return self.noted

    def enter_within(self, kind: NameKind, name: str, uses: Iterable[tuple[str, ...]]) -> None:
        """Note what the declaration of a name uses."""
        self._within[kind, name] = tuple(sorted({(use[0], use[1]) for use in uses}))

    def within(self, kind: str, name: str) -> tuple[tuple[str, str], ...]:
        """Return what the declaration of a name uses."""
        return self._within.get((kind, name), ())

    def declared(self, kind: str, name: str) -> NamedDeclaration | None:
        """Return the declaration of that kind and name, if there is one; nothing uses it because of that."""
        return self.spaces.get(cast("NameKind", kind), {}).get(name)

    def may_be_used(self, kind: NameKind, name: str) -> bool:
        """Return whether something uses a name, or what could not be read may: a declaration, or a file."""
        return (kind, name) in self.used or self.is_in_unparsed(name) or not self.complete

    def is_in_unparsed(self, name: str) -> bool:
        """Return whether a declaration that could not be parsed has a name in it."""
        return name in self._unparsed_words
