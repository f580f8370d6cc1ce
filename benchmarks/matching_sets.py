"""Sets of rules and messages for the benchmarks of matching: synthetic ones of any size, and lifelike ones."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from prx_dingtalk_router.language import check_rules
from prx_dingtalk_router.language.ruleset import RuleSet
from prx_dingtalk_router.message import Message

WORDS = (
    "今天 下午 开会 报销 流程 发票 请问 怎么 办理 入职 手续 电脑 蓝屏 打印机 网络 连接 密码 重置 权限 申请 审批 合同 盖章 客户 投诉 订单 "
    "发货 物流 退款 库存 采购 供应商 会议室 预订 门禁 考勤 加班 调休 年假 工资 社保 公积金 体检 班车 食堂 访客 停车 快递 系统 登录 账号 "
    "please reset password thanks urgent server deploy release meeting order refund invoice travel laptop printer wifi network "
    "account login error timeout report budget contract"
).split()
"""What people write in the messages; rules are about other words, so that a message meets only the rules it is meant to."""

_HAN = [chr(point) for point in range(0x5000, 0x9000, 7)]
_LATIN = "bcdfghjklmnpqrstvwxz"


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a rule, in words that other programs have too.

    Args:
        kind: ``any`` (the text holds one of the values), ``regex`` (found in the text, case ignored), ``prefix`` (the text
            begins with it), ``sender`` (is that id), ``group`` (was written in a group).
        values: none for ``group``, one for all others but ``any``.
    """

    kind: str
    values: tuple[str, ...] = ()

    def written(self) -> str:
        """It in the rules language."""
        match self.kind:
            case "any" if len(self.values) == 1:
                return f'text contains "{self.values[0]}"'
            case "any":
                return f"text contains {listed(self.values)}"
            case "regex":
                return f"text matches /{self.values[0]}/i"
            case "prefix":
                return f'text starts with "{self.values[0]}"'
            case "sender":
                return f'sender is "{self.values[0]}"'
            case _:
                return "group"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule whose tests must all hold; ``meets`` is a text that fulfils it."""

    name: str
    tests: tuple[Test, ...]
    meets: str

    def written(self) -> str:
        """It in the rules language."""
        return (
            f'rule {self.name} when {" and ".join(test.written() for test in self.tests)} then reply "收到"'
        )

    @property
    def sender(self) -> str | None:
        """The id that its message must come from."""
        return next((test.values[0] for test in self.tests if test.kind == "sender"), None)

    @property
    def literals(self) -> tuple[str, ...]:
        """What it looks for in the text."""
        return tuple(value for test in self.tests if test.kind in ("any", "prefix") for value in test.values)


class MixedSet:
    """Rules as the issue mixes them: 40 % one ``contains``, 20 % lists with a flag, 30 % regexes, 10 % sender and prefix.

    Args:
        count: of rules.
        seed: the same gives the same.
    """

    def __init__(self, count: int, seed: int = 10) -> None:
        self._random = Random(seed)  # noqa: S311
        self._used: set[str] = set()
        kinds = ["contains"] * 4 + ["any"] * 2 + ["matches"] * 3 + ["sender"]
        self.rules = [self._rule(number, kinds[number % 10]) for number in range(count)]

    def written(self) -> str:
        """The set in the rules language."""
        return "\n".join([*(rule.written() for rule in self.rules), 'otherwise reply "请稍候"'])

    def message(self, rule: Rule | None = None, length: int = 55) -> Message:
        """A message of 40 to 70 characters that meets one rule, or none."""
        random = self._random
        words: list[str] = []
        wanted = length + random.randrange(-10, 10)
        while sum(map(len, words)) < wanted:
            words.append(random.choice(WORDS))
            if random.random() < 0.15:
                words.append(random.choice("，。！？ "))
        if rule is not None:
            words[0 if rule.sender else len(words) // 2] = f" {rule.meets} "
        text = " ".join(words) if random.random() < 0.2 else "".join(words)
        sender = (rule.sender if rule is not None else None) or f"person{random.randrange(500)}"
        return message(text.strip(), sender=sender, group=True, msg_id=f"msg{random.randrange(10**9)}")

    def _rule(self, number: int, kind: str) -> Rule:
        random = self._random
        match kind:
            case "contains":
                word = self._word()
                return Rule(f"r{number}", (Test("any", (word,)),), word)
            case "any":
                words = tuple(self._word() for _ in range(random.randrange(3, 9)))
                return Rule(f"r{number}", (Test("group"), Test("any", words)), words[-1])
            case "matches":
                word, other = self._word(), self._word()
                code = "".join(random.choices(_LATIN.upper(), k=5))
                source, meets = random.choice(
                    [
                        (f"{word}.*({other}|{self._word()})", f"{word}和{other}"),
                        (f"{word}\\d{{3,8}}", f"{word}20261"),
                        (f"(?:{word}|{other})\\s*[:：]?\\s*\\w+", f"{other}: x"),
                        (f"\\b{code}-\\d+", f"{code}-42"),
                    ]
                )
                return Rule(f"r{number}", (Test("regex", (source,)),), meets)
            case _:
                prefix = self._word()
                return Rule(
                    f"r{number}", (Test("sender", (f"user{number}",)), Test("prefix", (prefix,))), prefix
                )

    def _word(self) -> str:
        while True:
            random = self._random
            if random.random() < 0.6:
                word = "".join(random.choices(_HAN, k=random.randrange(2, 5)))
            else:
                word = "".join(random.choices(_LATIN, k=random.randrange(5, 9)))
            if word not in self._used:
                self._used.add(word)
                return word


TOPICS = [
    "报销 发票 出差 差旅", "请假 年假 调休 加班", "入职 离职 转正 合同", "工资 社保 公积金 个税", "电脑 笔记本 蓝屏 死机", "打印机 扫描 墨盒",
    "网络 wifi vpn 断网", "密码 账号 登录 锁定", "权限 审批 流程 申请", "会议室 投影 预订", "门禁 工牌 访客", "班车 停车 食堂", "客户 投诉 退款 赔付",
    "订单 发货 物流 快递", "库存 采购 供应商", "部署 发布 上线 回滚", "报警 故障 宕机 超时", "接口 文档 联调", "盖章 用印 法务", "培训 考试 证书",
]  # fmt: skip
ACTIONS = [
    "怎么 如何 怎样", "在哪 哪里 地址", "谁 找谁 联系人", "多久 几天 什么时候", "坏了 不行 失败", "忘了 丢了 找不到", "帮我 麻烦 请问", "急 马上 尽快",
    "修改 更换 换一个", "取消 撤回 作废",
]  # fmt: skip


class LifelikeSet:
    """What a help desk writes: rules of everyday words that many messages hold, some expressions, some people.

    Args:
        seed: the same gives the same.
    """

    def __init__(self, seed: int = 10) -> None:
        self._random = Random(seed)  # noqa: S311
        self.rules = [
            Rule(f"vip{n}", (Test("sender", (f"boss{n}",)), Test("any", ("急", "马上"))), "急")
            for n in range(5)
        ]
        self.rules.append(Rule("ticket", (Test("regex", (r"\b(?:OPS|REQ|INC)-\d+",)),), "OPS-42"))
        self.rules.append(Rule("phone", (Test("regex", (r"1[3-9]\d{9}",)),), "13800138000"))
        self.rules.append(
            Rule("money", (Test("group"), Test("regex", (r"\d+(?:\.\d+)?\s*(?:元|块|万)",))), "300元")
        )
        for at, topic in enumerate(TOPICS):
            words = tuple(topic.split())
            for number, action in enumerate(ACTIONS):
                asked = tuple(action.split())
                tests = (Test("any", words), Test("any", asked))
                if number % 3 == 2:
                    tests = (Test("regex", (f"({'|'.join(words)}).{{0,12}}({'|'.join(asked)})",)),)
                self.rules.append(Rule(f"t{at}a{number}", tests, words[0] + asked[0]))

    def written(self) -> str:
        """The set in the rules language."""
        return "\n".join([*(rule.written() for rule in self.rules), 'otherwise reply "请稍候"'])

    def message(self) -> Message:
        """Something that people write, of 10 to 70 characters."""
        random = self._random
        topic, other = random.choice(TOPICS).split(), random.choice(TOPICS).split()
        parts = [
            random.choice(["你好，", "在吗？", "各位好，", "", "hi "]),
            random.choice(topic),
            random.choice(["的事情", "又", "这边", "那个", "今天"]),
            random.choice(random.choice(ACTIONS).split()),
            random.choice(["？", "，谢谢", "。单号 OPS-42", "，花了300元", "！", "，电话 13800138000"]),
            random.choice(
                ["", "", f"另外{random.choice(other)}也看一下", " thanks a lot, please reply today"]
            ),
        ]
        sender = f"boss{random.randrange(8)}" if random.random() < 0.1 else f"person{random.randrange(500)}"
        return message(
            "".join(parts), sender=sender, group=random.random() < 0.5, msg_id=f"msg{random.randrange(10**9)}"
        )


def listed(values: Iterable[str]) -> str:
    """Strings as a list of the rules language."""
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


def message(text: str, **fields: object) -> Message:
    """A message with what every message has."""
    values = {
        "msg_id": "msg1", "robot": "dingbench", "conversation": "cid1", "group": False, "text": text, "sender": "person1",
        "sender_id": "$:LWCP_v1:$1", "sender_name": "小林", "created_at_ms": 1_788_200_000_000,
    }  # fmt: skip
    return Message(**{**values, **fields})  # type: ignore[arg-type]


def checked(text: str) -> RuleSet:
    """The checked rules of a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "main.rules"
        path.write_text(text, encoding="utf-8")
        result = check_rules(path)
    assert result.rules is not None, [
        each.message.render("en") for each in result.diagnostics if each.is_error
    ][:3]
    return result.rules
