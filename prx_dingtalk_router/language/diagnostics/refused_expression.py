"""PRX303 refused-expression."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.phrases import write_instead
from prx_dingtalk_router.language.diagnostics.refusal_reasons import REASONS
from prx_dingtalk_router.language.source import Span


class RefusedExpression(Diagnostic, frozen=True):
    r"""An expression that cannot be used.

    What: Between the slashes is something that the dialect of expressions, RE2, does not have or know, or that is not
        finished. Other dialects have look-around, back-references and ``\u4e00``; RE2 has not.
    Why: RE2 takes time in proportion to the text, whatever is searched for, so no rule and no message can hang the
        router. What other dialects have besides cannot be done in that time, or is written differently.
    Wrong:
        rule name when text matches /^[\u4e00-\u9fa5]{2,4}$/ then drop
    Right:
        rule name when text matches /^[\p{Han}]{2,4}$/ then drop
    """

    code = "PRX303"
    severity = "error"
    sentence = Entry(
        zh="表达式有误（第 {position} 个字符）：{why}",
        en="this expression is refused at character {position}: {why}",
    )
    advice = Entry(zh="{repair}", en="{repair}")

    kind: str
    """What is wrong: a kind of refusal, or ``empty``."""
    detail: str
    """The piece at fault, or a name."""
    position: int
    """Where it begins, counted from 1 behind the slash."""
    whole: Span
    """Of the expression with its slashes."""
    instead: str | None = None
    """What to write in place of the piece."""
    corrected: str | None = None
    """The expression with its slashes, put right."""
    is_sure: bool = False
    """Whether that finds the same."""

    @property
    def why(self) -> Wording:
        """What is wrong, for people."""
        return Wording(REASONS[self.kind].why, {"detail": self.detail})

    @property
    def repair(self) -> Text | Wording:
        """What to do, for people."""
        advice = REASONS[self.kind].advice
        return write_instead(self.instead) if self.instead or advice is None else Wording(advice)

    def fix(self) -> Fix | None:
        """Write the expression as RE2 spells it."""
        if self.corrected is None:
            return None
        return Fix.replacing(self.whole, self.corrected, SAFE if self.is_sure else SUGGESTED)
