"""PRX324 unknown-field."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.phrases import did_you_mean
from prx_dingtalk_router.message import FIELDS


class UnknownField(Diagnostic, frozen=True):
    """A field that messages do not have.

    What: A word stands where the field of a message belongs, and is none.
    Why: Conditions look at a fixed table of fields. The name of the sender is ``sender.name``, their staff ID
        ``sender``.
    Wrong:
        rule boss when sender.id is "u1001" then agent secretary
    Right:
        rule boss when sender is "u1001" then agent secretary
    """

    code = "PRX324"
    severity = "error"
    sentence = Entry(zh="没有字段 `{found}`{hint}", en="there is no field `{found}`{hint}")
    advice = Entry(zh="可用的字段：{fields}", en="the fields are {fields}")

    found: str
    meant: str | None
    surely: bool
    """Whether it is another word for ``meant``, not one that merely looks like it."""

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields but flags."""
        return tuple(f"`{name}`" for name, field in FIELDS.items() if field.kind != "flag")

    @property
    def hint(self) -> Text:
        """What was probably meant."""
        return did_you_mean(self.meant)

    def fix(self) -> Fix | None:
        """Write the field that was meant."""
        if self.meant is None:
            return None
        return Fix.replacing(self.span, self.meant, SAFE if self.surely else SUGGESTED)
