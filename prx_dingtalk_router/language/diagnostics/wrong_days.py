"""PRX329 wrong-days."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SAFE, SUGGESTED, Fix


class WrongDays(Diagnostic, frozen=True):
    """Days in other words than those of the language.

    What: Days are written in Chinese, in full, in capitals, or joined by another sign than ``-``; or behind their times.
    Why: Each day has one word of three letters, and a range one sign, so that nobody has to guess which days are meant.
    Wrong:
        hours office = monday to friday 09:00-18:00
        rule closed when not during office then reply "closed"
    Right:
        hours office = mon-fri 09:00-18:00
        rule closed when not during office then reply "closed"
    Fix: Write ``mon`` to ``sun``, ``mon-fri`` for a range, ``daily``, ``workdays`` or ``holidays``; blanks between several, times
        behind them: ``mon-fri 09:00-18:00``, ``sat sun 10:00-16:00``.
    """

    page_zh = """
    日子没有用规定的词来写。

    是什么：日子写成了中文、英文全称、大写，中间用了 `-` 以外的符号（`周一至周五`、`monday to friday`、`Mon~Fri`），
        或者写在了时间的后面。
    为什么：每一天只有一个三个字母的词，一段日子只有一种连接符号，这样谁看都是同样的几天。
    怎么改：一天写 `mon` 到 `sun`，一段写 `mon-fri`，还有 `daily`（每天）、`workdays`（工作日）、`holidays`（节假日）；
        几天之间用空格隔开，时间写在后面：`mon-fri 09:00-18:00`、`sat sun 10:00-16:00`。
    """

    code = "PRX329"
    severity = "error"
    sentence = Entry(
        zh="这里要写成 `{instead}`，不是 `{found}`", en="this is written `{instead}`, not `{found}`"
    )
    advice = Entry(
        zh="日子写作 `mon` 到 `sun`、`mon-fri`、`daily`、`workdays`、`holidays`，几天之间用空格隔开",
        en="days are `mon` to `sun`, `mon-fri`, `daily`, `workdays`, `holidays`, with blanks between them",
    )

    found: str
    instead: str
    """The same days, and times if there are any, in the words of the language."""
    surely: bool = True
    """Whether they can be read in one way only."""

    def fix(self) -> Fix:
        """Write the same days in those words."""
        return Fix.replacing(self.span, self.instead, SAFE if self.surely else SUGGESTED)
