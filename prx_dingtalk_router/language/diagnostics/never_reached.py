"""PRX401 never-reached."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import takes_first
from prx_dingtalk_router.language.source import Span

LAST = "otherwise"
NARROW = Entry(
    zh="给规则 `{earlier}` 加上更窄的条件；确实由它接走所有消息，就删去 `otherwise`",
    en="narrow the condition of `{earlier}`; if it is to take every message, remove the `otherwise`",
)


class NeverReached(Diagnostic, frozen=True):
    """A rule, or ``otherwise``, behind a rule that takes every message.

    What: A rule before this one holds for every message, so no message ever comes as far as this one.
    Why: The first rule that holds takes the message, and nothing after it is looked at. What this rule promises never
        happens.
    Wrong:
        rule everything when always then drop
        rule vpn when text contains "vpn" then agent helpdesk
    Right:
        rule vpn when text contains "vpn" then agent helpdesk
        rule everything when always then drop
    Fix: Move the rule that takes everything to the end, best as ``otherwise``, or narrow its condition.
    """

    page_zh = """
    前面的规则接走了所有消息，后面的轮不到。

    是什么：前面有一条规则对每条消息都成立，所以没有消息会走到这条规则（或 `otherwise`）。
    为什么：第一条成立的规则接走消息，后面的不再看。这条规则写的事永远不会发生。
    怎么改：把接走所有消息的规则移到最后，或给它加上更窄的条件；写成 `otherwise` 最清楚。
    """

    code = "PRX401"
    severity = "warning"
    sentence = Entry(
        zh="`{rule}` 永远轮不到：规则 `{earlier}` 会先接走所有消息",
        en="`{rule}` is never reached: the rule `{earlier}` takes every message first",
    )
    advice = Entry(
        zh="把 `{rule}` 移到 `{earlier}` 前面，或给 `{earlier}` 加上更窄的条件",
        en="move `{rule}` before `{earlier}`, or narrow the condition of `{earlier}`",
    )

    rule: str
    earlier: str
    at: Span

    @property
    def help(self) -> Wording:
        """What to do, for people."""
        return self._filled(NARROW if self.rule == LAST else self.advice)

    @property
    def related(self) -> tuple[Related, ...]:
        """The rule that takes every message."""
        return (takes_first(self.earlier, self.at),)
