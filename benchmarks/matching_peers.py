"""Other ways to find the first rule that holds for a message: the same matches first, then microseconds a message.

Run it with ``make bench-peers``, which makes an environment of its own. What every peer is spared: reading, folding,
``shadow`` and ``next``, captures, binding steps. They get the text folded already, and its plain form for regexes.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import re
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from commands import surroundings
from matching import BASELINE
from matching_sets import LifelikeSet, MixedSet, Rule, Test, checked

from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.text.folding import fold, plain

Facts = dict[str, Any]
"""What a peer sees of a message: ``text`` folded, ``plain``, ``sender``, ``group``."""

Decide = Callable[[Facts], str | None]
"""Gives the name of the first rule that holds."""

SIZES = (10, 1_000, 10_000)
SLOWEST = 60.0
"""Seconds that building or one round over all messages may take; what takes longer is left out of the larger sets."""


def loop_of_contains(rules: Sequence[Rule]) -> Decide | None:
    """A plain loop of ``in``, for the rules that need no regex; a set with others is none for it."""
    if any(test.kind == "regex" for rule in rules for test in rule.tests):
        return None
    return _loop([[_python(test) for test in rule.tests] for rule in rules], rules)


def loop_of_search(rules: Sequence[Rule]) -> Decide:
    """A plain loop of ``re.search``: literals are alternations."""
    return _loop([[_searched(test) for test in rule.tests] for rule in rules], rules)


def loop_of_both(rules: Sequence[Rule]) -> Decide:
    """A plain loop of ``in`` for literals and ``re.search`` for regexes: what many bots are."""
    return _loop([[_python(test) for test in rule.tests] for rule in rules], rules)


def rule_engine(rules: Sequence[Rule]) -> Decide:
    """The package rule-engine: one expression a rule, asked in order."""
    library = importlib.import_module("rule_engine")
    made = [
        (library.Rule(" and ".join(_rule_engine(test) for test in rule.tests)), rule.name) for rule in rules
    ]
    return lambda facts: next((name for rule, name in made if rule.matches(facts)), None)


def zen_engine(rules: Sequence[Rule]) -> Decide:
    """The package zen-engine: one decision table, first hit."""
    zen = importlib.import_module("zen")
    rows = [
        {"_id": rule.name, "c": " and ".join(_zen(test) for test in rule.tests), "o": json.dumps(rule.name)}
        for rule in rules
    ]
    table = {"hitPolicy": "first", "inputs": [{"id": "c", "name": "holds"}], "outputs": [{"id": "o", "name": "rule", "field": "rule"}], "rules": rows}  # fmt: skip
    nodes = [{"id": "i", "name": "i", "type": "inputNode"}, {"id": "t", "name": "t", "type": "decisionTableNode", "content": table}, {"id": "o", "name": "o", "type": "outputNode"}]  # fmt: skip
    edges = [{"id": "a", "sourceId": "i", "targetId": "t"}, {"id": "b", "sourceId": "t", "targetId": "o"}]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def decide(facts: Facts) -> str | None:
        found: str | None = (decision.evaluate(facts)["result"] or {}).get("rule")
        return found

    return decide


def nonebot(rules: Sequence[Rule]) -> Decide:
    """NoneBot2: the rule of each matcher is asked in order of priority, as its event loop does."""
    library = importlib.import_module("nonebot.rule")
    event_type = importlib.import_module("nonebot.adapters").Event

    class Event(event_type):  # type: ignore[misc, valid-type]
        facts: dict[str, Any]

        def get_type(self) -> str:
            return "message"

        def get_plaintext(self) -> str:
            return str(self.facts["text"])

        def get_message(self) -> Any:
            return self.facts["plain"]

        def get_event_name(self) -> str:
            return "message"

        def get_event_description(self) -> str:
            return ""

        def get_user_id(self) -> str:
            return str(self.facts["sender"])

        def get_session_id(self) -> str:
            return ""

        def is_tome(self) -> bool:
            return False

    def asking(checker: Any) -> Any:
        # NoneBot evaluates annotations in the module, where this class is not.
        checker.__annotations__ = {"event": Event, "return": bool}
        return checker

    def of(test: Test) -> Any:
        match test.kind:
            case "any":
                return library.keyword(*test.values)
            case "prefix":
                return library.startswith(test.values[0])
            case "regex":
                return library.regex(test.values[0], re.IGNORECASE)
            case "sender":
                wanted = test.values[0]

                async def is_sender(event: Event) -> bool:
                    return event.get_user_id() == wanted

                return library.Rule(asking(is_sender))
            case _:

                async def in_group(event: Event) -> bool:
                    return bool(event.facts["group"])

                return library.Rule(asking(in_group))

    made = []
    for rule in rules:
        whole = library.Rule()
        for test in rule.tests:
            whole &= of(test)
        made.append((whole, rule.name))
    loop = asyncio.new_event_loop()

    async def first(facts: Facts) -> str | None:
        event = Event(facts=facts)
        for whole, name in made:
            if await whole(None, event, {}):
                return name
        return None

    return lambda facts: loop.run_until_complete(first(facts))


def aiogram(rules: Sequence[Rule]) -> Decide:
    """The package aiogram: a router whose handlers have magic filters, asked as its dispatcher asks."""
    library = importlib.import_module("aiogram")
    observer = importlib.import_module("aiogram.dispatcher.event.telegram")
    field = library.F

    def of(test: Test) -> Any:
        match test.kind:
            case "any":
                whole = field.text.contains(test.values[0])
                for value in test.values[1:]:
                    whole |= field.text.contains(value)
                return whole
            case "prefix":
                return field.text.startswith(test.values[0])
            case "regex":
                searched = re.compile(test.values[0], re.IGNORECASE)
                return field.plain.regexp(searched, mode="search")
            case "sender":
                return field.sender == test.values[0]
            case _:
                return field.group == True  # noqa: E712 - a magic filter

    router = library.Router()
    events = observer.TelegramEventObserver(router, "message")

    def handler(name: str) -> Callable[..., Any]:
        async def handle(event: Any) -> str:
            return name

        return handle

    for rule in rules:
        events.register(handler(rule.name), *(of(test) for test in rule.tests))
    unhandled = importlib.import_module("aiogram.dispatcher.event.bases").UNHANDLED
    loop = asyncio.new_event_loop()

    class Said:
        def __init__(self, facts: Facts) -> None:
            self.__dict__.update(facts)

    def decide(facts: Facts) -> str | None:
        found = loop.run_until_complete(events.trigger(Said(facts)))
        return None if found is unhandled else str(found)

    return decide


def hyperscan(rules: Sequence[Rule]) -> Decide:
    """Hyperscan: one scan for all literals and regexes, the yardstick of a bare scan; the tests are put together after it."""
    library = importlib.import_module("hyperscan")
    patterns: dict[tuple[str, bool], int] = {}
    needed: list[list[tuple[Test, frozenset[int]]]] = []
    for rule in rules:
        needed.append([])
        for test in rule.tests:
            sources: list[tuple[str, bool]] = []
            if test.kind in ("any", "prefix"):
                start = "^" if test.kind == "prefix" else ""
                sources = [(start + re.escape(value), False) for value in test.values]
            elif test.kind == "regex":
                sources = [(test.values[0], True)]
            needed[-1].append(
                (test, frozenset(patterns.setdefault(source, len(patterns)) for source in sources))
            )
    flags = library.HS_FLAG_SINGLEMATCH | library.HS_FLAG_UTF8
    database = library.Database(mode=library.HS_MODE_BLOCK)
    database.compile(
        expressions=[source.encode() for source, _ in patterns],
        ids=list(patterns.values()),
        elements=len(patterns),
        flags=[flags | (library.HS_FLAG_CASELESS if caseless else 0) for _, caseless in patterns],
    )
    by_pattern: dict[int, list[int]] = {}
    for number, tests in enumerate(needed):
        smallest = min((found for _, found in tests if found), key=len)
        for pattern in smallest:
            by_pattern.setdefault(pattern, []).append(number)
    caseless = {number for (_, ignore), number in patterns.items() if ignore}

    def decide(facts: Facts) -> str | None:
        found: set[int] = set()

        def note(pattern: int, *_: object) -> None:
            found.add(pattern)

        database.scan(facts["text"].encode(), match_event_handler=note)
        if caseless and facts["plain"] != facts["text"]:
            found -= caseless
            again: set[int] = set()
            database.scan(
                facts["plain"].encode(), match_event_handler=lambda pattern, *_: again.add(pattern) and None
            )
            found |= again & caseless
        for number in sorted({rule for pattern in found for rule in by_pattern.get(pattern, ())}):
            if all(
                _simply(test, facts) if not ids else not ids.isdisjoint(found) for test, ids in needed[number]
            ):
                return rules[number].name
        return None

    return decide


PEERS: dict[str, Callable[[Sequence[Rule]], Decide | None]] = {
    "loop of `in`": loop_of_contains,
    "loop of `re.search`": loop_of_search,
    "loop of `in` and `re.search`": loop_of_both,
    "rule-engine": rule_engine,
    "zen-engine": zen_engine,
    "NoneBot2": nonebot,
    "aiogram": aiogram,
    "hyperscan": hyperscan,
}


def main() -> None:
    """Print a table for each kind of set."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--only", nargs="*", default=list(PEERS), help="names of peers")
    only = arguments.parse_args().only
    print(surroundings())
    literals = [_with_literals_only(MixedSet(count)) for count in SIZES]
    table("synthetic, literals alone", literals, only)
    table("synthetic, mixed", [MixedSet(count) for count in SIZES], only)
    table("lifelike help desk", [LifelikeSet()], only)


