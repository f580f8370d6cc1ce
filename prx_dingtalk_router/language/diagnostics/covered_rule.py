"""PRX405 covered-rule."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import takes_first
from prx_dingtalk_router.language.source import Span


class CoveredRule(Diagnostic, frozen=True):
    """A rule whose messages are all taken by rules with wider conditions before it.

    What: Every message that fulfils this condition fulfils that of a rule before it, or of one of several.
    Why: The first rule that holds takes the message, so this one is never reached. Mostly the two stand in the wrong
        order.
    Wrong:
        rule expenses when text contains "报销" then agent finance
        rule form when text contains "报销单" then reply "报销单在 OA 里。"
    Right:
        rule form when text contains "报销单" then reply "报销单在 OA 里。"
        rule expenses when text contains "报销" then agent finance
    Fix: Move the more particular rule before the other, or except it there, as in ``and not text contains
        "报销单"``.
    """

    page_zh = """
    前面条件更宽的规则，把它的消息都接走了。

    是什么：符合这个条件的消息，都符合前面某一条（或某几条）规则的条件。
    为什么：第一条成立的规则接走消息，所以这条永远轮不到。多半是两条的顺序反了：“报销单”里也有“报销”两个字。
    怎么改：把更具体的规则移到前面；或在前面的规则里排除它，例如 `and not text contains "报销单"`。
    """

    code = "PRX405"
    severity = "warning"
    sentence = Entry(
        zh="规则 `{rule}` 永远轮不到：它能接的消息，前面的 {takers} 都会先接走",
        en="the rule `{rule}` is never reached: every message that it could take is taken before it by {takers}",
    )
    advice = Entry(
        zh="把 `{rule}` 移到 {takers} 前面",
        en="move `{rule}` before {takers}",
    )

    rule: str
    earlier: tuple[str, ...]
    at: tuple[Span, ...]
    """Where each of the earlier rules is."""

    @property
    def takers(self) -> tuple[str, ...]:
        """The earlier rules, for people."""
        return tuple(f"`{name}`" for name in self.earlier)

    @property
    def related(self) -> tuple[Related, ...]:
        """The rules that take its messages."""
        return tuple(map(takes_first, self.earlier, self.at))
