"""How many recorded callbacks ``prx-router replay`` decides a second, and how much memory it takes.

Run it with ``make bench-replay`` (``LINES=1000000`` for a million). Starting and checking the rules are taken off: the
time of many lines less that of one.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from random import Random

from commands import surroundings, taken
from matching_sets import MixedSet

RULES = 1_000
RUNS = 3


def main() -> None:
    """Print messages a second and peak memory, with and without ``--json``."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--lines", type=int, default=100_000)
    lines = arguments.parse_args().lines
    print(surroundings())
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        mixed = MixedSet(RULES)
        (home / "main.rules").write_text(mixed.written(), encoding="utf-8")
        record(home / "one.jsonl", mixed, 1)
        record(home / "tenth.jsonl", mixed, lines // 10)
        record(home / "many.jsonl", mixed, lines)
        for options in ([], ["--json"]):
            start, cpu_start, _ = best(home, "one.jsonl", options)
            _, _, memory_of_tenth = best(home, "tenth.jsonl", options)
            took, cpu, memory = best(home, "many.jsonl", options)
            print(
                f"replay {' '.join(options):<7}{(lines - 1) / (took - start):>10,.0f} messages/s ({(lines - 1) / (cpu - cpu_start):,.0f} a "
                f"second of CPU) of {lines:,} at {RULES:,} rules; peak {memory:.0f} MB, of a tenth of the lines {memory_of_tenth:.0f} MB"
            )


def record(file: Path, mixed: MixedSet, count: int) -> None:
    """Write so many callbacks as the wire has them, half of which meet a rule."""
    chance = Random(1)  # noqa: S311
    with file.open("w", encoding="utf-8") as lines:
        for number in range(count):
            said = mixed.message(chance.choice(mixed.rules) if number % 2 else None)
            callback = {
                "msgId": f"msg{number}==", "msgtype": "text", "text": {"content": said.text}, "conversationId": f"cid{number % 50}==",
                "conversationType": "2", "conversationTitle": "支持群", "senderStaffId": said.sender, "senderNick": "小林",
                "senderId": f"$:LWCP_v1:${number % 300}", "createAt": 1_788_200_000_000 + number, "robotCode": "dingbench",
                "isInAtList": True, "isAdmin": False, "chatbotUserId": "$:LWCP_v1:$bot", "chatbotCorpId": "dingcorp",
                "senderCorpId": "dingcorp", "atUsers": [{"dingtalkId": "$:LWCP_v1:$bot"}],
                "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=abc", "sessionWebhookExpiredTime": 1_788_205_400_000,
            }  # fmt: skip
            lines.write(json.dumps(callback, ensure_ascii=False) + "\n")


def best(home: Path, file: str, options: list[str]) -> tuple[float, float, float]:
    """Least seconds of several runs, by the clock and of CPU, and the peak memory in MB of the last."""
    runs = [taken("replay", file, "--rules", "main.rules", *options, folder=home) for _ in range(RUNS)]
    return min(run.seconds for run in runs), min(run.cpu for run in runs), runs[-1].memory


if __name__ == "__main__":
    main()
