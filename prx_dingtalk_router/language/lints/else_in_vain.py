"""Alternatives that change nothing: the same as what was tried, or after what cannot fail (language.md section 7)."""

from __future__ import annotations

from collections.abc import Iterator

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.diagnostics.else_in_vain import ElseInVain, VainReason
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.ruleset import Agent, Chain, Forget, Reply, Step
from prx_dingtalk_router.language.source import Home, Place


def else_in_vain(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Warn at each such alternative."""
    for home, chain in _chains(linted):
        done: dict[object, Step] = {}
        for at, entry in enumerate(chain):
            said = _said(entry.step)
            reason: VainReason | None = None
            earlier: Place | None = None
            if at and isinstance(chain[at - 1].step, Forget) and chain[at - 1].guard is None:
                reason, earlier = "never-fails", home.place(chain[at - 1].step.span)
            elif said in done:
                reason, earlier = "same", home.place(done[said].span)
            if reason is not None and earlier is not None:
                diagnostics.add(ElseInVain(home.place(entry.step.span), reason, earlier))
            if said is not None:
                done.setdefault(said, entry.step)


def _chains(linted: LintedSet) -> Iterator[tuple[Home, Chain]]:
    rules = linted.rules
    for each in (*rules.rules, rules.otherwise, rules.denied):
        if each is not None:
            yield from ((each.home, chain) for chain in each.chains if len(chain) > 1)


def _said(step: Step) -> object:
    """Return what two steps have in common that do the same; None where that can be of use."""
    match step:
        case Agent():
            return "agent", step.agent, step.template.source if step.template is not None else None
        case Reply():
            return "reply", step.template.source, step.markdown, step.mention
        case _:
            return None
