"""PRX508 may-be-empty."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

REPLY = Entry(zh="那时什么也不会回复", en="nothing is sent then")
TOLD = Entry(zh="那时智能体什么也听不到", en="the agent is told nothing then")


class MayBeEmpty(Diagnostic, frozen=True):
    """A template of which ordinary messages leave nothing.

    What: A reply, or what an agent is told, has no words of its own, only places for values; and an ordinary text message
        that the rule takes has none of those values: it quotes nothing, holds no file, is in no group.
    Why: A step without anything to say is not done. Whoever wrote that message gets no answer.
    Wrong:
        rule answer when text contains "上面" then reply "{{ quoted }}"
    Right:
        rule answer when text contains "上面" and not quoted is empty then reply "{{ quoted }}"
    Fix: Write words of its own beside the value, as in ``您引用的是：{{ quoted }}``, give a default,
        ``{{ quoted | default("（没有引用）") }}``, ask for the value in the condition, ``not quoted is empty``, or say
        something else after ``else``.
    """

    page_zh = """
    普通消息会让这个模板变成空的。

    是什么：回复（或告诉智能体的话）自己没有文字，全是要填的值；而规则接到的一条普通文字消息可能一个值也没有：没有引用、
        没有文件、不在群里。
    为什么：没有内容的步骤不会执行，发那条消息的人就得不到回应。
    怎么改：在值的旁边写上文字，例如 `您引用的是：{{ quoted }}`；或给缺省文字 `{{ quoted | default("（没有引用）") }}`；
        或在条件里要求有这个值 `not quoted is empty`；或用 `else` 写另一句话。
    """

    code = "PRX508"
    severity = "warning"
    sentence = Entry(
        zh="有的普通消息会让这个模板变成空的：{then}",
        en="ordinary messages can leave nothing of this template: {then}",
    )
    advice = Entry(
        zh="加上固定的文字，或在条件里写 `not … is empty`，或用 `else` 写另一句话",
        en="add words of its own, ask for the value in the condition (`not … is empty`), or say something else after `else`",
    )

    of_agent: bool
    """Whether it is what an agent is told."""

    @property
    def then(self) -> Wording:
        """What becomes of it, for people."""
        return Wording(TOLD if self.of_agent else REPLY)
