"""Claims that no message fulfils together because of what DingTalk sends, not of what they say (language.md section 4).

Words, files and titles come with messages of some kinds only. Said is only what is certain: of a type that is not known, nothing.
"""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics.never_holds import Contradiction
from prx_dingtalk_router.language.ruleset import Compare, FlagIsSet, IsEmpty, Matches
from prx_dingtalk_router.language.semantics.facts import Alternative, Facts, NormalForm
from prx_dingtalk_router.message.types import MESSAGE_TYPES

WORDLESS = frozenset({"picture", "video", "file", "unknownMsgType"})
"""Types of messages that have no words."""
TELLING = frozenset({"type", "conversation.title"})
WITH_PICTURES = frozenset({"picture", "richText"})
_KNOWN = frozenset(MESSAGE_TYPES)


def telling_claims(facts: Facts) -> frozenset[int]:
    """Return the claims of which every alternative that no message fulfils has one."""
    numbers = [
        number
        for number in range(1, len(facts) + 1)
        if isinstance(fact := facts[number], Compare | Matches | IsEmpty) and fact.field.name in TELLING
    ]
    return frozenset((*numbers, *(-number for number in numbers)))


def never_comes(form: NormalForm, facts: Facts) -> Contradiction | None:
    """Return why no message fulfils a form, if that is certain; the form has alternatives."""
    found: list[Contradiction] = []
    for alternative in form:
        why = contradiction(alternative, facts)
        if why is None:
            return None
        found.append(why)
    return min(found)


def contradiction(alternative: Alternative, facts: Facts) -> Contradiction | None:
    """Return why no message is such that all claims of an alternative are true of it, if that is certain."""
    held: set[str] = set()
    """Fields that must not be empty."""
    types = _KNOWN
    private = pictured = False
    for claim in alternative:
        fact = facts[claim]
        match fact:
            case FlagIsSet():
                private |= fact.field.name == "group" and claim < 0
                pictured |= fact.field.name == "pictured" and claim > 0
            case Compare(operator="in") if fact.field.name == "type":
                values = frozenset(fact.literals)
                types = types & values if claim > 0 else types - values
                if claim > 0 and not values <= _KNOWN:
                    return None
            case Compare() if claim > 0:
                held.add(fact.field.name)
            case Matches() if claim > 0 and all(each.needs_characters for each in fact.regexes):
                held.add(fact.field.name)
            case IsEmpty() if claim < 0:
                held.add(fact.field.name)
            case _:
                pass
    if private and "conversation.title" in held:
        return "title-in-private"
    if types == _KNOWN or not types:  # no type is asked for, or what is asked for contradicts itself
        return None
    if not _is_asked_for(alternative, facts):
        return None
    if "text" in held and types <= WORDLESS:
        return "words-of-type"
    if "file.name" in held and "file" not in types:
        return "file-of-type"
    if pictured and not types & WITH_PICTURES:
        return "picture-of-type"
    return None


def _is_asked_for(alternative: Alternative, facts: Facts) -> bool:
    """Tell whether some types are asked for, and not only others ruled out: what remains then may be unknown ones."""
    return any(
        claim > 0 and isinstance(fact := facts[claim], Compare) and fact.field.name == "type"
        for claim in alternative
    )
