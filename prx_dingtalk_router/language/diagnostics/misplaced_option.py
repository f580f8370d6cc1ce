"""PRX145 misplaced-option."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, SUGGESTED, Fix

OptionPlace = Literal["before-step", "other-step", "after-guard"]

PLACES: dict[OptionPlace, Entry] = {
    "before-step": Entry(zh="写在了步骤前面", en="it stands before the step"),
    "other-step": Entry(zh="这一步不是 `agent`", en="this step is no `agent`"),
    "after-guard": Entry(zh="写在了 `at most` 后面", en="it stands behind `at most`"),
}


class MisplacedOption(Diagnostic, frozen=True):
    """An option of ``agent`` at another place than behind its agent.

    What: ``timeout``, ``session``, ``while busy`` or ``progress`` stands behind a step of another kind, before its step, or
        behind ``at most``.
    Why: These options say how an agent is asked; no other step has any. They follow the name of the agent, and ``at most`` is
        the last thing of a step.
    Wrong:
        rule vpn when text contains "vpn" then agent helpdesk at most 5 per 1m progress reaction
    Right:
        rule vpn when text contains "vpn" then agent helpdesk progress reaction at most 5 per 1m
    Fix: Write the option directly behind the name of the agent, before ``at most``. At a ``reply``, ``forget``, ``cancel`` or
        ``drop``, leave it out.
    """

    page_zh = """
    `agent` 的选项写在了别的地方。

    是什么：`timeout`、`session`、`while busy` 或 `progress` 写在了别的步骤后面、步骤前面，或 `at most` 后面。
    为什么：这些选项说明怎样询问智能体，别的步骤没有选项。它们跟在智能体的名称后面，`at most` 总在一步的最后。
    怎么改：把选项写在智能体名称后面、`at most` 前面；`reply`、`forget`、`cancel`、`drop` 后面的就删去。
    """

    code = "PRX145"
    severity = "error"
    sentence = Entry(
        zh="`{option}` 只能写在 `agent 名称` 后面：{why}",
        en="`{option}` belongs behind `agent NAME`: {why}",
    )
    advice = Entry(
        zh="写成 `agent 名称 {option} … at most …`，或删去",
        en="write `agent NAME {option} … at most …`, or leave it out",
    )

    option: str
    place: OptionPlace
    instead: str | None = None
    """What can stand for all that the diagnostic spans."""

    @property
    def why(self) -> Wording:
        """What is wrong with the place, for people."""
        return Wording(PLACES[self.place])

    def fix(self) -> Fix | None:
        """Change the order of option and guard, or leave out what no other step has."""
        if self.instead is None:
            return None
        return Fix.replacing(self.span, self.instead, SAFE if self.place == "after-guard" else SUGGESTED)
