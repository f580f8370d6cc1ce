"""What to change for a rule to take a message, in words."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.language.ruleset import Compare, Condition, FlagIsSet, Matches
from prx_dingtalk_router.matching.explanation.clauses import as_written, hours_of, quoted
from prx_dingtalk_router.matching.explanation.parts import Change, Part

SHOWN_LITERALS = 6
"""A test with more literals is not written out again."""


def advice(change: Change) -> Text:
    """Return what to change."""
    said = _said(change)
    if change.part.conditions:
        return text("matching.change.condition", change=said, name=change.part.conditions[-1])
    return said


def written(test: Condition) -> str | None:
    """Return a test as it would be written in a rule; ``None`` where that is long."""
    match test:
        case Compare() if len(test.literals) <= SHOWN_LITERALS:
            literals = [_string(each) for each in test.literals]
            one = len(literals) == 1 and test.operator not in ("in", "contains all")
            value = literals[0] if one else f"[{', '.join(literals)}]"
            operator = "is in" if test.operator == "in" else test.operator
            return f"{test.field.name} {operator} {value}"
        case Matches() if len(test.regexes) == 1:
            return f"{test.field.name} matches {as_written(test.regexes[0])}"
        case _:
            return None


def _said(change: Change) -> Text:
    part, value = change.part, quoted(change.value)
    old = _old(part)
    match change.kind:
        case "add" if part.source:
            if not change.value:
                return text("matching.change.add-any-to-list", list=part.source)
            return text("matching.change.add-to-list", value=value, list=part.source)
        case "add":
            if not change.value:
                return text("matching.change.add-any", old=old)
            return _instead(change, old) or text("matching.change.add-to-test", value=value, old=old)
        case "remove" if part.source:
            return text("matching.change.remove-from-list", value=value, list=part.source)
        case "remove":
            if not isinstance(change.test, Compare):  # nothing is left of it
                return text("matching.change.drop", old=old)
            return text("matching.change.remove", value=value, old=old)
        case "operator" | "case":
            return _instead(change, old) or text("matching.change.drop", old=old)
        case "flag":
            assert isinstance(part.test, FlagIsSet)
            wish = "yes" if part.wanted else "no"
            way = text(f"matching.way.{part.test.field.name}.{wish}")
            return text("matching.change.drop-or", way=way, old=old)
        case "hours":
            wish = "yes" if part.wanted else "no"
            way = text(f"matching.way.during.{wish}", hours=hours_of(part))
            return text("matching.change.drop-or", way=way, old=old)
        case "percent":
            return text("matching.change.percent", old=old, value=change.value)
        case _:
            return text("matching.change.drop", old=old)


def _instead(change: Change, old: str) -> Text | None:
    new = written(change.test)
    return text("matching.change.instead", old=old, new=f"`{new}`") if new is not None else None


def _old(part: Part) -> str:
    """Return a test as it is written, with the ``not`` before it."""
    is_within = part.wanted or " not " in part.written or part.written.startswith("not ")
    return f"`{part.written}`" if is_within else f"`not {part.written}`"


def _string(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
