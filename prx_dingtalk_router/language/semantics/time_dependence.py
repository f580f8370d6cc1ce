"""Whether it depends on the time what a rule says of a message."""

from __future__ import annotations

from prx_dingtalk_router.calendar.hours import Hours
from prx_dingtalk_router.language.ruleset import Rule
from prx_dingtalk_router.language.semantics.evaluate import holds
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.message import Message


def depends_on_time(rule: Rule, message: Message) -> bool:
    """Return whether the rule would say otherwise of this message at another time."""
    inside, outside = (_AtAnyTime(message, inside=inside) for inside in (True, False))
    return holds(rule.condition, inside, rule.name) != holds(rule.condition, outside, rule.name)


class _AtAnyTime(MessageView):
    """The message as if every ``during`` said the same."""

    __slots__ = ("_inside",)

    def __init__(self, message: Message, *, inside: bool) -> None:
        super().__init__(message)
        self._inside = inside

    def written_during(self, hours: Hours) -> bool:
        return self._inside
