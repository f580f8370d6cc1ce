"""Rules that are settled: a check found nothing in them, and while they and what they name are the same, none will.

What is said of a settled rule is what the rest of the set has to know of it. Nothing is settled by a check that found an
error.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Sequence
from typing import cast

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Decoder, Encoder

from prx_dingtalk_router.language.context import CheckContext
from prx_dingtalk_router.language.diagnostics.phrases import NameKind
from prx_dingtalk_router.language.files import FileSet
from prx_dingtalk_router.language.resolve.names import Names
from prx_dingtalk_router.language.semantics.facts import Fact, NormalForm
from prx_dingtalk_router.language.semantics.stored_facts import StoredFact, restored, stored
from prx_dingtalk_router.language.source import Home, Place
from prx_dingtalk_router.language.syntax.ast import ListNode, PlainStepNode, RuleNode, String, TemplateNode

Use = tuple[str, ...]
"""A kind of name and the name; of a list also the field and the operator, of a pattern the field."""

_MISSING = b""


class Traits(Struct, frozen=True, array_like=True, gc=False):
    """What can be said of a rule by itself, and matters beside others.

    Args:
        asked_always: nothing in a message tells that it need not be asked.
        timed: it asks for the time.
        wordless: a message without words may fulfil it.
        speechless: some ordinary message that fulfils it leaves one of its steps without anything to say.
    """

    asked_always: bool
    timed: bool
    wordless: bool
    speechless: bool


class SettledRule(Struct, frozen=True, array_like=True, gc=False):
    """What is known of a settled rule.

    Args:
        uses: the names that it uses.
        meaning: a digest of what these mean.
        agents: those that its steps name, each with the first place, counted from where the rule begins.
        in_expressions: what it counts towards the limits of the whole set, in characters.
        in_templates: the same, of the templates that are written in it.
        form: the normal form of its condition, over the facts that are kept along.
        traits: what else is said of it.
    """

    uses: tuple[Use, ...]
    meaning: bytes
    agents: tuple[tuple[str, int, int], ...]
    in_expressions: int
    in_templates: int
    form: NormalForm
    traits: Traits


class Settled(Struct, frozen=True, gc=False):
    """A settled rule in its place."""

    node: RuleNode
    home: Home
    known: SettledRule

    @property
    def name(self) -> str:
        """Its name."""
        return self.node.name.value

    @property
    def place(self) -> Place:
        """The place of its name."""
        return self.home.place(self.node.name.span)

    @property
    def takes(self) -> bool:
        """Whether a message that it holds for ends with it."""
        last = self.node.chains[-1].entries[0].step
        return not self.node.shadow and not (isinstance(last, PlainStepNode) and last.kind == "next")


class _Kept(Struct, frozen=True, array_like=True):
    """What is kept of the settled rules of a set; rules by the numbers of their declarations."""

    surroundings: bytes
    facts: list[StoredFact]
    rules: dict[int, SettledRule]


_ENCODER = Encoder()
_DECODER = Decoder(_Kept)


class SettledRules:
    """Knows the settled rules of the set that was checked last.

    Attributes:
        facts: what the forms are over.
    """

    def __init__(self) -> None:
        self.facts: Sequence[Fact] = ()
        self._known: dict[int, tuple[RuleNode, SettledRule]] = {}
        """By the node that a rule was written as, which is kept along so that no other can have its id."""
        self._surroundings = b""
        self.is_new = False
        """Whether something is known now that was not loaded."""

    def __len__(self) -> int:
        return len(self._known)

    def of(self, node: RuleNode) -> SettledRule | None:
        """Return what is known of a rule."""
        known = self._known.get(id(node))
        return known[1] if known is not None else None

    def enter(self, context: CheckContext) -> None:
        """Forget everything if it was found under another configuration, or on another day."""
        surroundings = digest(repr(context.identity()).encode("utf-8", "backslashreplace"))
        if surroundings != self._surroundings:
            self.forget()
            self._surroundings = surroundings

    def forget(self) -> None:
        """Forget everything."""
        self.keep((), ())

    def keep(self, rules: Iterable[tuple[RuleNode, SettledRule]], facts: Sequence[Fact]) -> None:
        """Know these rules and no others."""
        before = self._known
        self._known = {id(node): (node, rule) for node, rule in rules}
        self.facts = facts
        self.is_new |= before.keys() != self._known.keys()

    def dump(self, nodes: Iterable[object]) -> bytes:
        """Return what is known, to be kept for ``load``.

        Args:
            nodes: of declarations, in an order that will be the same.
        """
        rules = {
            number: known[1]
            for number, node in enumerate(nodes)
            if (known := self._known.get(id(node))) is not None
        }
        return _ENCODER.encode(_Kept(self._surroundings, list(map(stored, self.facts)), rules))

    def load(self, kept: bytes, nodes: Sequence[object]) -> None:
        """Take what ``dump`` gave, whoever kept it meanwhile; nothing of it where it has another form.

        The form holds data only: whatever is in it, no code of it runs.
        """
        with contextlib.suppress(MsgspecError, ValueError, LookupError, RecursionError):
            found = _DECODER.decode(kept)
            rules = [(nodes[number], rule) for number, rule in found.rules.items()]
            facts = restored(found.facts)
            self.keep([(node, rule) for node, rule in rules if isinstance(node, RuleNode)], facts)
            self._surroundings = found.surroundings
            self.is_new = False


class Meanings:
    """What the names of a set mean, as digests: of declarations, of the files that these name, and of what they use."""

    def __init__(self, names: Names, files: FileSet) -> None:
        self._names = names
        self._files = files
        self._of: dict[tuple[Use, ...], bytes] = {(): digest()}
        self._declared: dict[tuple[str, str], bytes] = {}

    def of(self, uses: tuple[Use, ...]) -> bytes | None:
        """Return what some names mean together; None where one of them is not declared."""
        known = self._of.get(uses)
        if known is None:
            parts = [self._of_name(use[0], use[1]) for use in uses]
            known = self._of[uses] = _MISSING if _MISSING in parts else digest(*parts)
        return known or None

    def _of_name(self, kind: str, name: str) -> bytes:
        """Return what a name means; those that it refers to are looked at first, however many stand behind each other."""
        ahead = [(kind, name)]
        begun: set[tuple[str, str]] = set()
        while ahead:
            this = ahead[-1]
            if this in self._declared:
                ahead.pop()
            elif this in begun:
                self._declared[this] = self._now(*this)
            else:
                begun.add(this)
                ahead += (use for use in self._names.within(*this) if use not in begun)
        return self._declared[kind, name]

    def _now(self, kind: str, name: str) -> bytes:
        node = self._names.declared(kind, name)
        if node is None:
            return _MISSING
        inner = [self._declared.get(use, _MISSING) for use in self._names.within(kind, name)]
        if _MISSING in inner:
            return _MISSING
        content = b""
        if isinstance(node, ListNode) and isinstance(node.value, String):
            content = self._content(kind, name, node.value)
        elif isinstance(node, TemplateNode) and node.from_file:
            content = self._content(kind, name, node.text)
        return digest(kind.encode(), _ENCODER.encode(node), content, *inner)

    def _content(self, kind: str, name: str, path: String) -> bytes:
        source = self._files.named(self._names.home(cast("NameKind", kind), name).file, path)
        return b"" if source is None else source.text.encode("utf-8", "surrogatepass")


def digest(*parts: bytes) -> bytes:
    """Return a digest of some parts in their order."""
    hashed = hashlib.sha256()
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.digest()
