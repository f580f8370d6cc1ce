"""``prx-router test``: runs the ``test`` blocks of rules. Contacts nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.cli.console import note, perhaps_unread, write_json
from prx_dingtalk_router.cli.rules import load_sets
from prx_dingtalk_router.cli.test_report import Report, SetReport, document, percent, write_junit, write_text
from prx_dingtalk_router.cli.workspace import workspaces_of
from prx_dingtalk_router.matching import Baseline, Coverage, Router, run_tests, suggest_tests

EXPLAINED = 50
"""So many cases that fail are explained; the others mostly fail for the same reason."""


def test(
    *,
    paths: Sequence[Path],
    format: str,  # noqa: A002
    json_wanted: bool,
    coverage: bool,
    suggest: bool,
    fail_under: float,
    config: Path | None,
    rules: Path | None,
    no_color: bool,
) -> int:
    """Run tests; 1 when one fails, or too little is reached."""
    form = "json" if json_wanted else format
    measured = coverage or suggest or fail_under > 0 or form == "json"
    sets: list[SetReport] = []
    for workspace, named in workspaces_of(paths, config, rules):
        baseline = Baseline.of(workspace.settings) if workspace.settings and workspace.has_baseline else None
        for loaded in load_sets(workspace, named):
            router = Router(loaded, baseline or Baseline())
            recorder = Coverage(loaded) if measured else None
            ran = run_tests(
                router,
                baseline=baseline,
                robot_name=workspace.robot_name,
                recorder=recorder,
                explained=EXPLAINED,
            )
            blocks = (
                () if recorder is None or not suggest else _blocks(router, recorder, workspace.robot_name)
            )
            sets.append(SetReport(ran, recorder, tuple(blocks)))
    report = Report(sets)
    too_few = report.share < fail_under
    with perhaps_unread():
        match form:
            case "text":
                write_text(report, coverage=coverage, suggest=suggest, no_color=no_color)
            case "json":
                write_json(document(report))
            case "junit":
                write_junit(report)
                if coverage:  # the form has no room for it
                    note(report.summary)
    if too_few:
        if not coverage:
            note(report.summary)
        note(text("cli.test.too-few", share=percent(report.share), least=percent(fail_under)))
    return int(report.failed > 0 or too_few)


def _blocks(router: Router, coverage: Coverage, robot_name: str) -> Iterator[str]:
    """Give ready-made tests for what is not reached, in the canonical layout."""
    from rich.cells import cell_len

    from prx_dingtalk_router.language.formatting import format_rules

    for block in suggest_tests(router, coverage, robot_name=robot_name):
        yield format_rules(block, cell_len)
