"""The commands and their help, in both languages."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import click
import pytest

from prx_dingtalk_router.catalogue import LANGUAGES, Language, text, use_language
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.cli.command_line import command_line
from prx_dingtalk_router.cli.commands import SECTIONS
from prx_dingtalk_router.cli.wording import WordedCommand, WordedGroup

EVERY_COMMAND_HAS = ("--config", "--lang", "--no-color")
ALL_HELP = """
import contextlib, io, json, sys
from prx_dingtalk_router.cli.main import run
shown = {}
for name in sys.argv[2:]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert run([*([name] if name != "-" else []), "--help", "--lang", sys.argv[1]], {}) == 0
    shown[name] = out.getvalue()
print(json.dumps(shown))
"""


def names() -> list[str]:
    """The commands by name, those in groups apart."""
    return [name for name, each in command_line().commands.items() if not isinstance(each, WordedGroup)]


def commands() -> list[WordedCommand]:
    """Every command that does something."""
    whole = command_line()
    inner = [
        each
        for group in whole.commands.values()
        if isinstance(group, WordedGroup)
        for each in group.commands.values()
    ]
    return [each for each in [*whole.commands.values(), *inner] if not isinstance(each, WordedGroup)]


@pytest.mark.parametrize("command", commands(), ids=lambda each: each.name)
def test_a_command_is_given_what_its_function_takes(command: WordedCommand) -> None:
    """Every argument and option reaches the function as the parameter of its name, and the function takes no other."""
    (module,) = {command.help_key.split(".")[1]}
    function = getattr(importlib.import_module(f"prx_dingtalk_router.cli.{module}"), str(command.name))
    given = {parameter.name for parameter in command.params if parameter.expose_value}
    assert given == set(inspect.signature(function).parameters)


@pytest.mark.parametrize("command", commands(), ids=lambda each: each.name)
def test_help_can_be_worded_in_either_language(command: WordedCommand) -> None:
    """The language may change after the command line is built: nothing is worded before it is shown."""
    pages = []
    for language in LANGUAGES:
        use_language(language)
        pages.append(command.get_help(click.Context(command)))
    chinese, english = pages
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert not re.search("[\u4e00-\u9fff]", english)


@pytest.mark.parametrize("command", commands(), ids=lambda each: each.name)
def test_every_argument_and_option_has_help(command: WordedCommand) -> None:
    """Nothing can be typed that the help does not explain."""
    assert [each.name for each in command.params if not each.help] == []


@pytest.fixture(scope="module", params=["zh", "en"])
def help_pages(request: pytest.FixtureRequest) -> tuple[str, dict[str, str]]:
    """A language, and the help of all commands in it; ``-`` is that of the program."""
    done = subprocess.run(
        [sys.executable, "-c", ALL_HELP, request.param, "-", *names()],
        capture_output=True,
        timeout=40,
        check=True,
    )
    return request.param, json.loads(done.stdout)


def squeezed(shown: str) -> str:
    """Text without blanks, which wrapping puts anywhere."""
    return "".join(shown.split())


def test_every_command_has_its_help(help_pages: tuple[Language, dict[str, str]]) -> None:
    """The help of a command says what it does and gives an example, in the language asked for."""
    language, pages = help_pages
    for name in names():
        for key in (f"cli.{name}.help", f"cli.{name}.example"):
            said = text(key).render(language).replace("\b", "")  # the mark of a paragraph that is not wrapped
            assert squeezed(said) in squeezed(pages[name]), key


def test_every_command_has_the_common_options(help_pages: tuple[str, dict[str, str]]) -> None:
    """The options that interfaces.md section 1 promises for every command are in its help."""
    _, pages = help_pages
    for name in set(names()) - {
        "init",
        "guide",
        "codes",
        "simulate",
        "help",
    }:  # these work without a configuration
        assert [option for option in EVERY_COMMAND_HAS if option not in pages[name]] == [], name


def test_the_program_lists_its_commands(help_pages: tuple[str, dict[str, str]]) -> None:
    """The help of the program has a line for each command, in the language asked for."""
    language, pages = help_pages
    for name in names():
        entry = MESSAGES[f"cli.{name}.help"]
        said = entry.zh if language == "zh" else entry.en
        line = next(line for line in pages["-"].splitlines() if line.split()[:1] == [name])
        assert squeezed(said).startswith(squeezed(line.strip().removeprefix(name)).removesuffix("..."))


def test_help_can_be_asked_for_as_a_command(invoke: Callable[..., Any]) -> None:
    """``help dead retry`` is ``dead retry --help``; what is no command is a misuse."""
    for names in ((), ("explain",), ("dead", "retry")):
        assert invoke("help", *names).out == invoke(*names, "--help").out
    assert (invoke("help", "dead", "retri").code, invoke("help", "init", "x").code) == (2, 2)
    assert "`retry`" in invoke("help", "dead", "retri").err


def test_every_command_is_in_one_section() -> None:
    """The sections of the program's help name commands that are there, each once."""
    listed = [name for _, section in SECTIONS for name in section]
    assert sorted([*listed, "help"]) == sorted(command_line().commands)


def test_help_needs_no_terminal_width(execute: Callable[..., Any]) -> None:
    """On a very narrow terminal the help is still given."""
    assert execute("validate", "--help", COLUMNS="10").code == 0
