"""PRX323 flag-with-operator."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class FlagWithOperator(Diagnostic, frozen=True):
    """A flag that is compared with something.

    What: A flag such as ``group`` or ``admin`` is followed by an operator.
    Why: A flag is either set or not; there is nothing to compare it with.
    Wrong:
        rule here when group is "yes" then drop
    Right:
        rule here when group then drop
    """

    code = "PRX323"
    severity = "error"
    sentence = Entry(
        zh="`{flag}` 只有“是”和“否”，后面不能写 `{found}`",
        en="`{flag}` is either so or not; `{found}` cannot follow it",
    )
    advice = Entry(zh="直接写 `{flag}` 或 `not {flag}`", en="write `{flag}` or `not {flag}`")

    flag: str
    found: str
    """The operator behind it."""
