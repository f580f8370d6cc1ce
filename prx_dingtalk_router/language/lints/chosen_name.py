"""An agent reached by ``sender.name`` or ``conversation.title`` alone: anyone can choose those (language.md section 11).

What everybody can arrange (a group, a mention, a type, a text, an hour) beside such a name makes it no safer; a test of
who sends, or where, does.
"""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.chosen_name import ChosenName
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.ruleset import Agent, Compare, FlagIsSet, IsEmpty, Matches, Rule
from prx_dingtalk_router.language.semantics.contradictions import never_comes
from prx_dingtalk_router.language.semantics.facts import NormalForm, Whole
from prx_dingtalk_router.language.semantics.normal_form import NormalForms

CHOSEN = frozenset({"sender.name", "conversation.title"})
AUTHORISING = frozenset({"sender", "conversation", "corp", "robot", "admin"})
"""Fields that nobody can choose for themselves."""


def chosen_name(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at the name of the rule, where a name opens what is not open to everybody anyway."""
    for rule in filter(_reaches_agent, linted.rules.rules):
        ways = _ways(linted.forms.of_rule(rule), linted.forms)
        open_to_all = any(way.isdisjoint(CHOSEN | AUTHORISING) for way in ways)
        by_name_alone = [way & CHOSEN for way in ways if way.isdisjoint(AUTHORISING)]
        if not by_name_alone or open_to_all:
            continue
        if never_comes(linted.forms.of_rule(rule), linted.forms.facts) is None:
            fields = sorted(frozenset().union(*by_name_alone))
            diagnostics.add(ChosenName(rule.place, tuple(fields)))


def _reaches_agent(rule: Rule) -> bool:
    return any(isinstance(entry.step, Agent) for chain in rule.chains for entry in chain)


def _ways(form: NormalForm, forms: NormalForms) -> set[frozenset[str]]:
    """For each alternative of a form, the fields that it asks about and that anyone, or nobody, can choose."""
    ways: set[frozenset[str]] = set()
    for alternative in form:
        together = {frozenset[str]()}
        for claim in alternative:
            fact = forms.facts[claim]
            match fact:
                case Compare() | Matches() | IsEmpty() | FlagIsSet():
                    asked = {frozenset({fact.field.name}) & (CHOSEN | AUTHORISING)}
                case Whole() if claim > 0:
                    asked = _ways(fact.form, forms)
                case Whole():  # not taken apart: it may ask for anything
                    asked = {AUTHORISING}
                case _:
                    continue
            together = {one | other for one in together for other in asked}
        ways |= together
    return ways
