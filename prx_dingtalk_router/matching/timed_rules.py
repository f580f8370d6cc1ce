"""Whether the time decides what becomes of a message, so that a test of it has to say when it was written."""

from __future__ import annotations

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.language.ruleset import During
from prx_dingtalk_router.language.semantics.message_view import MessageView
from prx_dingtalk_router.language.semantics.time_dependence import depends_on_time
from prx_dingtalk_router.language.semantics.walk import Asking
from prx_dingtalk_router.matching.router import Router


class TimedRules:
    """The rules of a set that ask for the time.

    Args:
        router: that decides by them.
    """

    def __init__(self, router: Router) -> None:
        rules = router.rules.rules
        asks_time = Asking(During)
        self._router = router
        self._timed = {at for at, rule in enumerate(rules) if asks_time(rule.condition)}
        self._places = {rule.name: at for at, rule in enumerate(rules)}

    def decide(self, decision: Decision) -> bool:
        """Return whether a rule that was asked would say otherwise of the message at another time."""
        if not self._timed:
            return False
        rules, message = self._router.rules.rules, decision.message
        last = len(rules) if decision.by is None else self._places.get(decision.by, len(rules))
        # The index knows no times: a rule that it leaves out holds at none.
        return any(
            at <= last and at in self._timed and depends_on_time(rules[at], message)
            for at in self._router.candidates(MessageView(message))
        )
