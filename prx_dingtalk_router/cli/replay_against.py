"""``replay --against``: the messages that two sets of rules decide differently, for whoever reviews a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import results, write_json
from prx_dingtalk_router.cli.replay_summary import said, share
from prx_dingtalk_router.cli.rules import load_sets
from prx_dingtalk_router.cli.workspace import Workspace
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.matching import Baseline, Decision, Router, decision_json

SAMPLES = 3
MOST_SHOWN = 40
"""Groups that are listed with samples; those beyond it are only counted."""

Change = tuple[str, str]
"""Who took a message before, and who takes it now."""


def other_router(workspace: Workspace, path: Path, baseline: Baseline) -> Router:
    """Return the router of the rules at a path, under the same configuration.

    Raises:
        UsageError: the path leads to no set.
        RulesError: it has errors.
    """
    loaded = load_sets(workspace, [path])
    if len(loaded) != 1:
        raise UsageError("cli.replay.against-one", path=str(path))
    return Router(loaded[0], baseline)


@dataclass(slots=True)
class _Group:
    count: int = 0
    samples: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Comparison:
    """Compares decisions of two sets, and groups what differs; it stays as small as the sets are.

    Args:
        before: decides as the other set does.
        lines_wanted: whether each difference is printed at once, as JSON.
    """

    before: Router
    lines_wanted: bool = False
    count: int = 0
    _groups: dict[Change, _Group] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """How many messages are decided differently."""
        return sum(group.count for group in self._groups.values())

    def add(self, number: int, now: Decision) -> None:
        """Compare what is decided about the message of a line with what was decided before."""
        self.count += 1
        before = self.before.decide(now.message)
        if _same(before, now):
            return
        group = self._groups.setdefault((_taker(before), _taker(now)), _Group())
        group.count += 1
        if len(group.samples) < SAMPLES:
            group.samples.append((number, said(now)))
        if self.lines_wanted:
            write_json({"line": number, "before": decision_json(before), "now": decision_json(now)})

    def write(self, errors: Sequence[dict[str, Any]], *, json_wanted: bool, no_color: bool) -> None:
        """Print the groups, the most frequent first."""
        groups = sorted(self._groups.items(), key=lambda item: (-item[1].count, item[0]))
        if json_wanted:
            write_json(self._document(groups, errors))
            return
        out = results(no_color=no_color)
        for (before, now), group in groups[:MOST_SHOWN]:
            same = f"  {text('cli.replay.other-steps')}" if before == now else ""
            out.print(
                (f"{before} → {now}", "bold"),
                f"  {group.count:,}  ({share(group.count, self.count)}){same}",
            )
            for number, sample in group.samples:
                out.print((f"  {text('cli.replay.line', line=number)}", "dim"), f"  {sample}")
        if len(groups) > MOST_SHOWN:
            out.print(text("cli.replay.more-groups", count=len(groups) - MOST_SHOWN))
        out.print(
            text(
                "cli.replay.changed",
                changed=f"{self.changed:,}",
                count=f"{self.count:,}",
                share=share(self.changed, self.count),
            )
        )

    def is_too_much(self, most: float) -> bool:
        """Whether more than ``most`` percent of the messages are decided differently."""
        return 100 * self.changed > most * self.count

    def _document(
        self, groups: Sequence[tuple[Change, _Group]], errors: Sequence[dict[str, Any]]
    ) -> dict[str, Any]:
        return {
            "messages": self.count,
            "changed": self.changed,
            "groups": [
                {
                    "before": before,
                    "now": now,
                    "count": group.count,
                    "samples": [{"line": number, "text": sample} for number, sample in group.samples],
                }
                for (before, now), group in groups
            ],
            "errors": list(errors),
        }


def _same(before: Decision, now: Decision) -> bool:
    """Whether two sets do the same for a message: the same steps of rules of the same names."""
    if (before.by, before.via, before.reason) != (now.by, now.via, now.reason):
        return False
    return before.steps == now.steps or decision_json(before)["steps"] == decision_json(now)["steps"]


def _taker(decision: Decision) -> str:
    return " → ".join([*decision.via, decision.by or decision.reason or "-"])
