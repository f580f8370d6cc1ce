"""What is wrong with a command line, from what click raises: the kind of the exception and its attributes."""

from __future__ import annotations

from collections.abc import Sequence

import click
from click.exceptions import NoArgsIsHelpError

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.wording import ExtraArguments


def asks_for_help(problem: click.UsageError) -> bool:
    """Tell whether nothing is wrong: nothing was typed, and the message is the help."""
    return isinstance(problem, NoArgsIsHelpError)


def misuse(problem: click.UsageError) -> Text | str:
    """Return the sentence for a misuse; where its kind is not known, click's own words."""
    match problem:
        case click.NoSuchCommand():
            return text("cli.misuse.command", found=problem.command_name, meant=_meant(problem.possibilities))
        case click.NoSuchOption():
            return text("cli.misuse.option", found=problem.option_name, meant=_meant(problem.possibilities))
        case click.BadOptionUsage():
            key = "a-value" if _is_flag(problem) else "no-value"
            return text(f"cli.misuse.{key}", found=problem.option_name)
        case ExtraArguments():
            return text("cli.misuse.extra", found=" ".join(problem.arguments))
        case click.MissingParameter():
            return text("cli.misuse.missing", found=_name(problem.param))
        case click.BadParameter():
            return text("cli.misuse.value", found=_name(problem.param), why=problem.message)
        case _:
            return problem.format_message()


def _meant(names: Sequence[str] | None) -> Text | str:
    return text("cli.misuse.meant", names=[f"`{name}`" for name in names]) if names else ""


def _is_flag(problem: click.BadOptionUsage) -> bool:
    options = problem.ctx.command.get_params(problem.ctx) if problem.ctx is not None else []
    return any(
        isinstance(option, click.Option) and option.is_flag and problem.option_name in option.opts
        for option in options
    )


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "?"
    return parameter.opts[-1] if isinstance(parameter, click.Option) else parameter.human_readable_name
