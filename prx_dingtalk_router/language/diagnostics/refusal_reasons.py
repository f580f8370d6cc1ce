"""Why an expression is refused, and what to do where no spelling can be named: the sentences of ``RefusedExpression``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from prx_dingtalk_router.catalogue import Entry


class Reason(NamedTuple):
    """Why, and what to do; ``advice`` is missing where what to write instead is always known."""

    why: Entry
    advice: Entry | None = None


REASONS: Mapping[str, Reason] = MappingProxyType(
    {
        "empty": Reason(
            Entry(zh="表达式是空的（注释请用 `#`）", en="it is empty (comments begin with `#`)"),
            Entry(zh="写出要找的内容", en="write what is to be found"),
        ),
        "look-around": Reason(
            Entry(
                zh="不能用 `{detail}` 查看前后的文字（否则规则可能卡住机器人）",
                en="`{detail}` cannot look at what is before or after (a rule could hang the router)",
            ),
            Entry(
                zh="把这一部分写成另一个条件：`and text matches /…/`，要排除的写 `and text not matches /…/`",
                en="make this part a test of its own: `and text matches /…/`, or `and text not matches /…/` to exclude it",
            ),
        ),
        "back-reference": Reason(
            Entry(
                zh="不能用 `{detail}` 表示“和前面找到的一样”",
                en="`{detail}` cannot stand for what was found before",
            ),
            Entry(zh="把可能重复的内容一一写出来", en="write out what may occur again, each by itself"),
        ),
        "atomic-group": Reason(
            Entry(zh="这里没有 `{detail}` 这种括号", en="there are no parentheses like `{detail}`"),
        ),
        "possessive": Reason(
            Entry(
                zh="次数后面不能再加 `+`：`{detail}`",
                en="a count takes no second `+`: `{detail}`",
            ),
        ),
        "comment": Reason(
            Entry(
                zh="表达式里不能写注释 `{detail}`", en="an expression holds no comments such as `{detail}`"
            ),
            Entry(
                zh="删去它；说明请写在表达式外面、`#` 之后",
                en="delete it; remarks go outside the expression, after `#`",
            ),
        ),
        "code-point": Reason(
            Entry(
                zh="`{detail}` 是 Java、JavaScript 等语言的写法，这里不认识",
                en="`{detail}` is how Java, JavaScript and others write a character, and unknown here",
            ),
        ),
        "han-range": Reason(
            Entry(
                zh="`{detail}` 是别的语言表示“任意汉字”的写法，这里写作 `\\p{{Han}}`",
                en="`{detail}` is how other languages write any Chinese character; here it is `\\p{{Han}}`",
            ),
        ),
        "foreign-escape": Reason(
            Entry(
                zh="`{detail}` 是别的语言的写法，这里不认识",
                en="`{detail}` is how other languages write it, and unknown here",
            ),
        ),
        "group-operator": Reason(
            Entry(zh="不认识 `{detail}`", en="`{detail}` is unknown"),
            Entry(zh="改用普通的括号 `(…)` 或 `(?:…)`", en="use plain parentheses, `(…)` or `(?:…)`"),
        ),
        "group-name": Reason(
            Entry(
                zh="抓取的名称 `{detail}` 不能在模板里使用",
                en="templates cannot use a group called `{detail}`",
            ),
            Entry(
                zh="写成 `(?P<name>…)`；名称由文字、数字和 `_` 组成，不以数字开头",
                en="write `(?P<name>…)`; a name is letters, digits and `_`, and begins with no digit",
            ),
        ),
        "duplicate-group": Reason(
            Entry(zh="抓取的名称 `{detail}` 出现了两次", en="there are two groups called `{detail}`"),
            Entry(zh="给其中一个换个名称", en="give one of them another name"),
        ),
        "missing-parenthesis": Reason(
            Entry(zh="缺少与 `{detail}` 配对的 `)`", en="the `)` for this `{detail}` is missing"),
            Entry(zh="补上 `)`；要匹配括号本身请写 `\\(`", en="add `)`; to find the sign itself write `\\(`"),
        ),
        "unexpected-parenthesis": Reason(
            Entry(zh="多了一个 `{detail}`", en="there is one `{detail}` too many"),
            Entry(zh="删去它；要匹配括号本身请写 `\\)`", en="delete it; to find the sign itself write `\\)`"),
        ),
        "missing-bracket": Reason(
            Entry(zh="缺少与 `{detail}` 配对的 `]`", en="the `]` for this `{detail}` is missing"),
            Entry(
                zh="补上 `]`；要匹配方括号本身请写 `\\[`", en="add `]`; to find the sign itself write `\\[`"
            ),
        ),
        "nothing-to-repeat": Reason(
            Entry(zh="`{detail}` 前面没有可重复的内容", en="`{detail}` has nothing to repeat"),
            Entry(
                zh="任意文字写作 `.*`；要匹配符号本身，请在前面加反斜杠，例如 `\\*`、`\\?`",
                en="any text is `.*`; to find the sign itself put a backslash before it, as `\\*` or `\\?`",
            ),
        ),
        "double-repetition": Reason(
            Entry(zh="重复符号 `{detail}` 不能连用", en="`{detail}` repeats a repetition"),
            Entry(
                zh="只留一个；要匹配符号本身，请在前面加反斜杠，例如 `\\*`、`\\?`",
                en="leave one; to find the sign itself put a backslash before it, as `\\*` or `\\?`",
            ),
        ),
        "repetition-size": Reason(
            Entry(
                zh="重复次数 `{detail}` 不可用（最多 1000）",
                en="the repetition `{detail}` is not usable (1000 at most)",
            ),
            Entry(
                zh="小的在前，都不超过 1000，例如 `{{2,10}}`",
                en="the smaller number comes first, and none is above 1000, as in `{{2,10}}`",
            ),
        ),
        "nested-repetition": Reason(
            Entry(
                zh="这里套着重复，加上 `{detail}` 次数相乘超过了 1000",
                en="with `{detail}` the repetitions within each other come to more than 1000",
            ),
            Entry(
                zh="减少其中一层的次数，或改用 `*`、`+`",
                en="make one of the numbers smaller, or use `*` or `+`",
            ),
        ),
        "escape": Reason(
            Entry(zh="不认识 `{detail}`", en="the escape `{detail}` is unknown"),
            Entry(
                zh="字母和数字前面不加反斜杠；要匹配反斜杠本身请写 `\\\\`",
                en="letters and digits take no backslash; to find a backslash itself write `\\\\`",
            ),
        ),
        "needless-backslash": Reason(
            Entry(zh="`{detail}` 前面的反斜杠是多余的", en="the backslash of `{detail}` is not needed"),
        ),
        "trailing-backslash": Reason(
            Entry(zh="结尾多了一个 `{detail}`", en="it ends in a lone `{detail}`"),
            Entry(
                zh="删去它；要匹配反斜杠本身请写 `\\\\`",
                en="delete it; to find a backslash itself write `\\\\`",
            ),
        ),
        "class-range": Reason(
            Entry(zh="字符范围 `{detail}` 不可用", en="the range `{detail}` is not usable"),
            Entry(
                zh="范围从小到大写，例如 `a-z`；减号本身请放在方括号的最后",
                en="a range goes from the smaller to the larger, as `a-z`; a minus sign itself comes last in the brackets",
            ),
        ),
        "unknown-class": Reason(
            Entry(zh="不认识字符类 `{detail}`", en="the character class `{detail}` is unknown"),
            Entry(
                zh="汉字是 `\\p{{Han}}`，字母 `\\p{{L}}`，数字 `\\p{{N}}`，标点 `\\p{{P}}`",
                en="Chinese characters are `\\p{{Han}}`, letters `\\p{{L}}`, digits `\\p{{N}}`, punctuation `\\p{{P}}`",
            ),
        ),
        "single-byte": Reason(
            Entry(
                zh="`{detail}` 会把一个字切成字节，不可用", en="`{detail}` would cut characters into bytes"
            ),
            Entry(zh="任意一个字写作 `.`", en="any one character is `.`"),
        ),
        "surrogate": Reason(
            Entry(zh="`{detail}` 不是字符", en="`{detail}` is no character"),
            Entry(zh="删去它", en="delete it"),
        ),
        "too-large": Reason(
            Entry(zh="表达式太大", en="it is too large"),
            Entry(
                zh="减少重复次数，或拆成几个表达式写进列表：`matches [/…/, /…/]`",
                en="repeat less, or divide it into several in a list: `matches [/…/, /…/]`",
            ),
        ),
    }
)
"""By the kind of refusal (``regex.refusal``)."""
