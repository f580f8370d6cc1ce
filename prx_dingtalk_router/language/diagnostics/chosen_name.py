"""PRX605 chosen-name."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class ChosenName(Diagnostic, frozen=True):
    """An agent that is open to whoever takes the right name.

    What: A rule hands messages to an agent because of ``sender.name`` or ``conversation.title``, and asks nothing beside
        it that people cannot choose for themselves.
    Why: Everybody can change their nickname, and the title of a group. Whoever does gets at the agent.
    Wrong:
        rule boss when sender.name is "老板" then agent finance
    Right:
        rule boss when sender in ["u1001"] then agent finance
    Fix: Ask for ids, which nobody can choose, instead or besides: ``sender in ["u1001"]`` or ``conversation is
        "cid…"``.
    """

    page_zh = """
    改个名字就能用到智能体。

    是什么：规则只凭 `sender.name`（昵称）或 `conversation.title`（群名）就把消息交给智能体，没有别的条件。
    为什么：昵称和群名谁都能改，改成这个名字的人就能用到智能体。
    怎么改：改用或加上谁也改不了的 ID：`sender in ["u1001"]`，或 `conversation is "cid…"`。
    """

    code = "PRX605"
    severity = "warning"
    sentence = Entry(
        zh="这条规则只凭 {names} 就能用到智能体，而这是任何人都能自己改的",
        en="this rule gives access to an agent by {names} alone, which anyone can choose",
    )
    advice = Entry(
        zh='再加上谁也改不了的 ID，例如 `and sender in ["u1001"]`',
        en='add ids, which nobody can choose, as in `and sender in ["u1001"]`',
    )

    chosen: tuple[str, ...]
    """The fields that the condition asks about and people choose."""

    @property
    def names(self) -> tuple[str, ...]:
        """The fields, for people."""
        return tuple(f"`{field}`" for field in self.chosen)
