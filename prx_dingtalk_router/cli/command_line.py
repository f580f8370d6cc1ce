"""Every command with its arguments and options (interfaces.md section 1).

A command ``name`` is the function of that name in the module of that name, which is imported when the command runs: what
reading a command line, help and completion need is little, and all that is imported here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.exceptions import Exit, NoArgsIsHelpError

from prx_dingtalk_router import __version__
from prx_dingtalk_router.cli.signals import interrupt_ends_at_once
from prx_dingtalk_router.cli.wording import (
    Choice,
    Integer,
    Number,
    WordedArgument,
    WordedCommand,
    WordedGroup,
    WordedOption,
)

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
"""How every command and group reads and shows its help."""

# Whether a path can be read is told by whoever reads it, in the language of the process.
PATH = click.Path(path_type=Path, readable=False)
PORT = Integer(min=0, max=65_535)


PROGRAM = "prx-router"
COMPLETION_VARIABLE = "_PRX_ROUTER_COMPLETE"
"""What a shell asks in when it wants completions; click's name for it."""


def run_command_line(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run the command that was typed, or answer a shell that wants to complete one; return the exit code.

    Raises:
        click.UsageError: the command line is wrong.
    """
    program = command_line()
    asked = environ.get(COMPLETION_VARIABLE)
    if asked:
        from click.shell_completion import shell_complete

        return shell_complete(program, {}, PROGRAM, COMPLETION_VARIABLE, asked)
    try:
        with program.make_context(PROGRAM, [*arguments]) as context:
            return int(program.invoke(context) or 0)
    except Exit as ended:
        return ended.exit_code


def command_line() -> click.Group:
    """Build the command line: the group of all commands."""
    return _group(
        PROGRAM,
        "cli.help",
        _action("--version", "cli.option.version", _show_version),
        _language(),
        _action("--install-completion", "cli.option.install-completion", _install_completion),
        _action("--show-completion", "cli.option.show-completion", _show_completion),
        commands=[
            _init(),
            _validate(),
            _test(),
            _explain(),
            _replay(),
            _export(),
            _why(),
            _run(),
            _status(),
            _reload(),
            _rollback(),
            _simulate(),
            _group("config", "cli.config.help", commands=[_config_show()]),
        ],
    )


# ---- the commands


def _init() -> click.Command:
    return _command(
        "init",
        _argument("folder", "cli.init.folder", type=PATH, metavar="DIR", default="."),
        _language(),
        _no_color(given=False),
    )


def _validate() -> click.Command:
    return _command(
        "validate",
        _argument("paths", "cli.validate.paths", type=PATH, metavar="PATH", nargs=-1),
        _option(
            "--format",
            "cli.validate.format",
            type=Choice(["text", "concise", "json", "github"]),
            default="text",
        ),
        _flag("--json", "cli.validate.json", "json_wanted"),
        _flag("--strict", "cli.validate.strict"),
        *_common(),
    )


def _test() -> click.Command:
    return _command(
        "test",
        _argument("paths", "cli.validate.paths", type=PATH, metavar="PATH", nargs=-1),
        _option("--format", "cli.test.format", type=Choice(["text", "json", "junit"]), default="text"),
        _flag("--json", "cli.validate.json", "json_wanted"),
        _flag("--coverage", "cli.test.coverage"),
        _option("--fail-under", "cli.test.fail-under", type=Number(min=0, max=100), metavar="P", default=0),
        *_common(),
    )


def _explain() -> click.Command:
    return _command(
        "explain",
        _argument("said", "cli.explain.text", metavar="TEXT"),
        _option("--message", "cli.explain.message", type=PATH, metavar="FILE"),
        _option("--from", "cli.explain.from", "sender", metavar="ID"),
        _flag("--external", "cli.explain.external"),
        _option("--named", "cli.explain.named", metavar="NICK"),
        _flag("--group/--private", "cli.explain.group"),
        _option("--title", "cli.explain.title", metavar="T"),
        _option("--type", "cli.explain.type", metavar="T"),
        _option("--at", "cli.explain.at", metavar="TIME"),
        _flag("--pictured", "cli.explain.pictured"),
        _flag("--mentioned", "cli.explain.mentioned"),
        _flag("--admin", "cli.explain.admin"),
        _flag("--json", "cli.explain.json", "json_wanted"),
        *_common(),
    )


def _replay() -> click.Command:
    return _command(
        "replay",
        _argument("file", "cli.replay.file", type=PATH, metavar="FILE.jsonl"),
        _flag("--journal", "cli.replay.journal"),
        _since(),
        _flag("--json", "cli.option.json", "json_wanted"),
        _flag("--summary", "cli.replay.summary"),
        *_common(),
    )


def _export() -> click.Command:
    return _command(
        "export",
        _since(),
        _flag("--redact", "cli.export.redact"),
        *_common(no_color_given=False),
    )


def _why() -> click.Command:
    return _command(
        "why",
        _argument("msg_id", "cli.why.msg-id", metavar="MSG-ID"),
        _option("--from", "cli.why.from", "sender", metavar="ID-OR-NAME"),
        _option("--since", "cli.why.since", metavar="1h"),
        _flag("--json", "cli.option.json", "json_wanted"),
        *_common(),
    )


def _run() -> click.Command:
    return _command(
        "run",
        _flag("--sandbox", "cli.run.sandbox"),
        _flag("--once", "cli.run.once"),
        _option("--port", "cli.run.port", type=PORT, metavar="PORT"),
        *_common(no_color_given=False),
    )


def _status() -> click.Command:
    return _command(
        "status",
        _flag("--json", "cli.option.json", "json_wanted"),
        _flag("--watch", "cli.status.watch"),
        *_common(),
    )


def _reload() -> click.Command:
    return _command("reload", _flag("--json", "cli.option.json", "json_wanted"), *_common())


def _rollback() -> click.Command:
    return _command(
        "rollback",
        _argument("number", "cli.rollback.number", type=Integer(min=1), metavar="N"),
        _flag("--list", "cli.rollback.list", "list_wanted"),
        _flag("--json", "cli.option.json", "json_wanted"),
        *_common(),
    )


def _simulate() -> click.Command:
    return _command(
        "simulate",
        _argument(
            "part",
            "cli.simulate.part",
            type=Choice(["dingtalk", "prx"]),
            metavar="dingtalk|prx",
            default="dingtalk",
        ),
        _option("--listen", "cli.simulate.listen", metavar="HOST:PORT", default="127.0.0.1:0"),
        _option("--fault", "cli.simulate.fault", metavar="NAME=VALUE", multiple=True),
        _flag("--faults", "cli.simulate.faults"),
        _option("--client-id", "cli.simulate.client-id", metavar="ID", default="dingsandbox"),
        _option("--client-secret", "cli.simulate.client-secret", metavar="SECRET", default="sandbox-secret"),
        _option("--speed", "cli.simulate.speed", type=Number(), metavar="FACTOR", default=1.0),
        _option("--set", "cli.simulate.set", "setting", metavar="NAME=VALUE", multiple=True),
        _option("--agent", "cli.simulate.agent", metavar="NAME", default="agent"),
        _option("--page-port", "cli.simulate.page-port", type=PORT, metavar="PORT", default=0),
        _language(),
        _no_color(),
    )


def _config_show() -> click.Command:
    return _command("show", _flag("--json", "cli.option.json", "json_wanted"), *_common(), module="config")


# ---- what several commands have


def _common(*, no_color_given: bool = True) -> list[click.Parameter]:
    return [
        _option("--config", "cli.option.config", type=PATH, metavar="FILE"),
        _option("--rules", "cli.option.rules", type=PATH, metavar="PATH"),
        _language(),
        _no_color(given=no_color_given),
    ]


def _language() -> click.Parameter:
    """Return ``--lang``, which is acted on before the command line is parsed."""
    return _option("--lang", "cli.option.lang", type=Choice(["zh", "en"]), expose_value=False)


def _no_color(*, given: bool = True) -> click.Parameter:
    """Return ``--no-color``; not given to commands whose output is never coloured."""
    return _flag("--no-color", "cli.option.no-color", expose_value=given)


def _since() -> click.Parameter:
    return _option("--since", "cli.option.since", metavar="1d")


# ---- how each is made


def _option(names: str, help_key: str, *name: str, **attributes: Any) -> click.Parameter:
    return WordedOption([names, *name], help=help_key, show_default=True, **attributes)


def _flag(names: str, help_key: str, *name: str, **attributes: Any) -> click.Parameter:
    return WordedOption(
        [names, *name], help=help_key, is_flag=True, default=False, show_default=True, **attributes
    )


def _argument(name: str, help_key: str, **attributes: Any) -> click.Parameter:
    return WordedArgument([name], help=help_key, required=False, **attributes)


def _action(name: str, help_key: str, callback: Any) -> click.Parameter:
    """Return an option that does something of its own and ends the program."""
    return WordedOption(
        [name], help=help_key, is_flag=True, is_eager=True, expose_value=False, callback=callback
    )


def _group(
    name: str, help_key: str, *parameters: click.Parameter, commands: list[click.Command]
) -> WordedGroup:
    return WordedGroup(
        name,
        commands=commands,
        params=[*parameters],
        help=help_key,
        no_args_is_help=True,
        invoke_without_command=True,
        subcommand_metavar="COMMAND [ARGS]...",
        callback=_help_without_command,
        context_settings=CONTEXT_SETTINGS,
    )


@click.pass_context
def _help_without_command(ctx: click.Context) -> None:
    """Show the help where options alone were typed, such as ``--lang en``."""
    if ctx.invoked_subcommand is None:
        raise NoArgsIsHelpError(ctx)


def _command(name: str, *parameters: click.Parameter, module: str | None = None) -> WordedCommand:
    topic = module or name

    def run(**given: object) -> object:
        with interrupt_ends_at_once():
            function = getattr(import_module(f"prx_dingtalk_router.cli.{topic}"), name)
        return function(**given)

    return WordedCommand(
        name,
        callback=run,
        params=[*parameters],
        help=f"cli.{topic}.help",
        epilog=f"cli.{topic}.example",
        context_settings=CONTEXT_SETTINGS,
    )


# ---- options that end the program


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        print(f"{PROGRAM} {__version__}")
        ctx.exit()


def _show_completion(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from prx_dingtalk_router.cli.completion import show_completion

        show_completion(ctx.command, os.environ)
        ctx.exit()


def _install_completion(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from prx_dingtalk_router.cli.completion import install_completion

        install_completion(ctx.command, os.environ)
        ctx.exit()
