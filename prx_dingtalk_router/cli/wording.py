"""Commands and options of click whose words are entries of the catalogue, read when they are shown.

Texts are given as keys: ``help="cli.validate.paths"``. So the language may become known after the command line is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import click

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.catalogue.cli_placeholders import placeholder
from prx_dingtalk_router.cli.help_layout import HelpLayout

WHOLE_SENTENCE = 200
"""Characters of the first sentence of a command's help that a list of commands shows: all, on several lines if need be."""


Section = tuple[str, Sequence[str]]
"""The key of a heading, and the names of the commands that are listed below it."""


class ExtraArguments(click.UsageError):
    """More was typed than a command takes."""

    def __init__(self, arguments: Iterable[str], ctx: click.Context) -> None:
        self.arguments = tuple(arguments)
        super().__init__(" ".join(self.arguments), ctx)


class _Words:
    """An attribute that is set to a key of the catalogue, and read as the sentence in the language of the process."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._key = f"{name}_key"

    def __get__(self, owner: object, kind: type) -> str | None:
        key: str | None = getattr(owner, self._key)
        return None if key is None else str(text(key))

    def __set__(self, owner: object, key: str | None) -> None:
        setattr(owner, self._key, key)


class WordedOption(click.Option):
    """An option; ``help`` is a key."""

    help = _Words()

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what stands for its value."""
        return placeholder(super().make_metavar(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the line of help: how it is written, and what it does."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        default = self.get_help_extra(ctx).get("default")
        shown = "" if default is None else f"  {text('cli.option.default', value=default)}"
        return record[0], f"{self.help or ''}{shown}"


class WordedArgument(click.Argument):
    """An argument; ``help`` is a key, and ``metavar`` what it is called in help and in messages."""

    help = _Words()

    @property
    def human_readable_name(self) -> str:
        """What it is called in help and in messages."""
        return placeholder(super().human_readable_name)

    def make_metavar(self, ctx: click.Context) -> str:
        """Return how it stands in the line of usage."""
        name = self.human_readable_name
        return f"{name if self.required else f'[{name}]'}{'...' if self.nargs != 1 else ''}"

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return the line of help: what it is called, and what it is."""
        return self.human_readable_name, self.help or ""


class WordedContext(click.Context):
    """The context of a command, whose help is laid out for Chinese, too."""

    formatter_class = HelpLayout


class WordedCommand(click.Command):
    """A command; ``help`` and ``epilog`` are keys."""

    context_class = WordedContext
    help = _Words()
    epilog = _Words()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; whatever is wrong with them says of which command."""
        takes_more, ctx.allow_extra_args = ctx.allow_extra_args, True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as problem:
            problem.ctx = problem.ctx or ctx
            raise
        if ctx.args and not takes_more and not ctx.resilient_parsing:
            raise ExtraArguments(ctx.args, ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help``."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = str(text("cli.option.help"))
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        pieces = " ".join(placeholder(each) for each in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=str(text("cli.usage")))

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each argument is."""
        arguments = [each for each in self.get_params(ctx) if isinstance(each, click.Argument)]
        _write_section(formatter, "cli.heading.arguments", [each.get_help_record(ctx) for each in arguments])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option does."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        records = [each.get_help_record(ctx) for each in options]
        _write_section(formatter, "cli.heading.options", [each for each in records if each is not None])


class WordedGroup(WordedCommand, click.Group):
    """A group of commands, which are listed in the order in which they were added.

    Args:
        sections: each the key of a heading, and names of commands below it; what stands in none comes last.
    """

    def __init__(self, *args: Any, sections: Sequence[Section] = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._sections = sections

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option does, and below it what each command does."""
        super().format_options(ctx, formatter)
        left = dict(self.commands)
        for heading, names in self._sections:
            listed = [(name, left.pop(name)) for name in names if name in left]
            _write_section(formatter, heading, [(name, _whole_sentence(each)) for name, each in listed])
        others = [(name, _whole_sentence(each)) for name, each in left.items()]
        _write_section(formatter, "cli.heading.others" if self._sections else "cli.heading.commands", others)


def _whole_sentence(command: click.Command) -> str:
    return command.get_short_help_str(WHOLE_SENTENCE)


def _write_section(formatter: click.HelpFormatter, heading: str, lines: list[tuple[str, str]]) -> None:
    if lines:
        formatter.write_paragraph()
        formatter.write(f"{text(heading)}\n")  # write_heading would add a colon of its own
        with formatter.indentation():
            formatter.write_dl(lines)


# ---- what a value has to be


class Choice(click.Choice[str]):
    """One of some words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Say which words there are."""
        return str(text("cli.misuse.choice", value=value, choices=[f"`{each}`" for each in self.choices]))


class Integer(click.IntRange):
    """A whole number between two bounds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it, or refuse it in the language of the process."""
        _refuse(self, int, value, param, ctx)
        return super().convert(value, param, ctx)


class Number(click.FloatRange):
    """A number between two bounds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read it, or refuse it in the language of the process."""
        _refuse(self, float, value, param, ctx)
        return super().convert(value, param, ctx)


def _refuse(
    bounds: click.IntRange | click.FloatRange,
    kind: type[int | float],
    value: Any,
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> None:
    try:
        number = kind(value)
    except ValueError:
        bounds.fail(str(text("cli.misuse.number")), param, ctx)
    if bounds.max is not None and not number <= bounds.max:
        bounds.fail(str(text("cli.misuse.at-most", limit=bounds.max)), param, ctx)
    if bounds.min is not None and not number >= bounds.min:
        bounds.fail(str(text("cli.misuse.at-least", limit=bounds.min)), param, ctx)
