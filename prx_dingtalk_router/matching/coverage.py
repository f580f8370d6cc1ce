"""What the tests of a set reach: its rules, and the single tests in their conditions, held and not held (``test --coverage``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from prx_dingtalk_router.language.ruleset import Always, And, Condition, Named, Not, Or, Rule, RuleSet
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.walk import walk
from prx_dingtalk_router.language.source import Home, Location
from prx_dingtalk_router.matching.compiled_rule import CompiledRule
from prx_dingtalk_router.matching.predicates import Predicate

SHOWN_CHARACTERS = 60


@dataclass(slots=True, eq=False)
class Part:
    """A single test of a condition: a list is one, however long, and so is the name of a condition.

    Args:
        owner: the rule, or the named condition, that it is written in.
        named: whether that is a condition.
        condition: the test itself.
        place: where it is written.
        held: it was so of some message.
        failed: it was not so of some message.
    """

    owner: str
    named: bool
    condition: Condition
    place: Location
    held: bool = False
    failed: bool = False

    @property
    def reached(self) -> int:
        """How many of the two ways it went: 0 to 2."""
        return self.held + self.failed

    @property
    def text(self) -> str:
        """How it is written, on one line, cut where it is long."""
        written = " ".join(self.place.text.split())
        return written if len(written) <= SHOWN_CHARACTERS else f"{written[: SHOWN_CHARACTERS - 1]}…"

    def note(self, *, held: bool) -> None:
        """Note how it was of a message."""
        if held:
            self.held = True
        else:
            self.failed = True


class Coverage:
    """Notes what every rule says of messages, and every single test in its condition, whatever ``and`` and ``or`` decided.

    Args:
        rules: the set.
    """

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._reached: set[str] = set()
        self._by_name = {rule.name: rule for rule in rules.rules}
        self._of_rule: Mapping[str, tuple[Part, ...]] = {
            rule.name: tuple(self._parts(rule.name, rule.condition, rule.home)) for rule in rules.rules
        }
        self._of_condition: dict[str, tuple[Part, ...]] = {}
        for named in _named_conditions(rules.rules):
            if named.name in rules.conditions:
                home = rules.conditions[named.name]
                parts = tuple(self._parts(named.name, named.inner, home, named=True))
                self._of_condition[named.name] = parts
        self._pending: dict[str, list[tuple[Part, Predicate]]] = {}

    def copy(self) -> Coverage:
        """Return another one that knows what this one does, and goes its own way from here."""
        other = Coverage(self._rules)
        other._reached = set(self._reached)
        for mine, its in zip(self.parts, other.parts, strict=True):
            its.held, its.failed = mine.held, mine.failed
        return other

    def asked(self, rule: CompiledRule, view: MessageView, *, held: bool) -> None:
        """Note a rule that was asked about a message."""
        name = rule.name
        if held:
            self._reached.add(name)
        pending = self._pending.get(name)
        if pending is None:
            pending = self._pending[name] = [
                (part, rule.predicate(part.condition))
                for part in self._parts_asked(rule.rule)
                if part.reached < 2
            ]
        done = False
        for part, predicate in pending:
            part.note(held=predicate(view))
            done = done or (part.held and part.failed)
        if done:
            self._pending[name] = [each for each in pending if each[0].reached < 2]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules."""
        return self._rules.rules

    def place(self, rule: Rule) -> Location:
        """Return where the name of a rule is written."""
        return self._rules.sources.locate(rule.place)

    def rule(self, name: str) -> Rule:
        """Return the rule of a name."""
        return self._by_name[name]

    def is_reached(self, name: str) -> bool:
        """Return whether a rule held for some message."""
        return name in self._reached

    @property
    def unreached(self) -> list[Rule]:
        """The rules that held for no message, in file order."""
        return [rule for rule in self._rules.rules if rule.name not in self._reached]

    @property
    def parts(self) -> list[Part]:
        """All single tests, in the order of their rules, those of named conditions last."""
        owners = (*self._of_rule.values(), *self._of_condition.values())
        return [part for parts in owners for part in parts]

    @property
    def one_sided(self) -> list[Part]:
        """The tests that went only one way, or neither; without those of rules that no message reached."""
        unreached = {rule.name for rule in self.unreached}
        return [
            part for part in self.parts if part.reached < 2 and (part.named or part.owner not in unreached)
        ]

    def _parts_asked(self, rule: Rule) -> Iterator[Part]:
        yield from self._of_rule[rule.name]
        for named in _named_conditions([rule]):
            yield from self._of_condition.get(named.name, ())

    def _parts(self, owner: str, condition: Condition, home: Home, *, named: bool = False) -> Iterator[Part]:
        for test in single_tests(condition):
            place = self._rules.sources.locate(home.place(test.span))
            yield Part(owner, named, test, place)


def single_tests(condition: Condition) -> Iterator[Condition]:
    """Yield the single tests of a condition in written order; a name is one, whatever it stands for."""
    ahead = [condition]
    while ahead:
        this = ahead.pop()
        match this:
            case And() | Or():
                ahead.extend(reversed(this.parts))
            case Not():
                ahead.append(this.inner)
            case Always():
                pass
            case _:
                yield this


def _named_conditions(rules: Iterable[Rule]) -> list[Named]:
    """Return the named conditions that rules use, each once, in the order of their first use."""
    found: dict[str, Named] = {}
    for rule in rules:
        for each in walk(rule.condition):
            if isinstance(each, Named):
                found.setdefault(each.name, each)
    return list(found.values())
