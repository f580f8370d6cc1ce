"""Every command with its arguments and options (interfaces.md section 1).

A command ``name`` is the function of that name in the module of that name. Reading a command line, help and completion need
no more than what is imported here.
"""

from __future__ import annotations

import click

from prx_dingtalk_router.cli.lazy_command import command, group
from prx_dingtalk_router.cli.parameters import (
    PATH,
    PORT,
    argument,
    common,
    flag,
    language,
    no_color,
    option,
    since,
)
from prx_dingtalk_router.cli.wording import Choice, Integer, Number, Section

SECTIONS: tuple[Section, ...] = (
    ("cli.heading.writing", ("init", "guide", "validate", "fmt", "test", "explain", "codes")),
    ("cli.heading.running", ("run", "status", "reload", "rollback", "config", "simulate")),
    ("cli.heading.recorded", ("replay", "export")),
    ("cli.heading.on-call", ("why", "dead", "doctor", "channel")),
)
"""How the help of the program lists its commands."""


def commands() -> list[click.Command]:
    """Return all commands, in the order in which help lists them."""
    return [
        _init(),
        _guide(),
        _validate(),
        _codes(),
        _fmt(),
        _test(),
        _explain(),
        _replay(),
        _export(),
        _why(),
        group(
            "dead",
            "cli.dead.help",
            language(),
            commands=[_dead_list(), _dead_show(), _dead_retry(), _dead_drop()],
        ),
        _doctor(),
        group("channel", "cli.channel.help", language(), commands=[_channel_doctor()]),
        _run(),
        _status(),
        _reload(),
        _rollback(),
        _simulate(),
        group("config", "cli.config.help", language(), commands=[_config_show()]),
        _help(),
    ]


def _help() -> click.Command:
    return command(
        "help",
        argument("names", "cli.help.names", metavar="COMMAND", nargs=-1),
        language(),
        no_color(given=False),
    )


def _init() -> click.Command:
    return command(
        "init",
        argument("folder", "cli.init.folder", type=PATH, metavar="DIR", default="."),
        language(),
        no_color(given=False),
    )


def _guide() -> click.Command:
    return command(
        "guide",
        argument("topic", "cli.guide.topic", metavar="TOPIC"),
        language(),
        no_color(),
    )


def _validate() -> click.Command:
    return command(
        "validate",
        argument("paths", "cli.validate.paths", type=PATH, metavar="PATH", nargs=-1),
        option(
            "--format",
            "cli.validate.format",
            type=Choice(["text", "concise", "json", "sarif", "github"]),
            default="text",
        ),
        flag("--json", "cli.validate.json", "json_wanted"),
        flag("--strict", "cli.validate.strict"),
        flag("--fix", "cli.validate.fix"),
        flag("--unsafe-fixes", "cli.validate.unsafe-fixes"),
        flag("--diff", "cli.validate.diff"),
        flag("--watch", "cli.validate.watch"),
        option("--select", "cli.validate.select", metavar="CODES", multiple=True),
        option("--ignore", "cli.validate.ignore", metavar="CODES", multiple=True),
        option("--cache/--no-cache", "cli.validate.cache", is_flag=True, default=True),
        option("--stdin-filename", "cli.validate.stdin-filename", type=PATH, metavar="NAME"),
        *common(),
    )


def _fmt() -> click.Command:
    return command(
        "fmt",
        argument("paths", "cli.fmt.paths", type=PATH, metavar="PATH", nargs=-1),
        flag("--check", "cli.fmt.check"),
        flag("--diff", "cli.fmt.diff"),
        *common(no_color_given=False),
    )


def _codes() -> click.Command:
    return command(
        "codes",
        argument("code", "cli.codes.code", metavar="CODE"),
        flag("--json", "cli.codes.json", "json_wanted"),
        language(),
        no_color(),
    )


def _test() -> click.Command:
    return command(
        "test",
        argument("paths", "cli.validate.paths", type=PATH, metavar="PATH", nargs=-1),
        option("--format", "cli.test.format", type=Choice(["text", "json", "junit"]), default="text"),
        flag("--json", "cli.validate.json", "json_wanted"),
        flag("--coverage", "cli.test.coverage"),
        flag("--suggest", "cli.test.suggest"),
        option("--fail-under", "cli.test.fail-under", type=Number(min=0, max=100), metavar="P", default=0),
        *common(),
    )


def _explain() -> click.Command:
    return command(
        "explain",
        argument("said", "cli.explain.text", metavar="TEXT"),
        option("--message", "cli.explain.message", type=PATH, metavar="FILE"),
        option("--from", "cli.explain.from", "sender", metavar="ID"),
        flag("--external", "cli.explain.external"),
        option("--named", "cli.explain.named", metavar="NICK"),
        flag("--group/--private", "cli.explain.group"),
        option("--title", "cli.explain.title", metavar="NAME"),
        option("--type", "cli.explain.type", metavar="TYPE"),
        option("--at", "cli.explain.at", metavar="TIME"),
        flag("--pictured", "cli.explain.pictured"),
        flag("--mentioned/--not-mentioned", "cli.explain.mentioned", default=None),
        flag("--admin", "cli.explain.admin"),
        option("--file", "cli.explain.file", metavar="NAME"),
        option("--quoting", "cli.explain.quoting", metavar="TEXT"),
        option("--conversation", "cli.explain.conversation", metavar="ID"),
        option("--why-not", "cli.explain.why-not", "asked_rule", metavar="RULE"),
        flag("--all", "cli.explain.all", "all_wanted"),
        flag("--json", "cli.explain.json", "json_wanted"),
        *common(),
    )


