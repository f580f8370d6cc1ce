"""PRX325 test-without-time."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import too_here
from prx_dingtalk_router.language.source import Span


class TestWithoutTime(Diagnostic, frozen=True):
    """A case of a test that says no time, though hours decide it.

    What: What happens to the message of this case depends on when it was written, and the case has no ``at``.
    Why: It is taken to be written on Wednesday, 7 January 2026, at 10:00. Whether that is within the hours that are meant
        is left to chance.
    Wrong:
        rule night when not during mon-fri 09:00-18:00 then reply "下班了。"
        otherwise agent helpdesk
        test "by day"
          given "你好" expect agent helpdesk
    Right:
        rule night when not during mon-fri 09:00-18:00 then reply "下班了。"
        otherwise agent helpdesk
        test "by day"
          given "你好" at "2026-01-07 11:00" expect agent helpdesk
    Fix: Say when, as in ``given "hello" at "2026-01-07 20:30"``; one case within the hours and one outside are
        better still.
    """

    page_zh = """
    测试没写时间，而结果和时间有关。

    是什么：这条测试消息会怎么处理，取决于它是什么时候发的，而测试没有写 `at`。
    为什么：没写时间时，按 2026 年 1 月 7 日（星期三）10:00 计算；是不是在您想测的时段里，全凭运气。
    错误写法：
        rule night when not during mon-fri 09:00-18:00 then reply "下班了。"
        otherwise agent helpdesk
        test "白天"
          given "你好" expect agent helpdesk
    正确写法：
        rule night when not during mon-fri 09:00-18:00 then reply "下班了。"
        otherwise agent helpdesk
        test "白天"
          given "你好" at "2026-01-07 11:00" expect agent helpdesk
    怎么改：写明时间，例如 `given "你好" at "2026-01-07 20:30"`；上班和下班各测一条更好。
    """

    __test__ = False

    code = "PRX325"
    severity = "warning"
    sentence = Entry(
        zh="规则 `{rule}` 要看时间，这个测试却没有写 `at`（按 2026-01-07 10:00 计算）",
        en="the rule `{rule}` asks for the time, but this test has no `at` (2026-01-07 10:00 is taken)",
    )
    advice = Entry(
        zh='写明时间，例如 `at "2026-01-07 20:30"`', en='say when, such as `at "2026-01-07 20:30"`'
    )

    rule: str
    """The one that decides by the time."""
    others: tuple[Span, ...] = ()
    """The other cases that it decides."""

    @property
    def related(self) -> tuple[Related, ...]:
        """The other cases."""
        return too_here(self.others)
