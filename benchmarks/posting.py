"""How many replies a second go out over session webhooks: from delivery, and by the reply call of DingTalk's own SDK.

Delivery does all that it promises meanwhile: each message is stored in a SQLite journal first, that its post is on its way and
that it has ended are stored too, what was said is kept for quotes, each post is counted, and every event is logged. The SDK posts from a pool of threads, as its
``AsyncChatbotHandler`` does, and keeps nothing. For delivery the interpreter is tuned and the event loop made as ``prx-router run``
does, for the SDK it is as it comes. Both write to the same process, one after the other, several times. Run it with ``make bench``. Machines are noisy: compare the lines with each other, not with other machines.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

import peers
from dingtalk_stream import AsyncChatbotHandler, ChatbotMessage

from prx_dingtalk_router.decision.model import Decision, ReplyStep
from prx_dingtalk_router.delivery import (
    AgentPool,
    CallKeeping,
    CallLedger,
    DeliveryEvent,
    Dispatcher,
    Done,
    Quotes,
    Replies,
    SessionWebhook,
    SqliteJournal,
    SystemClock,
    to_carry_out,
)
from prx_dingtalk_router.net import HttpClient
from prx_dingtalk_router.service import close_logs, configure_logs
from prx_dingtalk_router.service.delivery_log import DeliveryLog
from prx_dingtalk_router.service.interpreter import new_event_loop, tune_interpreter

RUNS = 5
REPLIES = 1_000
BATCH = 50
"""Messages that are stored together, as they are when they come fast."""
THREADS = (8, 24)
"""What ``AsyncChatbotHandler`` has unless told otherwise, and more."""
BOUND = 2.0
WORDS = "您的工单已经收到，我们会在十分钟内处理。"


async def delivery(chat: str, folder: Path) -> tuple[float, float]:
    """Replies a second from storing the first message to the end of the last, and CPU milliseconds for each."""
    ended = 0
    logged = DeliveryLog()
    over = asyncio.Event()

    def observe(event: DeliveryEvent) -> None:
        nonlocal ended
        logged.tell(event)
        ended += isinstance(event, Done)
        if ended == REPLIES:
            over.set()

    journal = SqliteJournal(folder / "journal.db")
    await journal.claim()
    pool = AgentPool({})
    async with HttpClient() as http:
        calls, quotes, clock = CallLedger(), Quotes(journal, SystemClock()), SystemClock()
        behind = [
            asyncio.create_task(CallKeeping(calls, journal, clock).run()),
            asyncio.create_task(quotes.run()),
        ]
        replies = Replies([SessionWebhook(http, ["127.0.0.1"], calls=calls)], noted=quotes.sent)
        dispatcher = Dispatcher(journal, pool, replies, observers=[observe])
        decisions = [to_carry_out(decision(number, chat), "{}") for number in range(REPLIES)]
        start, cpu = time.perf_counter(), time.process_time()
        for first in range(0, REPLIES, BATCH):
            with dispatcher.holding():
                await dispatcher.accept_all(decisions[first : first + BATCH])
        async with asyncio.timeout(120):
            await over.wait()
        await quotes.keep()
        took, cpu = time.perf_counter() - start, time.process_time() - cpu
        await dispatcher.stop(drain=5)
        for task in behind:
            task.cancel()
    await pool.aclose()
    await journal.close()
    return REPLIES / took, 1000 * cpu / REPLIES


def decision(number: int, chat: str) -> Decision:
    """To reply, in a conversation of its own."""
    step = ReplyStep(rule="r", position="1", template=WORDS)
    message = peers.message(number, chat, time.time_ns() // 1_000_000)
    return Decision(message=message, rules="sha256:0", by="r", steps=(step,), client_id="dingbench")


def sdk(chat: str, threads: int) -> tuple[float, float]:
    """The same of the SDK's ``reply_text`` on so many threads."""
    handler = AsyncChatbotHandler()
    incoming = [
        ChatbotMessage.from_dict(
            {"senderStaffId": f"u{number}", "sessionWebhook": f"{chat}{peers.SESSIONS}?session=s{number}"}
        )
        for number in range(REPLIES)
    ]
    start, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        answers = list(pool.map(lambda message: handler.reply_text(WORDS, message), incoming))
    took, cpu = time.perf_counter() - start, time.process_time() - cpu
    assert all(answer["errcode"] == 0 for answer in answers)
    return REPLIES / took, 1000 * cpu / REPLIES


@contextmanager
def as_a_router_runs() -> Iterator[None]:
    """The interpreter tuned as ``prx-router run`` tunes it; afterwards as it was."""
    switching, collecting = sys.getswitchinterval(), gc.get_threshold()
    tune_interpreter()
    try:
        yield
    finally:
        sys.setswitchinterval(switching)
        gc.set_threshold(*collecting)


def main() -> None:
    """Print the table."""
    print(f"{REPLIES} replies, each to a conversation of its own; medians of {RUNS} runs in turn")
    results: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder, peers.chat() as chat:
        for run in range(RUNS):
            place = Path(folder) / str(run)
            place.mkdir()
            with (place / "log").open("w") as log, redirect_stderr(log):
                configure_logs("info", "json")
                with as_a_router_runs(), asyncio.Runner(loop_factory=new_event_loop) as runner:
                    results.setdefault("delivery", []).append(runner.run(delivery(chat, place)))
                close_logs()
            for threads in THREADS:
                results.setdefault(f"SDK, {threads} threads", []).append(sdk(chat, threads))
    rates = {name: statistics.median(rate for rate, _ in runs) for name, runs in results.items()}
    for name, runs in results.items():
        cpu = statistics.median(cpu for _, cpu in runs)
        print(f"{name:<18}{rates[name]:>7.0f} replies/s{cpu:>7.2f} ms CPU each")
    own = f"SDK, {THREADS[0]} threads"
    print(f"delivery: {rates['delivery'] / rates[own]:.2f} times the SDK as it comes; the bound is {BOUND:g}")


if __name__ == "__main__":
    main()
