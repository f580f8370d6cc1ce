"""PRX132 repeated-error."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics.repeated import Repeated


class RepeatedError(Repeated, frozen=True):
    """More errors of one kind than are listed.

    What: A file has more errors of one kind than are listed; the others are only counted, from this place on.
    Why: Mostly one mistake is behind all of them, and a list that long hides the others.
    Wrong:
        rule a when x then drop   # … and thirty more rules with a condition that is declared nowhere
    Right:
        condition x = group
        rule a when x then drop
    """

    code = "PRX132"
    severity = "error"
