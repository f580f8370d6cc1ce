"""PRX306 unknown-zone."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.phrases import (
    did_you_mean,
)


class UnknownZone(Diagnostic, frozen=True):
    """A time zone that does not exist.

    What: The zone of ``hours`` is none of the names of the IANA time zone database.
    Why: Without its zone nobody knows when the hours begin and end.
    Wrong:
        hours office = mon-fri 09:00-18:00 in "Asia/Beijing"
        rule closed when not during office then drop
    Right:
        hours office = mon-fri 09:00-18:00 in "Asia/Shanghai"
        rule closed when not during office then drop
    """

    code = "PRX306"
    severity = "error"
    sentence = Entry(zh="没有时区 `{zone}`{hint}", en="there is no time zone `{zone}`{hint}")
    advice = Entry(zh="例如 `Asia/Shanghai`", en="such as `Asia/Shanghai`")

    zone: str
    near: str | None
    """The zone that was probably meant."""
    written: bool
    """Whether it stands here, and not in the configuration."""

    @property
    def hint(self) -> Text:
        """What was probably meant."""
        return did_you_mean(self.near)

    def fix(self) -> Fix | None:
        """Write the zone that was probably meant."""
        return Fix.replacing(self.span, f'"{self.near}"', SUGGESTED) if self.near and self.written else None
