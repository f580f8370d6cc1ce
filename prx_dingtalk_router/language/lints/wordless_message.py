"""A set in which a message without words can end at an agent that has nothing to be told (language.md section 7).

Such messages are made up and decided: what is warned of has happened to one of them. A set is let pass where none is found
among those that are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.failure import Failure, FailureKind
from prx_dingtalk_router.decision.model import OTHERWISE, AgentStep, Decision, ReplyStep, Step
from prx_dingtalk_router.decision.rendering import render_for_agent, render_reply
from prx_dingtalk_router.errors import RenderError
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.wordless_message import MessageKind, WordlessMessage
from prx_dingtalk_router.language.lints.linted_set import AnyRule, LintedSet
from prx_dingtalk_router.language.resolve.settled_rules import Settled
from prx_dingtalk_router.language.ruleset import Agent, Chain, Compare, Fallback, Matches, Reply, Rule
from prx_dingtalk_router.language.semantics.binding import NoDefaults, bind
from prx_dingtalk_router.language.semantics.evaluate import captures
from prx_dingtalk_router.language.semantics.examples import Examples
from prx_dingtalk_router.language.semantics.facts import Alternative, Fact
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.normal_form import ALWAYS
from prx_dingtalk_router.language.semantics.order import ask
from prx_dingtalk_router.language.source import Place
from prx_dingtalk_router.message import Message, SampleMessage
from prx_dingtalk_router.message.sample_message import default_time

SHOWN_PLACES = 5
MAX_ASKED = 100_000
"""So many times a rule is asked about one of the messages."""

TYPES: Mapping[MessageKind, str] = MappingProxyType(
    {
        "picture": "picture",
        "file": "file",
        "video": "video",
        "audio": "audio",
        "sticker": "unknownMsgType",
        "mention": "text",
    }
)
"""What comes without words, and its type (dingtalk-stream.md section 6)."""

WORDS = frozenset({"text", "quoted"})


def wordless_message(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn once, at the first place; not in a set with errors, by which nothing can be decided."""
    if diagnostics.has_errors:
        return
    found = list(islice(_Search(linted).places(), SHOWN_PLACES))
    if found:
        (place, agent, kind), *others = found
        diagnostics.add(WordlessMessage(place, agent, kind, tuple(other for other, _, _ in others)))


class _Search:
    """Looks for messages without words that end at an agent."""

    def __init__(self, linted: LintedSet) -> None:
        self._set = linted
        allowed = linted.context.allowed_users
        senders = None if allowed is None or "*" in allowed else dict.fromkeys(allowed)
        self._examples = Examples(linted.forms.facts, senders, linted.context.client_id)
        self._rules = [linted.thawed(rule) for rule in linted.in_order if is_wordless(linted, rule)]
        self._asked = 0

    def places(self) -> Iterator[tuple[Place, str, MessageKind]]:
        """Yield the places where one ends, in order, each once: the step, its agent, and what the message is."""
        for rule in self._rules:
            if rule.takes and _names_agent(rule.chains):
                yield from islice(self._at(rule, _wordless(self._set, rule)), 1)
        otherwise = self._set.rules.otherwise
        if otherwise is not None and _names_agent(otherwise.chains):
            yield from islice(self._at(otherwise, list(ALWAYS)), 1)

    def _at(
        self, home: Rule | Fallback, alternatives: list[Alternative]
    ) -> Iterator[tuple[Place, str, MessageKind]]:
        for kind, type_ in TYPES.items():
            file = "report.pdf" if kind == "file" else ""
            sample = SampleMessage(text="", at=default_time(self._set.rules.zone), type=type_, file=file)
            for alternative in alternatives:
                for message in self._examples.of(alternative, sample):
                    if self._asked > MAX_ASKED:
                        return
                    if message.type == sample.type and (message.group or kind != "mention"):
                        agent = self._unheard(message, home)
                        if agent is not None:
                            yield home.home.place(agent.span), agent.agent, kind

    def _unheard(self, message: Message, home: Rule | Fallback) -> Agent | None:
        """Return the agent at which a message ends without a word to anybody, if it ends in this place."""
        view = MessageView(message)
        taker: Rule | None = None
        for rule, held in ask(self._rules, view):
            self._asked += 1
            if held:
                taker = rule if rule.takes else None
                if rule.passes_on and _replies(rule):
                    return None  # that reply may be about such messages
        if (taker or self._set.rules.otherwise) is not home:
            return None
        name = taker.name if taker is not None else OTHERWISE
        match = captures(taker.condition, view) if taker is not None else {}
        bound = bind(home.chains, name, message, NoDefaults(), match)
        decision = Decision(message=message, rules="", by=name, match=match, zone=self._set.rules.zone)
        for chain, step in zip(home.chains, bound, strict=True):
            agents = [entry.step for entry in chain if isinstance(entry.step, Agent)]
            if agents and not any(_is_done((step, *step.alternatives), decision)):
                return agents[0]
        return None


def _names_agent(chains: tuple[Chain, ...]) -> bool:
    return any(isinstance(entry.step, Agent) for chain in chains for entry in chain)


def _is_done(chain: tuple[Step, ...], decision: Decision) -> Iterator[bool]:
    """For each entry of a chain of which none before was done: whether it is, as far as there is something to say."""
    failure: Failure | None = None
    for step in chain:
        try:
            if isinstance(step, AgentStep):
                render_for_agent(step, decision, failure)
            elif isinstance(step, ReplyStep):
                render_reply(step, decision, failure)
        except RenderError:
            failure = Failure(str(text("decision.failure-empty-message")), FailureKind.EMPTY_MESSAGE)
            yield False
        else:
            yield True


def is_wordless(linted: LintedSet, rule: AnyRule) -> bool:
    """Tell whether a rule can have a say in what becomes of a message without words."""
    if isinstance(rule, Settled):
        return rule.known.traits.wordless
    return (rule.takes or (not rule.shadow and _replies(rule))) and bool(_wordless(linted, rule))


def _replies(rule: Rule) -> bool:
    return any(isinstance(chain[0].step, Reply) for chain in rule.chains)


def _wordless(linted: LintedSet, rule: Rule) -> list[Alternative]:
    """Return the alternatives of a rule that a message without words may fulfil."""
    facts = linted.forms.facts
    return [each for each in linted.form(rule) if not any(_asks_words(claim, facts[claim]) for claim in each)]


def _asks_words(claim: int, fact: Fact) -> bool:
    match fact:
        case Compare():
            return claim > 0 and fact.field.name in WORDS
        case Matches():
            in_nothing = any(not regex.needs_characters for regex in fact.regexes)
            return claim > 0 and fact.field.name in WORDS and not in_nothing
        case _:
            return False
