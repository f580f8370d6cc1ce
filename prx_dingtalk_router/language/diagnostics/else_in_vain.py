"""PRX410 else-in-vain."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording, text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.source import Span

VainReason = Literal["same", "never-fails"]

REASONS = {
    "same": Entry(
        zh="它和前面试过的一步完全一样，那一步做不成，它也做不成",
        en="it is the same as a step before it, and fails where that one failed",
    ),
    "never-fails": Entry(
        zh="前面的 `forget` 总能做成，轮不到它", en="the `forget` before it cannot fail, so it is never done"
    ),
}


class ElseInVain(Diagnostic, frozen=True):
    """An ``else`` that changes nothing.

    What: An ``else`` has the same agent with the same text, or the same reply, as a step before it in its chain; or it
        follows ``forget``, which cannot fail.
    Why: An ``else`` is done when what is before it could not be. The same once more fails for the same reason, so people are
        left without an answer; after a reply with ``at most`` it undoes the limit.
    Wrong:
        rule vpn when text contains "vpn" then agent helpdesk else agent helpdesk
    Right:
        rule vpn when text contains "vpn" then agent helpdesk else reply "请稍后再试。"
    Fix: Name another agent, or say what people are to do: ``else reply "请稍后再试。"``.
    """

    page_zh = """
    `else` 不起作用。

    是什么：`else` 里的智能体（连同要说的话）或回复，和它前面的一步一模一样；或者它跟在 `forget` 后面，而 `forget`
        总能做成。
    为什么：前面的一步没有做成时才轮到 `else`。同样的事再做一次，还是会因为同样的原因做不成，人们就得不到回答；跟在
        有 `at most` 的回复后面，还会让限制失去作用。
    怎么改：换一个智能体，或者告诉人们怎么办：`else reply "请稍后再试。"`。
    """

    code = "PRX410"
    severity = "warning"
    in_general = Entry(zh="这个 `else` 不起作用", en="this `else` changes nothing")
    sentence = Entry(zh="这个 `else` 不起作用：{why}", en="this `else` changes nothing: {why}")
    advice = Entry(
        zh='换一个智能体，或写一句话：`else reply "请稍后再试。"`',
        en='name another agent, or say something: `else reply "Please try again later."`',
    )

    reason: VainReason
    earlier: Span
    """The step that it repeats or follows."""

    @property
    def why(self) -> Wording:
        """The reason, for people."""
        return Wording(REASONS[self.reason])

    @property
    def related(self) -> tuple[Related, ...]:
        """That step."""
        return (Related(self.earlier, text("language.related.first")),)
