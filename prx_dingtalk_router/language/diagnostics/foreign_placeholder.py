"""PRX507 foreign-placeholder."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix


class ForeignPlaceholder(Diagnostic, frozen=True):
    """A place for a value, written as other programs do.

    What: A template holds ``${姓名}`` or ``{姓名}``.
    Why: Values of the message are shown by ``{{ sender.name }}``, with two braces and the name that templates know. Anything
        else is sent as it is, braces and all.
    Wrong:
        rule hello when text is "你好" then reply "你好，${姓名}"
    Right:
        rule hello when text is "你好" then reply "你好，{{ sender.name }}"
    """

    code = "PRX507"
    severity = "warning"
    sentence = Entry(
        zh="`{found}` 会照原样发出去，不会换成值", en="`{found}` is sent as it is, not as a value"
    )
    advice = Entry(zh="写成 `{instead}`", en="write `{instead}`")

    found: str
    instead: str
    """The value as templates show it, or an example."""
    replaces: bool
    """Whether that is surely what was meant, and it can be written at the place."""

    def fix(self) -> Fix | None:
        """Show the value that was meant."""
        return Fix.replacing(self.span, self.instead, SUGGESTED) if self.replaces else None
