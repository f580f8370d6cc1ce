"""PRX211 title-twice."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import (
    first_here,
)
from prx_dingtalk_router.language.source import Span


class TitleTwice(Diagnostic, frozen=True):
    """Two tests with the same title.

    What: Two ``test`` blocks of the set have the same title.
    Why: A report names a failed test by its title, and cannot tell which of the two it is.
    Wrong:
        otherwise drop
        test "hello" given "hello" expect drop
        test "hello" given "hello again" expect drop
    Right:
        otherwise drop
        test "hello" given "hello" expect drop
        test "hello again" given "hello again" expect drop
    Fix: Give one of them a title that says what it tests, as in ``test "the VPN at night"``.
    """

    page_zh = """
    两个测试的标题相同。

    是什么：规则里有两个 `test` 用了同一个标题。
    为什么：测试没通过时，报告用标题说明是哪一个；标题相同就分不清。
    错误写法：
        otherwise drop
        test "打招呼" given "你好" expect drop
        test "打招呼" given "您好" expect drop
    正确写法：
        otherwise drop
        test "打招呼" given "你好" expect drop
        test "客气地打招呼" given "您好" expect drop
    怎么改：给其中一个换个标题，写明它测的是什么，例如 `test "夜里问 VPN"`。
    """

    code = "PRX211"
    severity = "warning"
    sentence = Entry(zh="有两个测试都叫 `{title}`", en="two tests are called `{title}`")
    advice = Entry(
        zh="换一个标题，否则报告里分不清是哪一个",
        en="give one another title, so that a report tells them apart",
    )

    title: str
    earlier: Span

    @property
    def related(self) -> tuple[Related, ...]:
        """The test before it."""
        return first_here(self.earlier)
