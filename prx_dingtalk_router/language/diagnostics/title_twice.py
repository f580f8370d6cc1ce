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
