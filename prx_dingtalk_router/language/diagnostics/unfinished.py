"""PRX103 unfinished."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class Unfinished(Diagnostic, frozen=True):
    """A declaration that ends before it is complete.

    What: A declaration stops where more has to follow.
    Why: Half a rule would do something other than what its writer has in mind, so it does nothing until it is
        finished.
    Wrong:
        rule vpn
          when text contains "vpn"
    Right:
        rule vpn
          when text contains "vpn"
          then reply "一会儿就好"
    """

    code = "PRX103"
    severity = "error"
    sentence = Entry(
        zh="`{opener}` 没有写完，后面还应有：{expected}",
        en="this `{opener}` is not finished; expected {expected} after it",
    )
    advice = Entry(zh="补全这条声明，或整条删去", en="complete this declaration, or remove it")

    opener: str
    expected: tuple[Text | str, ...]
    """What has to follow, in words, the general before the particular."""
