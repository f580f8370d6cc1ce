"""An account of a message as people read it: one line for what was said, one a step, one a try."""

from __future__ import annotations

from datetime import datetime

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.console import Part, Results
from prx_dingtalk_router.decision.fingerprint import short
from prx_dingtalk_router.decision.model import DENIED, OTHERWISE, AgentStep, Decision
from prx_dingtalk_router.delivery import advice_on
from prx_dingtalk_router.delivery.journal import EarlierTry
from prx_dingtalk_router.delivery.journal.states import EntryState
from prx_dingtalk_router.diagnosis.account import Account, Attempt, Fate, StepAccount
from prx_dingtalk_router.diagnosis.account.document import step_kind
from prx_dingtalk_router.message import Message

SHOWN_TEXT = 60

_COLORS: dict[Fate, str] = {
    "performed": "green",
    "limited": "yellow",
    "failed": "red",
    "sending": "cyan",
    "held-back": "yellow",
    "asking": "cyan",
    "waiting": "yellow",
    "next": "dim",
    "skipped": "dim",
}
_STATE_COLORS: dict[EntryState, str] = {"done": "green", "dead": "red", "dropped": "dim"}


def write_account(console: Results, account: Account) -> None:
    """Print what became of a message."""
    entry, decision = account.entry, account.entry.decision
    message = decision.message
    console.print(
        (_time(entry.stored_at_ms, day=True), "bold"),
        f" {_who(message)} {_where(message)}{text('cli.why.colon')}",
        _said(message),
    )
    console.print("  ", (text("cli.why.ids", msg_id=entry.key.msg_id, robot=entry.key.robot), "dim"))
    console.print(
        "  ", *_taker(decision), text("cli.why.and"), text("cli.why.rules", fingerprint=short(decision.rules))
    )
    for earlier in entry.earlier:
        _write_earlier(console, earlier)
    for number, step in enumerate(account.steps, start=1):
        _write_step(console, f"  {number}. ", step)
    if decision.shadow:
        names = [each.rule for each in decision.shadow]
        console.print("  ", (text("cli.why.shadow", rules=names), "dim"))
    if entry.stopped is not None:
        console.print("  ", text(f"cli.why.{entry.stopped}"))
    _write_end(console, account)


def _write_end(console: Results, account: Account) -> None:
    entry = account.entry
    end: list[Part] = ["  → ", (text(f"cli.why.state.{entry.state}"), _STATE_COLORS.get(entry.state, "cyan"))]
    if entry.finished_at_ms is not None and account.steps:
        took = (entry.finished_at_ms - entry.stored_at_ms) / 1000
        end += [f" {_time(entry.finished_at_ms)} ({took:.1f} s)"]
    if entry.reason is not None:
        end += [f"{text('cli.why.colon')}{entry.reason}"]
    console.print(*end)
    if isinstance(entry.reason, Text):
        _write_remedy(console, "    ", entry.reason)
    if account.told_at_ms is not None:
        console.print(f"    {_time(account.told_at_ms)} {text('cli.why.told')}")


def _write_earlier(console: Results, earlier: EarlierTry) -> None:
    """How it was dead before somebody had it tried again."""
    reason = earlier.reason if earlier.reason is not None else "-"
    ended = _time(earlier.ended_at_ms, day=True)
    console.print("  ", (text("cli.why.earlier-try", time=ended, reason=reason), "yellow"))
    for step, record in earlier.failures:
        times = _span(record.begun_at_ms or None, record.at_ms or None)
        route = str(text(f"cli.why.route.{record.route}")) if record.route else ""
        failed = text(
            "cli.why.earlier-step", rule=step.rule, position=step.position, failure=record.failure or "-"
        )
        console.print("    ", (_joined([str(failed), *(each for each in (times, route) if each)]), "dim"))


