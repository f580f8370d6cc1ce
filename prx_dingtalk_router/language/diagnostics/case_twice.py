"""PRX213 case-twice."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import first_here
from prx_dingtalk_router.language.source import Span


class CaseTwice(Diagnostic, frozen=True):
    """A case of a test that another test has as well.

    What: A ``given`` with its ``expect`` says exactly what another one says: the same message and the same outcome.
    Why: It holds whenever the other one holds, so it tests nothing. Mostly a test was copied and not changed to what it was
        copied for.
    Wrong:
        otherwise agent helpdesk else reply "请稍后再试。"
        test "单聊" given "你好" expect agent helpdesk by default
        test "群聊" given "你好" expect agent helpdesk by default
    Right:
        otherwise agent helpdesk else reply "请稍后再试。"
        test "单聊" given "你好" expect agent helpdesk by default
        test "群聊" given "你好" in group expect agent helpdesk by default
    Fix: Change the copy to what it is to test, another sender, place or text: ``given "你好" in group``; or remove it.
    """

    page_zh = """
    两个测试说的是同一件事。

    是什么：一个 `given` 连同它的 `expect` 和另一个一模一样：同样的消息，同样的结果。
    为什么：那一个通过，这一个也一定通过，等于什么也没有测。多半是复制了一个测试，却忘了改成想测的样子。
    怎么改：改成真正想测的：换一个人、换一个地方或换一句话，例如 `given "你好" in group`；不需要就删去。
    """

    code = "PRX213"
    severity = "warning"
    sentence = Entry(
        zh="这一条和测试 `{other}` 里的一模一样，什么也没有多测",
        en="this is word for word what the test `{other}` has, so it tests nothing",
    )
    advice = Entry(
        zh="改成想测的另一种情况（另一个人、群里、另一句话），或删去",
        en="change it to what it is to test (another sender, a group, another text), or remove it",
    )

    other: str
    """The title of the other test."""
    first: Span

    @property
    def related(self) -> tuple[Related, ...]:
        """The other one."""
        return first_here(self.first)
