"""Rules that a command decides by."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_the_way_to_all_mistakes_can_be_pasted(
    invoke: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """Where rules have errors, the command that shows them in full checks the same rules."""
    write("my bot/main.rules", "rule x")
    told = invoke("explain", "hi", "--rules", "my bot", "--lang", "en")
    assert (told.code, told.out) == (1, "")
    command = shlex.split(told.err.split("`")[-2])
    assert command == ["prx-router", "validate", "my bot"]
    assert invoke(*command[1:]).code == 1