def _write_step(console: Results, lead: str, account: StepAccount) -> None:
    step = account.step
    name = f"agent {step.agent}" if isinstance(step, AgentStep) else step_kind(step)
    line: list[Part] = [
        lead,
        (name, "bold"),
        "  ",
        (text(f"cli.why.fate.{account.fate}"), _COLORS[account.fate]),
    ]
    line += [f"  {times}" for times in [_span(account.begun_at_ms, account.ended_at_ms)] if times]
    notes = [str(each) for each in _notes(account)]
    line += [text("cli.why.aside", notes=_joined(notes))] if notes else []
    line += [f"{text('cli.why.colon')}{account.failure}"] if account.failure is not None else []
    console.print(*line)
    indent = " " * len(lead) + "  "
    for attempt in account.attempts:
        _write_attempt(console, indent, attempt, account)
    if account.failure is not None:
        _write_remedy(console, indent, account.failure)
    for alternative in account.alternatives:
        _write_step(console, "     else ", alternative)


def _notes(account: StepAccount) -> list[Text]:
    notes = []
    if account.route:
        notes.append(text(f"cli.why.route.{account.route}"))
    if account.parts:
        notes.append(text("cli.why.parts", parts=account.parts))
    if account.behind:
        notes.append(text("cli.why.behind", count=account.behind))
    if account.until_ms is not None:
        notes.append(text("cli.why.until", moment=_time(account.until_ms)))
    return notes


def _write_attempt(console: Results, indent: str, attempt: Attempt, step: StepAccount) -> None:
    state = text(f"cli.why.turn.{attempt.state}")
    times = _span(attempt.begun_at_ms, attempt.ended_at_ms)
    line = [str(text("cli.why.attempt", number=attempt.number, times=times, state=state))]
    if attempt.failure is not None and attempt.failure != step.failure:
        line.append(str(attempt.failure))
    if attempt.job_id is not None:
        line.append(str(text("cli.why.job", job_id=attempt.job_id)))
    console.print(indent, (_joined(line), "dim"))


def _write_remedy(console: Results, indent: str, reason: Text) -> None:
    remedy = advice_on(reason)
    if remedy is not None:
        console.print(indent, (text("cli.why.remedy", remedy=remedy), "yellow"))


def _taker(decision: Decision) -> list[Part]:
    message = decision.message
    via = text("cli.why.via", rules=list(decision.via)) if decision.via else ""
    if decision.by == DENIED:
        if not message.sender:
            return [(text("cli.why.by-denied-external"), "yellow")]
        return [(text("cli.why.by-denied", sender=message.sender), "yellow")]
    if decision.by is None:
        return [text("cli.why.by-nobody", reason=decision.reason or "-"), via]
    if decision.by == OTHERWISE:
        return [text("cli.why.by-otherwise"), via]
    return [(text("cli.why.by-rule", rule=decision.by), "bold"), via]


def _who(message: Message) -> str:
    name = message.sender_name or str(text("cli.why.nobody"))
    return f"{name} ({message.sender_key})" if message.sender_key else name


def _where(message: Message) -> Text:
    if message.private:
        return text("cli.why.private")
    return text("cli.why.group", title=message.conversation_title or message.conversation)


def _said(message: Message) -> str:
    said = " ".join(message.text.split())
    if not said:
        return str(text("cli.why.wordless", type=message.type))
    return said if len(said) <= SHOWN_TEXT else said[: SHOWN_TEXT - 1] + "…"


def _joined(sentences: list[str]) -> str:
    return str(text("cli.why.and")).join(sentences)


def _span(begin_ms: int | None, end_ms: int | None) -> str:
    if begin_ms is None:
        return "" if end_ms is None else _time(end_ms)
    if end_ms is None:
        return f"{_time(begin_ms)} →"
    return _time(begin_ms) if _time(begin_ms) == _time(end_ms) else f"{_time(begin_ms)} → {_time(end_ms)}"


def _time(at_ms: int, *, day: bool = False) -> str:
    """In the time of this machine, as in its log."""
    moment = datetime.fromtimestamp(at_ms / 1000).astimezone()
    return moment.strftime("%Y-%m-%d %H:%M:%S" if day else "%H:%M:%S")
