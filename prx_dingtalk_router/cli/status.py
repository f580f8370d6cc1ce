"""``prx-router status``: how the running router is, on one screen."""

from __future__ import annotations

import time
from pathlib import Path

import click

from prx_dingtalk_router.cli.asking import RunningRouter
from prx_dingtalk_router.cli.console import perhaps_unread, results, write_json
from prx_dingtalk_router.cli.status_screen import show_status

EVERY_SECONDS = 2.0


def status(*, json_wanted: bool, watch: bool, config: Path | None, rules: Path | None, no_color: bool) -> int:
    """Return 0 when the router is ready, 1 when it is not; with ``--watch`` it goes on until interrupted."""
    router = RunningRouter(config)
    while True:
        document = router.get("/status").document
        with perhaps_unread():
            if json_wanted:
                write_json(document)
            else:
                if watch:
                    click.clear()
                show_status(results(no_color=no_color), document)
        if not watch:
            return int(not document["ready"])
        time.sleep(EVERY_SECONDS)