def _replay() -> click.Command:
    return command(
        "replay",
        argument("file", "cli.replay.file", type=PATH, metavar="FILE.jsonl"),
        flag("--journal", "cli.replay.journal"),
        since(),
        flag("--json", "cli.option.json", "json_wanted"),
        flag("--summary", "cli.replay.summary"),
        option("--against", "cli.replay.against", type=PATH, metavar="PATH"),
        option("--max-changed", "cli.replay.max-changed", type=Number(min=0, max=100), metavar="P"),
        *common(),
    )


def _export() -> click.Command:
    return command(
        "export",
        since(),
        flag("--redact", "cli.export.redact"),
        *common(no_color_given=False),
    )


def _why() -> click.Command:
    return command(
        "why",
        argument("msg_id", "cli.why.msg-id", metavar="MSG-ID"),
        option("--from", "cli.why.from", "sender", metavar="ID-OR-NAME"),
        option("--since", "cli.why.since", metavar="1h"),
        flag("--json", "cli.option.json", "json_wanted"),
        *common(),
    )


def _dead_list() -> click.Command:
    return command(
        "list",
        *_dead_filter(),
        flag("--json", "cli.option.json", "json_wanted"),
        *common(),
        module="dead_list",
    )


def _dead_show() -> click.Command:
    return command(
        "show",
        argument("ids", "cli.dead.ids", metavar="MSG-ID", nargs=-1, required=True),
        flag("--json", "cli.option.json", "json_wanted"),
        *common(),
        module="dead_show",
    )


def _dead_retry() -> click.Command:
    return command("retry", *_dead_change(), module="dead_retry")


def _dead_drop() -> click.Command:
    return command("drop", *_dead_change(), module="dead_drop")


def _dead_change() -> list[click.Parameter]:
    return [
        argument("ids", "cli.dead.ids", metavar="MSG-ID", nargs=-1),
        *_dead_filter(),
        flag("--all", "cli.dead.all", "all_wanted"),
        flag("--yes", "cli.dead.yes"),
        flag("--json", "cli.option.json", "json_wanted"),
        *common(),
    ]


def _dead_filter() -> list[click.Parameter]:
    return [
        option("--since", "cli.dead.since", metavar="1d"),
        option("--agent", "cli.dead.agent", metavar="NAME"),
        option("--reason", "cli.dead.reason", metavar="TEXT-OR-NAME"),
    ]


def _doctor() -> click.Command:
    return command("doctor", flag("--json", "cli.doctor.json", "json_wanted"), *common())


def _channel_doctor() -> click.Command:
    """Return the doctor by the name that it has in PRX (prx-gateway.md section 16)."""
    return command(
        "doctor",
        argument("channel", "cli.channel.channel", metavar="CHANNEL", default="dingtalk"),
        flag("--json", "cli.doctor.json", "json_wanted"),
        *common(),
        module="channel",
    )


def _run() -> click.Command:
    return command(
        "run",
        flag("--sandbox", "cli.run.sandbox"),
        flag("--once", "cli.run.once"),
        option("--port", "cli.run.port", type=PORT, metavar="PORT"),
        option("--record", "cli.run.record", type=PATH, metavar="FILE"),
        *common(),
    )


def _status() -> click.Command:
    return command(
        "status",
        flag("--json", "cli.option.json", "json_wanted"),
        flag("--watch", "cli.status.watch"),
        *common(),
    )


def _reload() -> click.Command:
    return command("reload", flag("--json", "cli.option.json", "json_wanted"), *common())


def _rollback() -> click.Command:
    return command(
        "rollback",
        argument("number", "cli.rollback.number", type=Integer(min=1), metavar="N"),
        flag("--list", "cli.rollback.list", "list_wanted"),
        flag("--json", "cli.option.json", "json_wanted"),
        *common(),
    )


def _simulate() -> click.Command:
    return command(
        "simulate",
        argument(
            "part",
            "cli.simulate.part",
            type=Choice(["dingtalk", "prx"]),
            metavar="dingtalk|prx",
            default="dingtalk",
        ),
        option("--listen", "cli.simulate.listen", metavar="HOST:PORT", default="127.0.0.1:0"),
        option("--fault", "cli.simulate.fault", metavar="NAME=VALUE", multiple=True),
        flag("--faults", "cli.simulate.faults"),
        option("--client-id", "cli.simulate.client-id", metavar="ID", default="dingsandbox"),
        option("--client-secret", "cli.simulate.client-secret", metavar="SECRET", default="sandbox-secret"),
        option("--speed", "cli.simulate.speed", type=Number(), metavar="FACTOR", default=1.0),
        option("--set", "cli.simulate.set", "setting", metavar="NAME=VALUE", multiple=True),
        option("--agent", "cli.simulate.agent", metavar="NAME", default="agent"),
        option("--page-port", "cli.simulate.page-port", type=PORT, metavar="PORT", default=0),
        language(),
        no_color(),
    )


def _config_show() -> click.Command:
    return command("show", flag("--json", "cli.option.json", "json_wanted"), *common(), module="config")
