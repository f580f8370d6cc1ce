"""No check fires on sets that are in order: made up as an operations person would write them, by a seed each.

``PRX_CLEAN_SETS`` is how many are tried; ``make test`` tries some.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from prx_dingtalk_router.language import CheckContext, check_rules

COUNT = int(os.environ.get("PRX_CLEAN_SETS", "100"))
AGENTS = ("helpdesk", "expenses", "tracker", "general", "hr-bot")
STAFF = tuple(f"u{number}" for number in range(1001, 1060))
CONVERSATIONS = tuple(f"cid{number:04}Xy9aQ==" for number in range(30))
WORDS = (
    "报销 发票 差旅 请假 加班 工资 社保 入职 离职 打印机 电脑 密码 网络 门禁 会议室 合同 采购 快递 食堂 班车 "
    "vpn wifi 邮箱 账号 权限 培训 考勤 年会 公积金 办公用品 名片 印章 预算 付款 借款 驻场 值班 巡检 投诉 建议"
).split()
NAMES = "财务 行政 人事 值班组 高管 法务 外包 it-staff vip testers".split()
GREETINGS = (
    "好的，马上处理。",
    "已收到，请稍候。",
    "请联系行政部。",
    "请填写表单后再来。",
    "{{ sender.name }}，您好！",
)


@dataclass(slots=True)
class CleanSet:
    """Writes one set: every name is used, no rule hides another, every message that nobody takes is answered.

    Args:
        seed: which one.
    """

    seed: int
    chance: random.Random = field(init=False)
    heads: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    words: list[str] = field(init=False)
    names: list[str] = field(init=False)
    people: list[str] = field(init=False)
    """Those that no list holds yet: each is in one place only."""

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311
        self.words = self.chance.sample(WORDS, len(WORDS))
        self.names = self.chance.sample(NAMES, len(NAMES))
        self.people = self.chance.sample(STAFF, len(STAFF))

    def text(self) -> str:
        """Return the set."""
        kinds: Sequence[Callable[[int], None]] = (
            self.words_rule,
            self.people_rule,
            self.group_rule,
            self.ticket_rule,
            self.hours_rule,
            self.dated_rule,
            self.picture_rule,
            self.share_rule,
            self.shadow_rule,
            self.either_rule,
            self.passing_rule,
            self.file_rule,
            self.commands_rule,
        )
        for number in range(self.chance.randint(1, 12)):
            self.chance.choice(kinds)(number)
        ends = (
            'otherwise agent general else reply "请用文字再说一遍。"',
            'otherwise reply "请说得详细一些。"',
            "otherwise drop",
        )
        denied = self.chance.choice(('denied reply "您还没有开通，请联系行政部。"\n', ""))
        return "\n".join(
            ["language 1", *self.heads, *self.rules, self.chance.choice(ends), denied, *self.tests]
        )

    # ---- what is drawn

    def word(self) -> str:
        """Give a word that nothing else asks for."""
        return self.words.pop()

    def some_words(self) -> str:
        """Give words as a value: one, or a list in place."""
        if self.chance.random() < 0.5:
            return f'"{self.word()}"'
        return f'["{self.word()}", "{self.word()}"]'

    def some_people(self) -> str:
        """Give people as a value."""
        return "[" + ", ".join(f'"{self.people.pop()}"' for _ in range(self.chance.randint(1, 3))) + "]"

    def agent(self) -> str:
        """Give a chain that begins with an agent."""
        step = f"agent {self.chance.choice(AGENTS)}"
        if self.chance.random() < 0.3:
            step += f' with "{self.chance.choice(("请用中文回答", "用户"))}：{{{{ text }}}}"'
        step += self.chance.choice(("", "", " timeout 120s", " session per sender"))
        step += self.chance.choice(("", "", " at most 5 per 1m per sender"))
        return f'{step}\n  else reply "现在有点忙，请稍后再试。"'

    def reply(self, *, group: bool = False) -> str:
        """Give a reply."""
        step = f'reply "{self.chance.choice(GREETINGS)}"'
        step += " mention" if group and self.chance.random() < 0.4 else ""
        return step + self.chance.choice(("", "", " at most 1 per 10m per sender", " at most 20 per 1h"))

    def step(self, *, group: bool = False) -> str:
        """Give what a rule does."""
        return self.agent() if self.chance.random() < 0.5 else self.reply(group=group)

    def rule(self, number: int, condition: str, step: str, *, shadow: bool = False) -> str:
        """Enter a rule; return its name."""
        name = f"r{number}"
        description = self.chance.choice(("", f' "第 {number} 条"'))
        self.rules.append(
            f"rule {name}{description}{' shadow' if shadow else ''}\n  when {condition}\n  then {step}"
        )
        return name

    # ---- rules

    def words_rule(self, number: int) -> None:
        """By words, of a list or in place."""
        if self.names and self.chance.random() < 0.5:
            name = self.names.pop()
            self.heads.append(f'list {name} = ["{self.word()}", "{self.word()}", "{self.word()}"]')
            value = name
        else:
            value = self.some_words()
        operator = self.chance.choice(("contains", "contains", "contains word", "starts with"))
        self.rule(number, f"text {operator} {value}", self.step())

    def people_rule(self, number: int) -> None:
        """By people."""
        self.rule(
            number, f"sender in {self.some_people()} and text contains {self.some_words()}", self.step()
        )

    def group_rule(self, number: int) -> None:
        """In groups, or in private."""
        where = self.chance.choice(("group", "private"))
        self.rule(number, f"{where} and text contains {self.some_words()}", self.step(group=where == "group"))

    def ticket_rule(self, number: int) -> None:
        """By an expression that captures."""
        prefix = "".join(self.chance.choices("ABCDEFGHJK", k=3)) + str(number)
        self.rule(
            number,
            rf"text matches /{prefix}-(?P<ticket>\d+)/",
            'agent tracker with "查 {{ match.ticket }}：{{ text }}"\n  else reply "{{ match.ticket }} 暂时查不到。"',
        )

    def hours_rule(self, number: int) -> None:
        """By the time of day, with tests that say when."""
        word = self.word()
        self.heads.append(f"hours open{number} = mon-fri 09:00-12:00 13:30-18:00, sat 10:00-12:00")
        name = self.rule(
            number, f'not during open{number} and text contains "{word}"', 'reply "下班了，明天再说。"'
        )
        self.tests.append(
            f'test "{number} 晚上" given "{word}在哪里？" at "2026-03-04 22:00" expect reply by {name}'
        )

    def dated_rule(self, number: int) -> None:
        """By dates to come."""
        self.heads.append(f"hours holiday{number} = 2027-02-05..2027-02-12")
        self.rule(number, f'during holiday{number} and text contains "{self.word()}"', 'reply "放假中。"')

    def picture_rule(self, number: int) -> None:
        """By the type of the message."""
        kind = self.chance.choice(("picture", "audio", "video", "file"))
        self.rule(
            number, f'type is "{kind}" and sender in {self.some_people()}', 'reply "请用文字描述一下。"'
        )

    def share_rule(self, number: int) -> None:
        """By a share of people."""
        percent = self.chance.choice(("10%", "0.5%", "50%"))
        self.rule(number, f"{percent} of senders and text contains {self.some_words()}", self.agent())

    def shadow_rule(self, number: int) -> None:
        """One that only watches."""
        self.rule(number, f"text contains {self.some_words()}", self.agent(), shadow=True)

    def either_rule(self, number: int) -> None:
        """By a condition with a name and parentheses."""
        self.heads.append(f"condition busy{number} = (group and mentioned) or sender in {self.some_people()}")
        other = f'(text starts with "{self.word()}" or text ends with "{self.word()}")'
        self.rule(number, f"busy{number} and {other}", self.step())

    def passing_rule(self, number: int) -> None:
        """One that says something and passes on."""
        self.rule(number, f"text contains {self.some_words()}", f"{self.reply()}\n  then next")

    def file_rule(self, number: int) -> None:
        """By the name of a file, or the conversation."""
        if self.chance.random() < 0.5:
            self.rule(number, f'file.name ends with ".x{number}"', 'reply "收到文件。"')
        else:
            conversation = CONVERSATIONS[number]
            self.rule(
                number,
                f'conversation is "{conversation}" and text contains "{self.word()}"',
                self.step(group=True),
            )

    def commands_rule(self, number: int) -> None:
        """Commands that are said exactly, with a test."""
        word = self.word()
        name = self.rule(
            number, f'text in ["/{word}", "/x{number}"]', 'forget\n  then reply "好的，重新开始。"'
        )
        self.tests.append(
            f'test "{number} 命令" given "/{word}" expect forget expect reply "好的，重新开始。" by {name}'
        )


def test_no_check_fires_on_a_set_that_is_in_order(tmp_path: Path) -> None:
    """Neither an error nor a warning nor a note, under a configuration that knows the agents and admits everybody."""
    entry = (tmp_path / "main.rules").resolve()
    entry.touch()
    fired = []
    for seed in range(COUNT):
        text = CleanSet(seed).text()
        named = frozenset(name for name in AGENTS if f"agent {name}" in text)
        context = CheckContext(agents=named, allowed_users=("*",), today=date(2026, 3, 2))
        result = check_rules(entry, context, overlay={entry: text}, base=tmp_path)
        fired += [(seed, each.code, each.span.text) for each in result.diagnostics]
    assert fired == []


def test_the_sets_use_what_the_language_has() -> None:
    """What is said of them is said of fields, operators, steps and declarations of many kinds."""
    written = "\n".join(CleanSet(seed).text() for seed in range(60))
    words = (
        "contains word|starts with|matches|during|senders|group|private|mentioned|shadow|next|forget|mention"
        "|at most|session per|timeout|with|list|hours|condition|denied|test|type is|file.name|conversation is"
    )
    assert [word for word in words.split("|") if word not in written] == []
