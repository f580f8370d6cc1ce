"""How long deciding takes, beside reading the same messages as JSON: medians of several runs, and their ratio.

Run it with ``make bench``. Machines are noisy: compare ratios, not milliseconds.
"""

from __future__ import annotations

import json
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from prx_dingtalk_router.language import check_rules
from prx_dingtalk_router.matching import Baseline, Router, decision_json
from prx_dingtalk_router.message import read_message

RUNS = 5
MESSAGES = 2_000
TEXTS = (
    "VPN 密码重置",
    "看下 OPS-42 的进度",
    "ＶＰＮ　重置",
    "报销流程是什么？",
    "hello world",
    "明天几点开会",
)


def callbacks() -> list[str]:
    """Recorded callbacks, as lines of JSON."""
    return [
        json.dumps(
            {
                "msgId": f"msg{number}",
                "msgtype": "text",
                "text": {"content": TEXTS[number % len(TEXTS)]},
                "conversationId": f"cid{number % 50}",
                "conversationType": "12"[number % 2],
                "senderStaffId": f"u{number % 300}",
                "senderId": f"$:LWCP_v1:${number % 300}",
                "senderNick": "小林",
                "createAt": 1_788_200_000_000 + number,
                "robotCode": "dingbench",
            },
            ensure_ascii=False,
        )
        for number in range(MESSAGES)
    ]


def router(rules: int) -> Router:
    """A router with that many rules, of which the messages meet the last ones."""
    lines = [
        f'rule r{number} when text contains "词{number}" and not sender is "boss{number}" then reply "回复{number}"'
        for number in range(rules - 2)
    ]
    lines += [
        'rule ticket when text matches /(?P<ticket>[A-Z]{2,5}-\\d+)/ then agent tracker with "{{ match.ticket }}"',
        'rule vpn when text contains "vpn" then reply "{{ sender.name }}，已收到" then agent helpdesk',
        "otherwise agent general",
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "main.rules"
        path.write_text("\n".join(lines), encoding="utf-8")
        started = time.perf_counter()
        checked = check_rules(path).rules
        print(f"{rules:>6} rules checked in {1000 * (time.perf_counter() - started):>7.0f} ms")
    assert checked is not None
    return Router(checked, Baseline())


def median(work: Callable[[], object]) -> float:
    """Median seconds of several runs, after one to warm up."""
    work()
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    print(
        f"{platform.python_implementation()} {platform.python_version()}, medians of {RUNS} runs of {MESSAGES} messages"
    )
    lines = callbacks()
    reading = median(lambda: [json.loads(line) for line in lines])
    messages = [read_message(json.loads(line), received_ms=0) for line in lines]
    models = median(lambda: [read_message(json.loads(line), received_ms=0) for line in lines])
    print(f"json.loads            {1e6 * reading / MESSAGES:>8.1f} µs a message    1.0")
    print(f"+ message             {1e6 * models / MESSAGES:>8.1f} µs a message {models / reading:>6.1f}")
    for rules in (10, 100, 1_000):
        deciding = router(rules)
        decided = median(lambda r=deciding: [r.decide(message) for message in messages])
        shown = median(lambda r=deciding: [decision_json(r.decide(message)) for message in messages])
        print(
            f"decide, {rules:>5} rules   {1e6 * decided / MESSAGES:>8.1f} µs a message {decided / reading:>6.1f}"
        )
        print(f"… with its JSON       {1e6 * shown / MESSAGES:>8.1f} µs a message {shown / reading:>6.1f}")


if __name__ == "__main__":
    main()
