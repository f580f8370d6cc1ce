"""What deciding takes as rules grow: ``decide`` by number of rules, compiling, and inputs made to be hard.

Run it with ``make bench-matching``. Each figure is a median over rounds of the time of one message; the machine, its load
and the commit are said first.
"""

from __future__ import annotations

import argparse
import gc
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from commands import lines_of, surroundings
from matching_sets import MixedSet, checked, listed, message

from prx_dingtalk_router.matching import Baseline, Router
from prx_dingtalk_router.message import Message

BASELINE = Baseline(client_id="dingbench")
ROUNDS = 41
LONG_ENOUGH = 1.5
"""Seconds of rounds at least, so that one disturbance is not all that is seen."""
MESSAGES = 50


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("parts", nargs="*", default=["decide", "compile", "hard"])
    arguments.add_argument("--rules", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.rules:
        compiling_one(given.rules)
        return
    for part in given.parts:
        {"decide": deciding, "compile": compiling, "hard": hard}[part]()


def microseconds(
    work: Callable[[Message], object], messages: Sequence[Message], rounds: int = ROUNDS
) -> tuple[float, float]:
    """Median and least microseconds a message, of rounds over all messages, after one to warm up."""
    times: list[float] = []
    gc.collect()
    begun = time.perf_counter()
    while len(times) <= rounds or time.perf_counter() - begun < LONG_ENOUGH:
        started = time.perf_counter()
        for each in messages:
            work(each)
        times.append((time.perf_counter() - started) / len(messages) * 1e6)
    return statistics.median(times[1:]), min(times[1:])


def deciding() -> None:
    """``decide`` on messages of 40 to 70 characters, by the number of rules and the place of the rule that takes it."""
    print(
        f"decide(), µs a message, median (least) of at least {ROUNDS} rounds of {MESSAGES} messages\n{surroundings()}"
    )
    print(f"{'rules':>7}{'no match':>16}{'start':>16}{'middle':>16}{'end':>16}")
    for count in (10, 100, 1_000, 10_000):
        mixed = MixedSet(count)
        router = Router(checked(mixed.written()), BASELINE)
        router.prepare()
        rules = mixed.rules
        tenth = max(len(rules) // 10, 4)
        middle = len(rules) // 2
        places = {
            "no match": [None] * MESSAGES,
            "start": (rules[:tenth] * MESSAGES)[:MESSAGES],
            "middle": (rules[middle - tenth // 2 :][:tenth] * MESSAGES)[:MESSAGES],
            "end": (rules[-tenth:] * MESSAGES)[:MESSAGES],
        }
        cells = []
        for place, wanted in places.items():
            messages = [mixed.message(rule) for rule in wanted]
            for each, rule in zip(messages, wanted, strict=True):
                assert router.decide(each).by == (rule.name if rule else "otherwise"), (
                    place,
                    rule,
                    each.text,
                )
            median, least = microseconds(router.decide, messages)
            cells.append(f"{median:>9.1f} ({least:.1f})")
        print(f"{count:>7}" + "".join(f"{cell:>16}" for cell in cells))
    print()


def compiling() -> None:
    """From checked rules to a router that has everything compiled, each set in a process of its own."""
    print(f"compiling checked rules, seconds by the clock (of CPU)\n{surroundings()}")
    for name, text in (
        ("10,000 mixed rules", MixedSet(10_000).written()),
        ("100,000 entries in 20 lists", _lists(20, 5_000)),
        ("1 list of 4,000 ids in 4,000 rules", _shared_list(4_000, 4_000)),
    ):
        with tempfile.NamedTemporaryFile() as file:
            file.write(pickle.dumps(checked(text)))
            file.flush()
            command = [sys.executable, __file__, "compile-one", "--rules", file.name]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        print(f"{name:<36}{done.stdout.strip()}")
    print()


def compiling_one(file: str) -> None:
    """Compile the pickled rules of a file, and say what it took."""
    rules = pickle.loads(Path(file).read_bytes())  # noqa: S301
    gc.collect()
    before = _resident()
    started, spent = time.perf_counter(), time.process_time()
    router = Router(rules, BASELINE)
    index = router.index
    router.prepare()
    took, used = time.perf_counter() - started, time.process_time() - spent
    grown = _resident() - before
    packed = pickle.dumps(index)
    spent = time.process_time()
    travelled = pickle.loads(packed)  # noqa: S301
    unpacked = time.process_time() - spent
    pieces = _pieces(Router(rules, BASELINE, travelled))
    print(
        f"{took:>6.2f} ({used:.2f}) s {grown:>5.0f} MB   index as bytes {len(packed) / 1e6:.1f} MB, read in {1000 * unpacked:.0f} ms, "
        f"longest piece of preparing {1000 * max(pieces):.0f} ms of CPU"
    )


def hard() -> None:
    """Inputs made to be hard: µs a message, at 10, 1,000 and 10,000 rules."""
    print(f"hard inputs, µs a message\n{surroundings()}")
    print(f"{'':<58}{'10':>10}{'1,000':>10}{'10,000':>10} rules")
    for name, made in (
        ("a message of 20,000 characters", _long),
        ("a message made of every literal (20,000 characters)", _every_literal),
        ("the same, of 55 characters", _some_literals),
        ("large counted repeats", _counted),
        ("rules of one prefix, and a message that has it", _one_prefix),
        ("regexes without a literal, at most 300", _without_literal),
        ("rules without any witness: linear", _without_witness),
    ):
        cells = []
        for count in (10, 1_000, 10_000):
            text, messages = made(count)
            router = Router(checked(text), BASELINE)
            router.prepare()
            rounds = 5 if len(messages[0].text) > 1_000 or made is _without_witness else ROUNDS
            cells.append(microseconds(router.decide, messages, rounds)[0])
        print(f"{name:<58}" + "".join(f"{cell:>10.1f}" for cell in cells))
    print()


Made = tuple[str, list[Message]]


def _long(count: int) -> Made:
    mixed = MixedSet(count)
    return mixed.written(), [mixed.message(length=20_000) for _ in range(3)]


def _every_literal(count: int) -> Made:
    mixed = MixedSet(count)
    everything = "，".join(literal for rule in reversed(mixed.rules) for literal in rule.literals)
    return mixed.written(), [message((everything * 2_000)[:20_000])] * 3


def _some_literals(count: int) -> Made:
    mixed = MixedSet(count)
    literals = [literal for rule in mixed.rules for literal in rule.literals[:1]]
    return mixed.written(), [message("，".join(literals[start : start + 14])[:55]) for start in range(50)]


def _counted(count: int) -> Made:
    mixed = MixedSet(count)
    lines = [
        f"rule c{n} when text matches /[{chr(0x4E00 + n)}x].{{0,300}}q{{2,50}}{n}$/ then drop"
        for n in range(min(count, 100))
    ]
    return "\n".join([*lines, mixed.written()]), [mixed.message() for _ in range(MESSAGES)]


def _one_prefix(count: int) -> Made:
    lines = [f'rule p{n} when text starts with "工单系统通知编号{n:05}" then drop' for n in range(count)]
    texts = [
        f"工单系统通知编号{n * count // MESSAGES:05}：请尽快处理，谢谢，今天下午之前要用 as soon as possible"
        for n in range(MESSAGES)
    ]
    return "\n".join([*lines, "otherwise drop"]), [message(text) for text in texts]


def _without_literal(count: int) -> Made:
    few = min(count, 300)
    lines = [
        f"rule w{n} when text matches /[A-M]{{{n % 7 + 3}}}\\d{{{n // 7 + 2},}}[x-z]/ then drop"
        for n in range(few)
    ]
    mixed = MixedSet(count)
    return "\n".join([*lines, "otherwise drop"]), [mixed.message() for _ in range(MESSAGES)]


def _without_witness(count: int) -> Made:
    lines = [
        f'rule n{n} when not text contains "好" and not sender is "u{n}" then drop' for n in range(count)
    ]
    return "\n".join([*lines, "otherwise drop"]), [
        message("今天下午开会的材料请大家准备好，谢谢 please bring your laptop and the report")
    ]


def _lists(lists: int, entries: int) -> str:
    written = [f"list l{n} = {listed(f'词{n}条{entry}' for entry in range(entries))}" for n in range(lists)]
    rules = [f"rule r{n} when text contains l{n} then drop" for n in range(lists)]
    return "\n".join([*written, *rules, "otherwise drop"])


def _shared_list(rules: int, entries: int) -> str:
    everybody = listed(f"id{entry}" for entry in range(entries))
    lines = [f'rule r{n} when sender in everybody and text contains "词{n}" then drop' for n in range(rules)]
    return "\n".join([f"list everybody = {everybody}", *lines, "otherwise drop"])


def _pieces(router: Router) -> list[float]:
    times, last = [], time.process_time()
    for _ in router.preparing():
        now = time.process_time()
        times.append(now - last)
        last = now
    return times


def _resident() -> float:
    pages = lines_of("/proc/self/statm")
    return int(pages[0].split()[1]) * 4096 / 1e6 if pages else 0.0


if __name__ == "__main__":
    main()
