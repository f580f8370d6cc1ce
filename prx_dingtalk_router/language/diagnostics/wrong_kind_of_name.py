"""PRX208 wrong-kind-of-name."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import (
    NameKind,
    declared_here,
    kind_name,
)
from prx_dingtalk_router.language.source import Span

PLACES: dict[NameKind, Entry] = {
    "list": Entry(
        zh="列表写在 `in`、`contains`、`starts with` 等后面",
        en="lists follow `in`, `contains`, `starts with` and the like",
    ),
    "pattern": Entry(zh="`pattern` 写在 `matches` 后面", en="patterns follow `matches`"),
    "hours": Entry(zh="`hours` 写在 `during` 后面", en="hours follow `during`"),
    "condition": Entry(
        zh="`condition` 直接写在 `when`、`and`、`or`、`not` 后面",
        en="conditions stand by themselves after `when`, `and`, `or`, `not`",
    ),
    "template": Entry(
        zh='`reply` 和 `with` 后面写模板的名称，或者直接写文字 `"…"`',
        en='`reply` and `with` take the name of a template, or a text `"…"`',
    ),
    "rule": Entry(
        zh="测试里 `by` 和 `shadow` 后面写规则的名称",
        en="in tests, `by` and `shadow` take the name of a rule",
    ),
}
"""Where names of each kind are written."""


class WrongKindOfName(Diagnostic, frozen=True):
    r"""A name of another kind than the one that belongs in its place.

    What: The name is declared, but as something else: a pattern where a list is needed, a condition after ``during``.
    Why: Each place takes one kind: lists follow ``in`` and ``contains``, patterns follow ``matches``, hours follow
        ``during``, and conditions stand by themselves.
    Wrong:
        pattern ticket = /[A-Z]+-\d+/
        rule tracker when text contains ticket then drop
    Right:
        pattern ticket = /[A-Z]+-\d+/
        rule tracker when text matches ticket then drop
    Fix: Take another operator, as ``text matches ticket`` for ``text contains ticket``, or the name of
        something of the kind that is needed.
    """

    page_zh = """
    这里用了另一类名称。

    是什么：名称已经定义，但不是这里需要的那一类：例如该写列表的地方写了表达式，`during` 后面写了条件。
    为什么：每个地方只能用一类名称：`in` 和 `contains` 后面是列表，`matches` 后面是表达式，`during` 后面是时
        间段，条件单独写。
    怎么改：换一个比较词，例如 `text contains ticket` 改为 `text matches ticket`；或换成这里需要的那一类名
        称。
    """

    code = "PRX208"
    severity = "error"
    sentence = Entry(
        zh="`{found}` 是{is_kind}，这里需要{needed}",
        en="`{found}` is a {is_kind}; a {needed} is needed here",
    )
    advice = Entry(
        zh="换成{needed}的名称：{place}",
        en="take the name of a {needed}: {place}",
    )

    found: str
    kind: NameKind
    """What it is."""
    expected: NameKind
    declaration: Span

    @property
    def is_kind(self) -> Text:
        """What it is, for people."""
        return kind_name(self.kind)

    @property
    def needed(self) -> Text:
        """What is needed, for people."""
        return kind_name(self.expected)

    @property
    def place(self) -> Wording:
        """Where names of the kind that is needed are written."""
        return Wording(PLACES[self.expected])

    @property
    def related(self) -> tuple[Related, ...]:
        """Its declaration."""
        return declared_here(self.declaration)
