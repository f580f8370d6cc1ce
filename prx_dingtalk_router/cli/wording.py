"""The command line library's own words, in the language of the process: headings of help, and what is wrongly typed."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

from prx_dingtalk_router.catalogue import Text, current_language, text

_OPTIONS = {
    "help": "cli.option.help",
    "version": "cli.option.version",
    "install_completion": "cli.option.install-completion",
    "show_completion": "cli.option.show-completion",
}
_HEADINGS = {
    "Usage: ": "cli.usage",
    "Arguments:": "cli.heading.arguments",
    "Options:": "cli.heading.options",
    "Commands:": "cli.heading.commands",
}
_HEADING = re.compile("^(?:" + "|".join(_HEADINGS) + ")", re.MULTILINE)
_TYPE_OF_ARGUMENT = re.compile(r"^(  [A-Z][\w.]*)( <\S+>)", re.MULTILINE)
"""How Python calls the type of an argument says nothing to people."""


def _in_language(shown: str) -> str:
    shown = _TYPE_OF_ARGUMENT.sub(lambda found: found[1] + " " * len(found[2]), shown)
    shown = _HEADING.sub(lambda found: str(text(_HEADINGS[found[0]])), shown)
    if current_language() == "zh":
        shown = shown.replace("[default: ", "[默认：").replace("[required]", "[必填]")
    return shown


class WordedCommand(TyperCommand):
    """A command whose help is in the language of the process."""

    def get_help(self, ctx: Any) -> str:
        """The whole help."""
        return _in_language(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        """The line of usage."""
        return _in_language(super().get_usage(ctx))

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters; those of the library with our help."""
        return _with_our_help(super().get_params(ctx))


class WordedGroup(TyperGroup):
    """A group of commands whose help is in the language of the process."""

    def get_help(self, ctx: Any) -> str:
        """The whole help."""
        return _in_language(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        """The line of usage."""
        return _in_language(super().get_usage(ctx))

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters; those of the library with our help."""
        return _with_our_help(super().get_params(ctx))


def _with_our_help(params: list[Any]) -> list[Any]:
    for param in params:
        if param.name in _OPTIONS:
            param.help = str(text(_OPTIONS[param.name]))
    return params


# ---- what is wrongly typed

_MISUSES = (
    (
        re.compile(r"No such command '(?P<found>.*?)'\.?(?: Did you mean (?P<meant>.+)\?)?"),
        "cli.misuse.command",
    ),
    (
        re.compile(r"No such option: (?P<found>\S+)(?: \(Possible options: (?P<meant>.+)\))?"),
        "cli.misuse.option",
    ),
    (re.compile(r"Missing \w+ '?(?P<found>[^']+)'?\."), "cli.misuse.missing"),
    (re.compile(r"Option '(?P<found>.+)' requires an argument\."), "cli.misuse.no-value"),
    (re.compile(r"Option '(?P<found>.+)' does not take a value\."), "cli.misuse.a-value"),
    (re.compile(r"Got unexpected extra argument\(s\) \((?P<found>.*)\)", re.DOTALL), "cli.misuse.extra"),
    (re.compile(r"Invalid value for '(?P<found>.+?)': (?P<why>.+)", re.DOTALL), "cli.misuse.value"),
)
_REFUSED = (
    (
        re.compile(r"(?:Value error, )?'(?P<value>.*)' is not one of (?P<choices>.+?)\.?", re.DOTALL),
        "cli.misuse.choice",
    ),
    (re.compile(r"Input should be less than or equal to (?P<limit>\S+)"), "cli.misuse.at-most"),
    (re.compile(r"Input should be greater than or equal to (?P<limit>\S+)"), "cli.misuse.at-least"),
    (re.compile(r"Input should be a valid (?:integer|number).*"), "cli.misuse.number"),
)


def misuse(said: str) -> Text | str:
    """What is wrong with a command line, from what the library says; where that is not known, the library's words."""
    for form, key in _MISUSES:
        found = form.fullmatch(said)
        if found:
            parts = found.groupdict()
            meant = _listed(parts.get("meant"))
            parts["meant"] = text("cli.misuse.meant", names=meant) if meant else ""
            parts["why"] = _refused(parts.get("why") or "")
            return text(key, **parts)
    return said


def _refused(why: str) -> Text | str:
    for form, key in _REFUSED:
        found = form.fullmatch(why)
        if found:
            parts: dict[str, object] = found.groupdict()
            return text(key, **{**parts, "choices": _listed(found.groupdict().get("choices"))})
    return why


def _listed(names: str | None) -> list[str]:
    """Names out of a list of the library, which quotes some and not others."""
    return [f"`{name.strip(chr(39))}`" for name in names.split(", ")] if names else []
