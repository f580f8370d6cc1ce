"""An explanation as people read it: who took the message and why first, what nearly did next, the rest folded away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.cli.columns import columns
from prx_dingtalk_router.cli.console import Part, Results
from prx_dingtalk_router.language.ruleset import Compare, Matches
from prx_dingtalk_router.matching.explanation import Answer, Explanation, WhyNot
from prx_dingtalk_router.matching.explanation.clauses import moment
from prx_dingtalk_router.matching.explanation.deeds import Deed, deeds
from prx_dingtalk_router.matching.explanation.verdicts import (
    admission,
    advices,
    baseline_sentence,
    headline,
    reason,
    verdict,
    why_not_advices,
    why_not_parts,
    why_not_sentence,
)
from prx_dingtalk_router.message import Message

MOST_MISSES = 10
"""So many rules that did not hold, or more, are counted in one line; fewer have one each."""
SHOWN_TEXT = 600
"""Characters of a message that are shown."""
MOST_NAMED = 5
MOST_LATER = 3


def write_explanation(
    console: Results, explanation: Explanation, why: WhyNot | None = None, *, all_wanted: bool = False
) -> None:
    """Print a whole explanation.

    Args:
        console: where.
        explanation: of a decision.
        why: why a rule that was asked for did not take the message.
        all_wanted: whether each rule that did not hold has its line.
    """
    _write_message(console, explanation)
    console.print("")
    _write_taker(console, explanation)
    _write_deeds(console, explanation)
    if why is not None:
        console.print("")
        _write_why_not(console, why, explanation)
    if why is None or all_wanted:
        _write_others(console, explanation)
        _write_misses(console, explanation, all_wanted=all_wanted)


def write_reasons(console: Results, explanation: Explanation) -> None:
    """Print why a decision was made, without what it was made about and what it does."""
    _write_taker(console, explanation)
    _write_others(console, explanation)
    _write_misses(console, explanation, all_wanted=False)


def _write_message(console: Results, explanation: Explanation) -> None:
    message = explanation.decision.message
    if message.text:
        opening, closing = str(text("matching.quoted", value="\0")).split("\0")
        end = "…" if len(message.text) > SHOWN_TEXT else ""
        shown = _marked(message.text[:SHOWN_TEXT], _stretches(explanation))
        console.print((opening, "dim"), *shown, end, (closing, "dim"))
    else:
        console.print(text("cli.why.wordless", type=message.type))
    if explanation.folded != message.text:
        read = explanation.folded[:SHOWN_TEXT] + ("…" if len(explanation.folded) > SHOWN_TEXT else "")
        console.print("  ", (text("cli.explain.read-as", read=text("matching.quoted", value=read)), "dim"))
    about: list[Text | str] = [_who(message), _where(message)]
    if message.type != "text":
        about.append(text("cli.explain.of-type", type=message.type))
    if message.quoted:
        about.append(text("cli.explain.quoting-said", quoted=text("matching.quoted", value=message.quoted)))
    if message.file_name:
        about.append(text("cli.explain.file-named", name=message.file_name))
    zone = explanation.decision.zone
    about.append(moment(explanation.written_at(zone)))
    about.append(baseline_sentence(explanation.baseline, message))
    console.print("  ", (" · ".join(map(str, about)), "dim"))


def _write_taker(console: Results, explanation: Explanation) -> None:
    for answer in explanation.of("passed-on"):
        _write_answer(console, answer, [(str(verdict(answer)), "bold")])
    taker = explanation.taker
    line: list[Part] = [(headline(explanation), "bold green" if taker is not None else "bold")]
    if taker is None:
        console.print(*line)
        _write_advice(console, "  ", admission(explanation))
        return
    _write_answer(console, taker, line)


def _write_answer(console: Results, answer: Answer, line: Sequence[Part]) -> None:
    console.print(*line, *_about(answer))
    why = reason(answer)
    if why is not None:
        console.print("  ", text("matching.because", clause=why))


def _write_deeds(console: Results, explanation: Explanation) -> None:
    for number, deed in enumerate(deeds(explanation.decision), start=1):
        of = deed.step.rule if deed.step.rule != explanation.decision.by else ""
        _write_deed(console, f"  {number}. ", deed, of)
    for name, value in explanation.decision.match.items():
        console.print((f"  match.{name} = {value}", "dim"))


def _write_deed(console: Results, lead: str, deed: Deed, of: str = "") -> None:
    indent = " " * columns(lead)
    colon = text("cli.why.colon")
    lines = deed.content.splitlines()
    first = f"{colon}{lines[0]}" if len(lines) == 1 else colon if lines else ""
    whose = (text("cli.explain.of-rule", rule=of), "dim") if of else ""
    console.print(lead, (deed.does, "bold"), whose, str(first))
    if len(lines) > 1:
        for each in lines:
            console.print(indent, ("│ ", "dim"), each)
    if deed.options:
        console.print(indent, (str(text("cli.explain.semicolon")).join(map(str, deed.options)), "dim"))
    if deed.problem is not None:
        console.print(indent, (deed.problem, "yellow"))
    for alternative in deed.alternatives:
        _write_deed(console, f"{indent}{text('matching.does.else')}{colon}", alternative)


def _write_why_not(console: Results, why: WhyNot, explanation: Explanation) -> None:
    about = _about(why.answer) if why.answer is not None else []
    console.print((text("cli.explain.why-not-heading", rule=why.name), "bold"), *about)
    console.print("  ", why_not_sentence(why, explanation))
    if why.answer is not None and why.answer.held:
        because = reason(why.answer)
        if because is not None:
            console.print("  ", text("matching.because", clause=because))
    for _, clause, change in why_not_parts(why):
        console.print("  ", ("✗ ", "red"), clause)
        _write_advice(console, "    ", [change] if change is not None else [])
    _write_advice(console, "  ", why_not_advices(why, explanation))


def _write_others(console: Results, explanation: Explanation) -> None:
    for answer in explanation.of("would-take"):
        _write_answer(console, answer, [(str(verdict(answer)), "yellow")])
    later = [each for each in explanation.later if each.held and not each.rule.shadow]
    for answer in later[:MOST_LATER]:
        console.print((str(verdict(answer)), "dim"), *_about(answer))
    if len(later) > MOST_LATER:
        console.print((text("cli.explain.more-later", count=len(later) - MOST_LATER), "dim"))


def _write_misses(console: Results, explanation: Explanation, *, all_wanted: bool) -> None:
    if explanation.near:
        console.print("")
        console.print((text("cli.explain.near-heading"), "bold"))
    for answer in explanation.near:
        _write_miss(console, answer, "yellow")
        _write_advice(console, "      ", advices(answer, explanation))
    missed = [each for each in explanation.of("missed") if each not in explanation.near]
    if not missed:
        return
    console.print("")
    console.print((text("cli.explain.missed-heading"), "dim"))
    if all_wanted or len(missed) < MOST_MISSES:
        for answer in missed:
            _write_miss(console, answer, "dim")
        return
    named = [each.rule.name for each in missed[:MOST_NAMED]]
    console.print("  ", (text("cli.explain.more-missed", count=len(missed), rules=named), "dim"))


def _write_miss(console: Results, answer: Answer, style: str) -> None:
    shadow = f" {text('cli.explain.shadow')}" if answer.rule.shadow else ""
    name = f"{answer.rule.name}{shadow}{text('cli.why.colon')}"
    console.print("  ", ("✗ ", style), (name, style), (str(reason(answer)), "" if style != "dim" else "dim"))


def _write_advice(console: Results, indent: str, sentences: Iterable[Text]) -> None:
    for sentence in sentences:
        console.print(indent, ("→ ", "cyan"), sentence)


def _about(answer: Answer) -> list[Part]:
    """What a rule is for, and where it is written."""
    about = text("cli.explain.about", about=answer.rule.description) if answer.rule.description else ""
    return [about, "  ", (f"{answer.place.file}:{answer.place.begin.line}", "cyan")]


def _stretches(explanation: Explanation) -> list[tuple[int, int]]:
    """Where in the text the words stand by which a rule took the message."""
    held = [*explanation.of("passed-on"), *explanation.of("took")]
    return [
        (hit.start, hit.end)
        for answer in held
        for part in answer.reasons
        if isinstance(part.test, Compare | Matches) and part.test.field.name == "text"
        for hit in part.hits
    ]


def _marked(shown: str, stretches: Iterable[tuple[int, int]]) -> list[Part]:
    marks = [False] * len(shown)
    for start, end in stretches:
        for at in range(start, min(end, len(shown))):
            marks[at] = True
    pieces: list[Part] = []
    at = 0
    while at < len(shown):
        end = next((each for each in range(at, len(shown)) if marks[each] is not marks[at]), len(shown))
        pieces.append((shown[at:end], "bold green" if marks[at] else ""))
        at = end
    return pieces


def _who(message: Message) -> str:
    name, key = message.sender_name, message.sender_key
    if not name or not key:
        return name or key or str(text("cli.why.nobody"))
    return str(text("cli.explain.sender", name=name, id=key))


def _where(message: Message) -> Text:
    if message.private:
        return text("cli.why.private")
    return text("cli.why.group", title=message.conversation_title or message.conversation)
