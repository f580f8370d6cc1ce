"""PRX210 used-twice."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UsedTwice(Diagnostic, frozen=True):
    """A file that is used a second time.

    What: A ``use`` names a file that the set has read already.
    Why: A file is read once, at the place of its first ``use``. The second one does nothing, also not for the order of
        the rules.
    Wrong:
        use "people.rules"
        use "people.rules"
        otherwise drop
        # file: people.rules
        rule known when sender is "u1001" then drop
    Right:
        use "people.rules"
        otherwise drop
        # file: people.rules
        rule known when sender is "u1001" then drop
    Fix: Remove the second ``use``, or the first one if its rules should come later.
    """

    page_zh = """
    同一个文件引用了两次。

    是什么：`use` 引用的文件，这套规则已经读过了。
    为什么：一个文件只在第一次引用的地方读一次。第二次不起作用，也不会改变规则的先后。
    怎么改：删去后面那个 `use`；如果希望它的规则排在后面，就删去前面那个。
    """

    code = "PRX210"
    severity = "warning"
    sentence = Entry(
        zh="`{file}` 已经引用过，这里不再读入", en="`{file}` is in use already and not read again here"
    )
    advice = Entry(zh="删去这一行；每个文件只需引用一次", en="remove this line; a file is used once")

    file: str