def table(title: str, sets: Sequence[MixedSet | LifelikeSet], only: Sequence[str]) -> None:
    """Print µs a message of every peer for sets of one kind; a peer that finds other rules than we do is told of."""
    print(f"\n{title}: µs a message (building, ms)")
    print(f"{'':<30}" + "".join(f"{len(made.rules):>24,}" for made in sets) + " rules")
    rows: dict[str, list[str]] = {"prx-dingtalk-router": [], **{name: [] for name in only}}
    slow: set[str] = set()
    for name in only:
        PEERS[name](LifelikeSet().rules[:1])  # what is loaded once is no part of building
    for made in sets:
        messages = _messages(made)
        router, built = _timed(lambda made=made: _router(made))  # type: ignore[misc]
        expected = [_by(router.decide(each).by) for each in messages]
        rows["prx-dingtalk-router"].append(_cell(_microseconds(router.decide, messages), built))
        facts = [
            {"text": fold(m.text), "plain": plain(m.text), "sender": m.sender, "group": m.group}
            for m in messages
        ]
        for name in only:
            if name in slow:
                rows[name].append("–")
                continue
            decide, built = _timed(lambda name=name, made=made: PEERS[name](made.rules))  # type: ignore[misc]
            if decide is None:
                rows[name].append("–")
                continue
            started = time.perf_counter()
            found = [decide(each) for each in facts]
            took = time.perf_counter() - started
            same = sum(one == other for one, other in zip(found, expected, strict=True))
            cell = _cell(took / len(facts) * 1e6 if took > 2 else _microseconds(decide, facts), built)
            rows[name].append(cell if same == len(facts) else f"{cell} {same}/{len(facts)} same")
            if took > SLOWEST / 10 or built > SLOWEST / 10:
                slow.add(name)
    for name, cells in rows.items():
        print(f"{name:<30}" + "".join(f"{cell:>24}" for cell in cells), flush=True)


