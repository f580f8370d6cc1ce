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
    """

    code = "PRX605"
    severity = "warning"
    sentence = Entry(
        zh="这条规则只凭 {names} 就能用到智能体，而这是任何人都能自己改的",
        en="this rule gives access to an agent by {names} alone, which anyone can choose",
    )
    advice = Entry(
        zh="再加上 `sender in …` 或 `conversation is …` 的条件", en="add a test of `sender` or `conversation`"
    )

    chosen: tuple[str, ...]
    """The fields that the condition asks about and people choose."""

    @property
    def names(self) -> tuple[str, ...]:
        """The fields, for people."""
        return tuple(f"`{field}`" for field in self.chosen)
