"""Replies and ``with`` templates that are nothing but places for values, all of which an ordinary message lacks (section 7).

Such messages are made up and decided: what is warned of has happened to one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

from prx_dingtalk_router.decision.model import AgentStep, Decision, ReplyStep
from prx_dingtalk_router.decision.rendering import render_for_agent, render_reply
from prx_dingtalk_router.errors import RenderError
from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.may_be_empty import MayBeEmpty
from prx_dingtalk_router.language.lints.linted_set import AnyRule, LintedSet
from prx_dingtalk_router.language.resolve.settled_rules import Settled
from prx_dingtalk_router.language.ruleset import Agent, Compare, Matches, Reply, Rule, Template
from prx_dingtalk_router.language.semantics.binding import NoDefaults, bind
from prx_dingtalk_router.language.semantics.examples import Examples
from prx_dingtalk_router.language.semantics.facts import Alternative
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.order import ask
from prx_dingtalk_router.message import Message, SampleMessage
from prx_dingtalk_router.message.sample_message import default_time

_PLACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CHOICE = re.compile(r"\{%-?\s*if\b(?:(?!\{%-?\s*(?:if|else|elif)\b).)*?\{%-?\s*endif\s*-?%\}", re.DOTALL)
"""What is there only if something is so."""
_CAPTURE = re.compile(r"\bmatch\b")
_SURE = re.compile(r"\{\{-?\s*(?:text|sender\.name)\s*-?\}\}")
"""What an ordinary message always has."""
MAX_MESSAGES = 8
"""So many messages are tried for each way of fulfilling a condition."""
MAX_ASKED = 50_000
"""So many times a rule is asked about one of them."""
MAX_RENDERED = 20_000
"""So many times a template is filled with one of them."""


def may_be_empty(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the template; not in a set with errors, by which nothing can be decided, and not where an ``else`` helps."""
    if diagnostics.has_errors:
        return
    search = SpeechlessSearch(linted)
    for each in linted.in_order:
        if search.is_speechless(each):
            rule = linted.thawed(each)
            for number, template in _suspects(rule):
                if search.is_empty_once(rule, number):
                    is_told = isinstance(rule.chains[number][0].step, Agent)
                    diagnostics.add(MayBeEmpty(rule.home.place(template.span), is_told))


def _suspects(rule: Rule) -> Iterator[tuple[int, Template]]:
    """Yield the chains of a rule that say only what a template makes of a message, if it makes anything of it."""
    for number, chain in enumerate(rule.chains):
        step = chain[0].step
        template = step.template if isinstance(step, Reply | Agent) else None
        if len(chain) == 1 and template is not None and _is_nothing_but_places(template.source):
            yield number, template


@cache
def _is_nothing_but_places(source: str) -> bool:
    """Tell whether a template has no words of its own, and no captures, which are warned of by themselves."""
    return (
        "{" in source
        and not re.sub(r"[\W_]+", "", _PLACES.sub("", _CHOICE.sub("", source)))
        and _CAPTURE.search(source) is None
        and not ("{%" not in source and _SURE.search(source))
    )


class SpeechlessSearch:
    """Looks for ordinary messages of which a template makes nothing."""

    def __init__(self, linted: LintedSet) -> None:
        self._linted = linted
        allowed = linted.context.allowed_users
        senders = None if allowed is None or "*" in allowed else dict.fromkeys(allowed)
        self._examples = Examples(linted.forms.facts, senders, linted.context.client_id)
        self._asked = 0
        self._rendered = 0

    def is_speechless(self, rule: AnyRule) -> bool:
        """Tell whether an ordinary message that fulfils a rule leaves one of its steps without anything to say."""
        if isinstance(rule, Settled):
            return rule.known.traits.speechless
        return any(True for number, _ in _suspects(rule) for _ in self.emptying(rule, number))

    def is_empty_once(self, rule: Rule, number: int) -> bool:
        """Tell whether a message that reaches a rule leaves the step of one of its chains without anything to say."""
        return any(self._reaches(rule, message) for message in self.emptying(rule, number))

    def emptying(self, rule: Rule, number: int) -> Iterator[Message]:
        """Yield messages that leave the step of a chain without anything to say, whether or not they reach the rule."""
        for alternative in self._linted.forms.of_rule(rule):
            for message in islice(self._messages(alternative), MAX_MESSAGES):
                if self._rendered >= MAX_RENDERED:
                    self._linted.is_whole = False
                    return
                self._rendered += 1
                if self._is_empty(rule, number, message):
                    yield message

    def _messages(self, alternative: Alternative) -> Iterator[Message]:
        """Yield ordinary messages: somebody with a name says something, in private or in a group with a title."""
        facts = [self._linted.forms.facts[claim] for claim in alternative if claim > 0]
        if any(isinstance(fact, Matches) and fact.field.name == "text" for fact in facts):
            return
        said = [
            " ".join(fact.literals if fact.operator == "contains all" else fact.literals[:1])
            for fact in facts
            if isinstance(fact, Compare) and fact.field.name == "text"
        ]
        words = SampleMessage(
            text=" ".join(said) or "你好", at=default_time(self._linted.rules.zone), nick="王芳", corp="ding1"
        )
        for sample in (words, replace(words, group=True, title="客服群")):
            for message in self._examples.of(alternative, sample):
                if message.group == sample.group and message.type == "text":
                    yield message

    def _reaches(self, rule: Rule, message: Message) -> bool:
        rules = map(self._linted.thawed, self._linted.in_order)
        for each, held in ask(rules, MessageView(message)):
            self._asked += 1
            if each is rule:
                return held
            if self._asked > MAX_ASKED:
                return False
        return False

    def _is_empty(self, rule: Rule, number: int, message: Message) -> bool:
        step = bind(rule.chains, rule.name, message, NoDefaults(), {})[number]
        decision = Decision(message=message, rules="", by=rule.name, match={}, zone=self._linted.rules.zone)
        try:
            if isinstance(step, AgentStep):
                render_for_agent(step, decision, None)
            elif isinstance(step, ReplyStep):
                render_reply(step, decision, None)
        except RenderError:
            return True
        return False
