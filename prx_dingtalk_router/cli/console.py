"""Where commands write: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import os
import sys
from typing import IO, Any

from rich.console import Console

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.errors import RouterError


def results(*, no_color: bool = False) -> Console:
    """The console for results; styled on a terminal only, and not with ``--no-color`` or ``NO_COLOR``."""
    return Console(
        color_system=None if _plain(no_color) else "auto",
        highlight=False,
        soft_wrap=True,
        emoji=False,
        markup=False,
    )


def note(sentence: Text) -> None:
    """Tell people something that is no result."""
    print(sentence.render(), file=sys.stderr, flush=True)


def complain(problem: RouterError | Text) -> None:
    """Tell people what went wrong."""
    print(f"prx-router: {problem}", file=sys.stderr, flush=True)


def write_json(document: Any, stream: IO[str] | None = None) -> None:
    """One JSON document on one line of standard output, Chinese as it is."""
    (stream or sys.stdout).write(json.dumps(document, ensure_ascii=False) + "\n")


def _plain(no_color: bool) -> bool:
    return no_color or bool(os.environ.get("NO_COLOR"))
