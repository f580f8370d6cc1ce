"""PRX307 empty-list."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class EmptyList(Diagnostic, frozen=True):
    """A list that holds nothing.

    What: A list has no entries, or a file of lines has none.
    Why: A condition with it would never hold, and one that negates it always: an export that came out empty would open
        every door.
    Wrong:
        rule known when sender in [] then drop
    Right:
        rule known when sender in ["u1001"] then drop
    """

    code = "PRX307"
    severity = "error"
    sentence = Entry(zh="这个列表是空的", en="this list is empty")
    advice = Entry(
        zh="空列表会让条件永远不成立（或取反后永远成立）；至少写一项",
        en="an empty list would never match, or always once negated; write at least one entry",
    )
