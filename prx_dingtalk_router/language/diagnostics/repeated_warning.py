"""PRX133 repeated-warning."""

from __future__ import annotations

from prx_dingtalk_router.language.diagnostics.repeated import Repeated


class RepeatedWarning(Repeated, frozen=True):
    """More warnings of one kind than are listed.

    What: A file has more warnings of one kind than are listed; the others are only counted, from this place on.
    Why: A list that long hides what else is found.
    Wrong:
        list a = ["x"]   # … and thirty more lists that no rule uses
    Right:
        list a = ["x"]
        rule a when text in a then drop
    """

    code = "PRX133"
    severity = "warning"
