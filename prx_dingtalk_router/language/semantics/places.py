"""Where a rule can hold: in private chats only, or in groups as well."""

from __future__ import annotations

from prx_dingtalk_router.language.ruleset import FlagIsSet, Rule
from prx_dingtalk_router.language.semantics.facts import Alternative, NormalForm, Whole
from prx_dingtalk_router.language.semantics.normal_form import NormalForms


def only_in_private(rule: Rule, forms: NormalForms) -> bool:
    """Return whether a rule certainly holds in no group; False for one that holds nowhere."""
    form = forms.of_rule(rule)
    return bool(form) and _only_in_private(form, forms)


def _only_in_private(form: NormalForm, forms: NormalForms) -> bool:
    return all(any(_is_private(claim, forms) for claim in alternative) for alternative in form)


def _is_private(claim: int, forms: NormalForms) -> bool:
    match forms.facts[claim]:
        case FlagIsSet(field=field) if field.name == "group":
            return claim < 0
        case Whole() as whole:
            return claim > 0 and _only_in_private(whole.form, forms)
        case _:
            return False


def is_private(alternative: Alternative, forms: NormalForms) -> bool:
    """Return whether what an alternative claims is so in private chats only."""
    return any(_is_private(claim, forms) for claim in alternative)
