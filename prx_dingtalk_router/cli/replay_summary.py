"""The table of ``replay --summary``: which rule took how many messages, their share, and one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import harmless, write_json, write_table
from prx_dingtalk_router.matching import Decision

SHOWN_TEXT = 40

Taker = tuple[str | None, str | None]
"""The rule that took a message; where none did, why."""


@dataclass(slots=True)
class Summary:
    """Counts decisions, and remembers the first message of each kind; it stays as small as the set of rules.

    Attributes:
        takers: how many messages each rule took.
        samples: the first message of each taker, with its line.
        shadows: how often each shadow rule held.
    """

    takers: Counter[Taker] = field(default_factory=Counter)
    samples: dict[Taker, tuple[int, str]] = field(default_factory=dict)
    shadows: Counter[str] = field(default_factory=Counter)

    def add(self, number: int, decision: Decision) -> None:
        """Count what is decided about the message of a line."""
        taker = (decision.by, None if decision.by else decision.reason)
        self.takers[taker] += 1
        if taker not in self.samples:
            self.samples[taker] = (number, said(decision))
        if decision.shadow:
            self.shadows.update(each.rule for each in decision.shadow)

    def write(self, errors: Sequence[dict[str, Any]], *, json_wanted: bool, no_color: bool) -> None:
        """Print it, as a table or as one document with the lines that are no callback."""
        if json_wanted:
            write_json(self._document(errors))
        else:
            self._write_table(no_color=no_color)

    def _document(self, errors: Sequence[dict[str, Any]]) -> dict[str, Any]:
        whole = self.takers.total()
        return {
            "counts": [
                {
                    "by": by,
                    "reason": why,
                    "count": count,
                    "share": round(count / whole, 6),
                    "sample": dict(zip(("line", "text"), self.samples[by, why], strict=True)),
                }
                for (by, why), count in self.takers.most_common()
            ],
            "shadow": [{"rule": name, "count": count} for name, count in self.shadows.most_common()],
            "errors": list(errors),
        }

    def _write_table(self, *, no_color: bool) -> None:
        from rich.table import Table

        table = Table()
        table.add_column(str(text("cli.replay.rule")))
        for key in ("cli.replay.count", "cli.replay.share"):
            table.add_column(str(text(key)), justify="right")
        table.add_column(str(text("cli.replay.sample")))
        whole = self.takers.total()
        for (by, why), count in self.takers.most_common():
            table.add_row(by or why or "-", f"{count:,}", share(count, whole), self.samples[by, why][1])
        if self.shadows:
            table.add_section()
        for name, count in self.shadows.most_common():
            shown = f"{name} {text('cli.explain.shadow')}"
            table.add_row(shown, f"{count:,}", share(count, whole), "")
        write_table(table, no_color=no_color)


def share(count: int, whole: int) -> str:
    """A share in percent, never 0 for what there is, nor 100 for what is not all."""
    if count == 0 or count == whole:
        return f"{100 * bool(count)} %"
    return f"{min(max(100 * count / whole, 0.1), 99.9):.1f} %"


def said(decision: Decision) -> str:
    """The beginning of what somebody wrote, on one line; strangers wrote it: nothing in it may act on the terminal."""
    written = harmless(" ".join(decision.message.text.split()))
    return written if len(written) <= SHOWN_TEXT else written[: SHOWN_TEXT - 1] + "…"
