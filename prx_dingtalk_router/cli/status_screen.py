"""What ``status`` shows of the router's document: the most important first, and what is not as it should be in colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.console import Part, Results
from prx_dingtalk_router.cli.moments import lasted, moment
from prx_dingtalk_router.cli.reload import show_findings
from prx_dingtalk_router.decision.fingerprint import short

MOST_FINDINGS = 5
MOST_RULES = 8
MOST_SENDERS = 5
MOST_PROBLEMS = 5
_WIDTH = 10

Document = dict[str, Any]


def show_status(out: Results, document: Document) -> None:
    """Print the whole screen."""
    for section in _SECTIONS:
        section(out, document)


def _head(out: Results, document: Document) -> None:
    ready: Part = (
        (text("cli.status.ready"), "bold green")
        if document["ready"]
        else (text("cli.status.not-ready", what=[_part(each) for each in document["not_ready"]]), "bold red")
    )
    out.print(
        (f"prx-router {document['version']}", "bold"),
        "  ",
        ready,
        "  ",
        text("cli.status.up", time=lasted(document["uptime_seconds"]), pid=document["pid"]),
    )


def _stream(out: Results, document: Document) -> None:
    stream = document["stream"]
    style = "" if stream["connected"] else "red"
    words = text(f"cli.status.stream.{'open' if stream['connected'] else 'closed'}")
    counts = text("cli.status.stream-counts", frames=stream["frames"], reconnects=stream["reconnects"])
    _line(out, "stream", (words, style), "  ", counts)
    if stream["problem"]:
        _more(out, (stream["problem"], "red"))


def _rules(out: Results, document: Document) -> None:
    rules = document["rules"]
    who = f" {rules['by']}" if rules["by"] else ""
    _line(
        out,
        "rules",
        (short(rules["fingerprint"]), "bold"),
        "  ",
        text(
            "cli.status.set",
            number=rules["number"],
            rules=rules["rules"],
            files=rules["files"],
            tests=rules["tests"],
        ),
        "  ",
        f"{moment(rules['loaded_at_ms'])} ",
        text(f"cli.trigger.{rules['trigger']}"),
        who,
    )
    if rules["held"] is not None:
        _more(out, (text("cli.status.held", number=rules["held"]), "yellow"))
    refused = rules["refused"]
    if refused is not None:
        errors = refused["summary"]["errors"]
        _more(out, (text("cli.status.refused", time=moment(refused["at_ms"]), errors=errors), "red"))
        show_findings(out, refused, MOST_FINDINGS, " " * (_WIDTH + 2))
    elif rules["differs"]:
        _more(out, (text("cli.status.differs", on_disk=short(rules["on_disk"])), "yellow"))
    if rules["warnings"]:
        _more(out, (text("cli.status.warnings", count=len(rules["warnings"])), "yellow"))
    if rules["waiting_for_restart"]:
        _more(out, (text("cli.status.restart", keys=rules["waiting_for_restart"]), "yellow"))


def _agents(out: Results, document: Document) -> None:
    for number, agent in enumerate(document["agents"]):
        state = {"closed": ("green", "ok"), "open": ("red", "unreachable"), "fault": ("red", "fault")}
        style, word = state[agent["breaker"]]
        _line(
            out,
            "agents" if number == 0 else "",
            (agent["name"], "bold"),
            "  ",
            (text(f"cli.status.agent.{word}"), style),
            "  ",
            text(
                "cli.status.agent-counts",
                running=agent["in_flight"],
                most=agent["most_in_flight"],
                waiting=agent["waiting"],
            ),
        )
        if agent["problem"]:
            _more(out, (agent["problem"], "red"))


def _journal(out: Results, document: Document) -> None:
    journal = document["journal"]
    dead = journal.get("dead", 0)
    parts: list[Part] = [
        text("cli.status.journal-counts", queued=journal.get("queued", 0), running=journal.get("running", 0)),
        "  ",
        (text("cli.status.dead", count=dead), "red" if dead else ""),
    ]
    if not journal["durable"]:
        parts += ["  ", (text("cli.status.in-memory"), "yellow")]
    _line(out, "journal", *parts)
    last = document["messages"].get("last_dead")
    if dead:
        see = text("cli.status.see-dead", msg_id=last) if last else text("cli.status.see-dead-list")
        _more(out, (see, "dim"))


def _waiting(out: Results, document: Document) -> None:
    for number, wait in enumerate(document["waiting"]):
        _line(
            out,
            "waiting" if number == 0 else "",
            (text(f"service.word.what.{wait['what']}"), "yellow"),
            f"  {wait['count']}  ",
            text("cli.status.since", time=moment(wait["since_ms"])),
        )


def _messages(out: Results, document: Document) -> None:
    messages = document["messages"]
    outcomes = [
        text("cli.status.outcome", what=text(f"service.word.outcome.{outcome}"), count=count)
        for outcome, count in messages["outcomes"].items()
    ]
    parts: list[Part] = [str(messages["taken"])]
    if outcomes:
        parts += ["  ", text("cli.status.list", entries=outcomes)]
    if messages["duplicates"]:
        parts += ["  ", text("cli.status.duplicates", count=messages["duplicates"])]
    if messages["unstored"]:
        parts += ["  ", (text("cli.status.unstored", count=messages["unstored"]), "red")]
    _line(out, "messages", *parts)
    replies = [
        text(
            "cli.status.replies",
            route=text(f"service.word.route.{each['route']}"),
            result=text(f"service.word.result.{each['result']}"),
            count=each["count"],
        )
        for each in document["replies"]
    ]
    if replies:
        _line(out, "replies", text("cli.status.list", entries=replies))


def _month(out: Results, document: Document) -> None:
    for number, each in enumerate(document["month"]["meters"]):
        used, limit, expected = each["used"], each["limit"], each["expected"]
        style = (
            "" if not limit or used < 0.8 * limit else "red" if used > limit - each["reserved"] else "yellow"
        )
        parts: list[Part] = [
            text(f"service.word.what.{each['meter']}"),
            "  ",
            (f"{used}/{limit}" if limit else str(used), style),
            "  ",
            (text("cli.status.expected", count=expected), "yellow" if limit and expected > limit else ""),
        ]
        if each["used_up"]:
            parts += ["  ", (text("cli.status.used-up"), "red")]
        elif not each["progress"]:
            parts += ["  ", (text("cli.status.no-progress"), "yellow")]
        _line(out, "month" if number == 0 else "", *parts)


def _hits(out: Results, document: Document) -> None:
    for number, hit in enumerate(document["rule_hits"][:MOST_RULES]):
        last = f"  {moment(hit['last_ms'])}" if hit["last_ms"] else ""
        shadow: Part = (" shadow", "dim") if hit["mode"] == "shadow" else ""
        _line(out, "hits" if number == 0 else "", f"{hit['count']:>6}  ", (hit["rule"], "bold"), shadow, last)


def _senders(out: Results, document: Document) -> None:
    senders = document["refused_senders"][:MOST_SENDERS]
    for number, each in enumerate(senders):
        label = "refused" if number == 0 else ""
        _line(
            out,
            label,
            (f'"{each["sender"]}"', "bold"),
            f"  {each['name']}  ×{each['count']}  {moment(each['last_ms'])}",
        )
    if senders:
        _more(out, (text("cli.status.admit"), "dim"))


def _problems(out: Results, document: Document) -> None:
    for number, each in enumerate(document["problems"][:MOST_PROBLEMS]):
        style = "red" if each["level"] == "error" else "yellow"
        _line(out, "problems" if number == 0 else "", f"{moment(each['at_ms'])}  ", (each["text"], style))


_SECTIONS: Sequence[Callable[[Results, Document], None]] = (
    _head,
    _stream,
    _rules,
    _agents,
    _journal,
    _waiting,
    _messages,
    _month,
    _hits,
    _senders,
    _problems,
)


def _line(out: Results, label: str, *parts: Part) -> None:
    name = str(text(f"cli.status.label.{label}")) if label else ""
    out.print((_padded(name), "dim"), *parts)


def _more(out: Results, *parts: Part) -> None:
    out.print(" " * (_WIDTH + 2), *parts)


def _padded(name: str) -> str:
    """``name`` as wide as every label; a Chinese character takes two places."""
    width = sum(2 if ord(sign) > 0x2E7F else 1 for sign in name)
    return name + " " * max(1, _WIDTH + 2 - width)


def _part(name: str) -> Text:
    return text(f"cli.status.part.{name}")
