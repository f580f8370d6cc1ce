"""Whether a router that works for long stays as it is: answers in time, and neither memory, tasks, files nor journal that grow.

``python benchmarks/soak.py [SECONDS]``: so long 1,000 callbacks a second that are dropped, then as long 100 a second that are
replied to and 20 that an agent is asked for. ``python benchmarks/soak.py --mixed MINUTES``: so long messages of every kind from a
hundred people, with sessions that are busy, reactions, other rules every ten seconds (each sixth time rules with a mistake, which are
refused), and a connection that is lost every half a minute. DingTalk is in this process, router and agent have their own. Messages leave the
journal after a minute here, so that it can be seen whether it grows; the first two fifths of the time, in which it fills, are
not judged. What is printed as late is how late this process was itself to write, which is in the answers' times too.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import peers
import routers

from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory, Said

SECONDS = 600.0
TICK = 0.02
TURN = 0.5
BOUND = 0.05
LONG_ENOUGH = 200.0
"""For the journal to be tidied often enough."""
GROWTH = 1.1
"""By what memory, files, tasks and journal may be greater at the end than before."""
JOURNAL_TABLE = '\n[journal]\nretention = "1m"\n'


@dataclass(frozen=True)
class Line:
    """What comes in a second, by the words that lead to it.

    Attributes:
        name: of it.
        rates: messages a second, by what is written.
        people: how many write.
        rules: what they are routed by.
        is_stirred: rules are changed and connections lost meanwhile.
    """

    name: str
    rates: dict[str, float]
    people: int = 2_000
    rules: str = routers.RULES
    is_stirred: bool = False

    def words(self) -> Iterator[str]:
        """What is written, one message after the other, evenly mixed."""
        total = sum(self.rates.values())
        due = dict.fromkeys(self.rates, 0.0)
        while True:
            for word, rate in self.rates.items():
                due[word] += rate / total
            most = max(due, key=lambda word: due[word])
            due[most] -= 1
            yield most


MIXED_RULES = """language 1
rule dropped when text is "drop" then drop "bench"
rule replied when text is "reply" then reply markdown "**OK** {{ sender.name }}" mention
rule seldom when text is "seldom" then reply "OK" at most 5 per 1m per sender else reply "later"
rule asked when text is "agent" then reply "one moment" then agent desk progress reaction else reply "{{ failure }}"
rule replaced when text is "replace" then agent desk while busy replace progress reaction
rule merged when text is "merge" then agent desk while busy merge
rule hushed when text is "hush" then agent desk while busy reply "busy"
rule stopped when text is "stop" then cancel then reply "stopped"
rule anew when text is "forget" then forget then reply "forgotten"
otherwise reply "what?"
"""
MIXED = Line(
    "messages of every kind, with reloads and lost connections",
    {
        "drop": 10,
        "reply": 10,
        "seldom": 2,
        "agent": 4,
        "replace": 2,
        "merge": 4,
        "hush": 2,
        "stop": 0.5,
        "forget": 0.2,
        "else": 1,
    },
    people=100,
    rules=MIXED_RULES,
    is_stirred=True,
)
RELOAD_SECONDS, REFUSED_EACH, LOST_SECONDS = 10.0, 6, 30.0
REST_SECONDS = 35.0
"""After which connections have idled and all is done: what is there still is not of messages under way."""
REDELIVER_SECONDS = 7.0
"""What was lost with a connection comes again while the journal remembers it, and not just when the next connection is cut."""
LINES = (
    Line("1000 drops a second", {"drop": 1000}),
    Line("100 replies and 20 turns of an agent a second", {"reply": 100, "agent": 20}),
)


@dataclass
class Traffic:
    """What was said and came back."""

    pushed: dict[str, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    said: int = 0
    replies: int = 0
    late: float = 0.0

    def observe(self, event: Any) -> None:
        """Take note of an event of DingTalk."""
        match type(event).__name__:
            case "Pushed":
                self.pushed.setdefault(event.msg_id, time.perf_counter())
            case "Acked" if event.msg_id in self.pushed:
                self.waits.append(time.perf_counter() - self.pushed.pop(event.msg_id))
            case "Wrote" if event.line.author == "robot":
                self.replies += 1


async def soak(line: Line, seconds: float) -> None:
    """Write for so long, look at the router ten times meanwhile, and print what was seen."""
    traffic = Traffic()
    dingtalk = DingTalk(Directory.demo(routers.CLIENT_ID, routers.SECRET))
    dingtalk.faults.webhook_rate = 0
    dingtalk.faults.redeliver_after = REDELIVER_SECONDS
    await dingtalk.start()
    dingtalk.observe(traffic.observe)
    looks: list[tuple[float, routers.Figures, float]] = []
    print(f"{line.name}, for {seconds:g} s")
    with tempfile.TemporaryDirectory() as folder:
        async with (
            peers.agent(TURN, 0) as agent,
            routers.router(Path(folder), dingtalk.base_url, agent, JOURNAL_TABLE, line.rules) as router,
        ):
            await router.logged("connected")
            writing = asyncio.create_task(write(dingtalk, line, seconds, traffic))
            stirring = asyncio.create_task(stir(dingtalk, router, line)) if line.is_stirred else None
            began = time.perf_counter()
            for look in range(1, 11):
                await asyncio.sleep(began + look * seconds / 10 - time.perf_counter())
                looks.append((time.perf_counter() - began, router.figures(), journal_mb(Path(folder))))
                show(*looks[-1], traffic)
            await writing
            if stirring is not None:
                stirring.cancel()
            await asyncio.sleep(REST_SECONDS)
            rest = router.figures()
            await router.stop()
    await dingtalk.stop()
    judge(looks, traffic, seconds)
    print(f"  at rest after that: {rest.memory:.0f} MB, {rest.tasks} tasks, {rest.files} files")


async def stir(dingtalk: DingTalk, router: routers.RouterProcess, line: Line) -> None:
    """Change the rules and cut connections, again and again."""
    for number in itertools.count(1):
        await asyncio.sleep(RELOAD_SECONDS)
        mistake = "rule broken when" if number % REFUSED_EACH == 0 else ""
        router.write_rules(f"{line.rules}# version {number}\n{mistake}\n")
        if number % round(LOST_SECONDS / RELOAD_SECONDS) == 0:
            dingtalk.cut()


async def write(dingtalk: DingTalk, line: Line, seconds: float, traffic: Traffic) -> None:
    """Write evenly, as much in each tick as is due; nothing is left out when this process was late."""
    rate = sum(line.rates.values())
    words = line.words()
    began = time.perf_counter()
    while (passed := time.perf_counter() - began) < seconds:
        due = int(passed * rate)
        traffic.late = max(traffic.late, (due - traffic.said) / rate - TICK)
        for _ in range(due - traffic.said):
            number = traffic.said % line.people
            who = {
                "conversationId": f"cid{number}==",
                "senderStaffId": f"u{number}",
                "senderId": f"u{number}",
            }
            dingtalk.say(Said("u1001", text=next(words), extra=who))
            traffic.said += 1
        await asyncio.sleep(TICK)


def journal_mb(folder: Path) -> float:
    """How big the journal is, what SQLite puts beside it included."""
    return sum(path.stat().st_size for path in folder.glob(f"{routers.JOURNAL}*")) / 1e6


def show(passed: float, taken: routers.Figures, journal: float, traffic: Traffic) -> None:
    """Print one look."""
    print(
        f"  {passed:>5.0f} s: {traffic.said:>7} written, {len(traffic.waits):>7} answered, {traffic.replies:>6} replies;"
        f" {taken.memory:>4.0f} MB, {taken.tasks:>4} tasks, {taken.files:>3} files, {taken.threads} threads,"
        f" journal {journal:>4.0f} MB",
        flush=True,
    )


def judge(looks: list[tuple[float, routers.Figures, float]], traffic: Traffic, seconds: float) -> None:
    """Print how long answers took, and what grew."""
    waits = sorted(traffic.waits)
    most = waits[int(len(waits) * 0.99)]
    within = sum(wait <= BOUND for wait in waits) / len(waits)
    print(
        f"  answers: median {1000 * statistics.median(waits):.1f} ms, 99 % {1000 * most:.1f} ms, most "
        f"{1000 * waits[-1]:.0f} ms; {within:.2%} within {1000 * BOUND:.0f} ms, the bound is 99 %; "
        f"{traffic.said / seconds:.0f} written a second, {1000 * traffic.late:.0f} ms late at most; "
        f"{len(traffic.pushed)} without an answer"
    )
    before, after = looks[4:7], looks[7:10]
    for name, value in {
        "memory": lambda look: look[1].memory,
        "tasks": lambda look: look[1].tasks,
        "files": lambda look: look[1].files,
        "journal": lambda look: look[2],
    }.items():
        first, last = (statistics.median(map(value, part)) for part in (before, after))
        grown = "flat" if last <= first * GROWTH + 5 else "GROWS"
        if name == "journal" and seconds < LONG_ENOUGH:
            grown = "too short to tell"
        print(f"  {name}: {first:.0f} -> {last:.0f}, {grown}")


def main() -> None:
    """Print what each kind of traffic does to a router."""
    if sys.argv[1:2] == ["--mixed"]:
        asyncio.run(soak(MIXED, 60 * float(sys.argv[2])))
        return
    seconds = float(sys.argv[1]) if sys.argv[1:] else SECONDS
    for line in LINES:
        asyncio.run(soak(line, seconds))


if __name__ == "__main__":
    main()
