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
class Rule:
    """A rule of a set in the words that other programs need too: a literal, some of which one is held, a regex, or a sender.

    Args:
        name: of the rule.
        kind: ``contains``, ``any``, ``matches`` or ``sender``.
        values: literals; the source of the regex; sender and prefix.
        meets: a text that fulfils it.
    """

    name: str
    kind: str
    values: tuple[str, ...]
    meets: str

    def written(self) -> str:
        """It in the rules language."""
        match self.kind:
            case "contains":
                condition = f'text contains "{self.values[0]}"'
            case "any":
                condition = f"group and text contains {listed(self.values)}"
            case "matches":
                condition = f"text matches /{self.values[0]}/i"
            case _:
                sender, prefix = self.values
                condition = f'sender is "{sender}" and text starts with "{prefix}"'
        return f'rule {self.name} when {condition} then reply "收到"'


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
            words[0 if rule.kind == "sender" else len(words) // 2] = f" {rule.meets} "
        text = " ".join(words) if random.random() < 0.2 else "".join(words)
        sender = (
            rule.values[0] if rule is not None and rule.kind == "sender" else f"person{random.randrange(500)}"
        )
        return message(text.strip(), sender=sender, group=True, msg_id=f"msg{random.randrange(10**9)}")

    def _rule(self, number: int, kind: str) -> Rule:
        random = self._random
        match kind:
            case "contains":
                word = self._word()
                return Rule(f"r{number}", kind, (word,), word)
            case "any":
                words = tuple(self._word() for _ in range(random.randrange(3, 9)))
                return Rule(f"r{number}", kind, words, words[-1])
            case "matches":
                word, other = self._word(), self._word()
                source, meets = random.choice(
                    [
                        (f"{word}.*({other}|{self._word()})", f"{word}和{other}"),
                        (f"{word}\\d{{3,8}}", f"{word}20261"),
                        (f"(?:{word}|{other})\\s*[:：]?\\s*\\w+", f"{other}: x"),
                        (f"\\b{self._code()}-\\d+", ""),
                    ]
                )
                return Rule(f"r{number}", kind, (source,), meets or f"{source[2:].split('-')[0]}-42")
            case _:
                prefix = self._word()
                return Rule(f"r{number}", kind, (f"user{number}", prefix), prefix)

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

    def _code(self) -> str:
        return "".join(self._random.choices(_LATIN.upper(), k=5))


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
