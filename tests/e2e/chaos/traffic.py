"""What people write in a chaotic run, and what each kind of it may come to."""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

RULES = """language 1

rule spam
  when text starts with "代开发票"
  then drop "ads"

rule knock
  when text starts with "敲门"
  then reply "请进：{{ text }}"

rule seldom
  when text starts with "偶尔"
  then reply "有余：{{ text }}" at most 2 per 10m per sender
  else reply markdown "**满了** {{ text }}" mention

rule ask
  when text starts with "请教"
  then agent helpdesk timeout 8s progress reaction
  else reply "没有回答：{{ text }}"

rule ask-plainly
  when text starts with "问"
  then reply "收到：{{ text }}"
  then agent helpdesk progress reaction

rule long
  when text starts with "长"
  then agent helpdesk session per message

rule instead
  when text starts with "改"
  then agent helpdesk while busy replace progress reaction

rule more
  when text starts with "补"
  then agent helpdesk while busy merge progress reaction

rule hush
  when text starts with "急"
  then agent helpdesk while busy reply "正忙：{{ text }}"

rule stop
  when text starts with "停"
  then cancel
  then reply "停了：{{ text }}"

rule anew
  when text starts with "忘"
  then forget
  then reply "忘了：{{ text }}"

rule wordless
  when type is "file"
  then agent helpdesk

otherwise reply "没有这样的规则：{{ text }}"
denied    reply "没有权限"
"""

MARK = re.compile(r"#(\d+)(?:-(\d+))?")
"""The number of a message, which is in everything that is said of it; in long answers also that of the line."""

PEOPLE = ("u1001", "u1002", "u1003", "u1004", "u1005")
GROUP = "cidITHelpDesk2026A1=="
FILE = "文件"
"""A message without words."""

_Shown = frozenset[str]


@dataclass(frozen=True)
class Kind:
    """What one kind of message may come to.

    Attributes:
        weight: how often it is written.
        done: what the conversation may show of one that is done, by the words before its mark; any one of these sets.
        dropped: the reasons for which it may be dropped.
    """

    weight: float
    done: tuple[_Shown, ...] = ()
    dropped: frozenset[str] = frozenset()


_ANSWER = frozenset({"答"})
_STOPPED = frozenset({"cancelled", "replaced"})

KINDS: Mapping[str, Kind] = {
    "代开发票": Kind(1, dropped=frozenset({"ads"})),
    "敲门": Kind(3, (frozenset({"请进"}),)),
    "随便": Kind(1, (frozenset({"没有这样的规则"}),)),
    "偶尔": Kind(1, (frozenset({"有余"}), frozenset({"满了"}))),
    "请教": Kind(3, (_ANSWER, frozenset({"没有回答"})), _STOPPED),
    "问": Kind(3, (frozenset({"收到", "答"}),), _STOPPED),
    "长": Kind(0.1, (_ANSWER,), _STOPPED),
    "改": Kind(1, (_ANSWER,), _STOPPED),
    "补": Kind(2, (_ANSWER, frozenset()), _STOPPED),
    "急": Kind(1, (_ANSWER, frozenset({"正忙"})), _STOPPED),
    "停": Kind(0.3, (frozenset({"停了"}),)),
    "忘": Kind(0.3, (frozenset({"忘了"}),)),
    FILE: Kind(0.3, dropped=_STOPPED | {"empty message"}),
}


@dataclass(frozen=True)
class Written:
    """A message of a person."""

    number: int
    kind: str
    person: str
    conversation: str
    at: int


class Traffic:
    """Writes messages of every kind.

    Args:
        world: where to.
        chance: what decides which.
    """

    def __init__(self, world: Any, chance: random.Random) -> None:
        self._world = world
        self._chance = chance
        self._number = 0
        self.written: dict[str, Written] = {}
        world.dingtalk.observe(self._note)

    def write(self) -> None:
        """Somebody writes something."""
        self._number += 1
        kind = self._chance.choices([*KINDS], [kind.weight for kind in KINDS.values()])[0]
        person, group = self._chance.choice(PEOPLE), self._chance.choice((None, GROUP))
        if kind == FILE:  # files reach a robot in private chats only
            self._world.say("", person, None, type="file", file_name=f"{FILE} #{self._number}.pdf")
        else:
            self._world.say(f"{kind} #{self._number}", person, group)

    def _note(self, event: Any) -> None:
        if type(event).__name__ == "Wrote" and event.line.author == "person":
            line, number = event.line, self._number
            kind = line.text.partition(" #")[0] or FILE
            self.written[line.msg_id] = Written(number, kind, line.staff_id, line.conversation_id, line.at)


def answering(lines: int) -> Callable[[Any], Awaitable[str]]:
    """What the agent answers: of a long one so many lines of a thousand bytes, which are numbered."""

    async def answer(request: Any) -> str:
        if not request.message.startswith("长"):
            return f"答：{request.message}"
        (number, _) = MARK.findall(request.message)[0]
        return "\n\n".join(f"答：#{number}-{line} {'长' * 330}" for line in range(1, lines + 1))

    return answer


def words_before(mark: re.Match[str], text: str) -> str:
    """The first word of the line in which a mark stands."""
    line = text[text.rfind("\n", 0, mark.start()) + 1 : mark.start()]
    found = re.search(r"\w+", line)
    return found[0] if found else ""
