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


def test_a_used_file_is_decided_by_within_its_set(
    invoke: Callable[..., Any], write: Callable[..., Path]
) -> None:
    """Where rules are named by a file that some set uses, that set decides, tests and explains."""
    rules = 'use "people.rules"\nrule a when sender in it then drop\notherwise reply "x"\n'
    write("rules/main.rules", rules + 'test "t" given "x" from "u1" expect drop\n')
    used = write("rules/people.rules", 'list it = ["u1"]\n')
    told = invoke("test", used, "--lang", "en")
    assert (told.code, told.out.splitlines()[-1]) == (0, "all tests passed: 1")
    assert invoke("test", used, "rules", "--lang", "en").out.splitlines()[-1] == "all tests passed: 1"
    told = invoke("explain", "x", "--from", "u1", "--rules", used, "--json")
    assert (told.code, told.documents[0]["by"]) == (0, "a")