def _router(made: MixedSet | LifelikeSet) -> Router:
    router = Router(checked(made.written()), BASELINE)
    router.prepare()
    return router


def _with_literals_only(mixed: MixedSet) -> MixedSet:
    mixed.rules = [rule for rule in mixed.rules if all(test.kind != "regex" for test in rule.tests)]
    return mixed


def _messages(made: MixedSet | LifelikeSet, count: int = 60) -> list[Message]:
    """Half of them meet a rule anywhere in the set, half meet none; lifelike ones as they come."""
    if isinstance(made, LifelikeSet):
        return [made.message() for _ in range(count * 4)]
    rules = made.rules
    return [made.message(rules[n * len(rules) // count] if n % 2 else None) for n in range(count)]


def _by(name: str | None) -> str | None:
    return None if name == "otherwise" else name


def _microseconds(decide: Callable[[Any], object], seen: Sequence[Any]) -> float:
    times = []
    for _ in range(9):
        started = time.perf_counter()
        for each in seen:
            decide(each)
        times.append((time.perf_counter() - started) / len(seen) * 1e6)
    return statistics.median(times)


def _timed(make: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    return make(), time.perf_counter() - started


def _cell(microseconds: float, built: float) -> str:
    return f"{microseconds:,.1f} ({1000 * built:,.0f})"


def _loop(tests: list[list[Callable[[Facts], bool]]], rules: Sequence[Rule]) -> Decide:
    made = [(each, rule.name) for each, rule in zip(tests, rules, strict=True)]

    def decide(facts: Facts) -> str | None:
        for parts, name in made:
            if all(part(facts) for part in parts):
                return name
        return None

    return decide


def _python(test: Test) -> Callable[[Facts], bool]:
    values = test.values
    match test.kind:
        case "any" if len(values) == 1:
            return lambda facts: values[0] in facts["text"]
        case "any":
            return lambda facts: any(value in facts["text"] for value in values)
        case "regex":
            search = re.compile(values[0], re.IGNORECASE).search
            return lambda facts: search(facts["plain"]) is not None
        case _:
            return lambda facts: _simply(test, facts)


def _searched(test: Test) -> Callable[[Facts], bool]:
    match test.kind:
        case "any" | "prefix":
            start = "^" if test.kind == "prefix" else ""
            search = re.compile(start + "|".join(map(re.escape, test.values))).search
            return lambda facts: search(facts["text"]) is not None
        case _:
            return _python(test)


def _simply(test: Test, facts: Facts) -> bool:
    match test.kind:
        case "prefix":
            return bool(facts["text"].startswith(test.values[0]))
        case "sender":
            return bool(facts["sender"] == test.values[0])
        case _:
            return bool(facts["group"])


def _rule_engine(test: Test) -> str:
    values = [json.dumps(value, ensure_ascii=False) for value in test.values]
    match test.kind:
        case "any":
            return "(" + " or ".join(f"{value} in text" for value in values) + ")"
        case "prefix":
            return f"text.starts_with({values[0]})"
        case "regex":
            return f"plain =~~ {json.dumps('(?i)' + test.values[0], ensure_ascii=False)}"
        case "sender":
            return f"sender == {values[0]}"
        case _:
            return "group"


def _zen(test: Test) -> str:
    values = [json.dumps(value, ensure_ascii=False) for value in test.values]
    match test.kind:
        case "any":
            return "(" + " or ".join(f"contains(text, {value})" for value in values) + ")"
        case "prefix":
            return f"startsWith(text, {values[0]})"
        case "regex":
            return f"matches(plain, '(?i){test.values[0]}')"
        case "sender":
            return f"sender == {values[0]}"
        case _:
            return "group"


if __name__ == "__main__":
    main()
