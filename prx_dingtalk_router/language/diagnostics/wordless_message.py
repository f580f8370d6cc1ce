"""PRX606 wordless-message."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording, text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.source import Span

MessageKind = Literal["picture", "file", "video", "audio", "sticker", "mention"]
"""The kinds of messages that may come without words."""


EXAMPLES: Mapping[str, Entry] = MappingProxyType(
    {
        "picture": Entry(zh="一张图片", en="a picture"),
        "file": Entry(zh="一个文件", en="a file"),
        "video": Entry(zh="一段视频", en="a video"),
        "audio": Entry(zh="一段没有识别出文字的语音", en="a voice message that was not understood"),
        "sticker": Entry(zh="一个表情", en="a sticker"),
        "mention": Entry(zh="只 @ 了机器人", en="a bare mention of the robot"),
    }
)
"""Such messages, for people."""


class WordlessMessage(Diagnostic, frozen=True):
    """A message without words that ends at an agent.

    What: A picture, a file, a video, a sticker, a voice message that was not understood or a bare mention can come as far
        as a step that hands it to an agent, and the step says nothing else to the agent.
    Why: An agent is told words. Where there are none it is not asked, and who sent the message hears only that words are
        needed, which your rules can say better.
    Wrong:
        otherwise agent helpdesk
    Right:
        rule wordless
          when text is empty and quoted is empty
          then reply "我只看得懂文字，请用文字描述一下。"
        otherwise agent helpdesk
    Fix: Add a rule before it, ``when text is empty and quoted is empty then reply "Please describe it in
        words."``, or write ``else reply "…"`` behind this ``agent``.
    """

    page_zh = """
    没有文字的消息会交给智能体。

    是什么：图片、文件、视频、表情、没听清的语音，或者只 @ 了机器人的消息，会走到交给智能体的步骤，而这一步
        没有另外告诉智能体什么。
    为什么：智能体只看得懂文字。没有文字就不会去问它，发消息的人只会看到一句“需要文字”的提示；这句话由您的规
        则来说更好。
    怎么改：在前面加一条规则：`when text is empty and quoted is empty then reply "请用文字描述一下。"`；或在
        这个 `agent` 后面写 `else reply "请用文字描述一下。"`。
    """

    code = "PRX606"
    severity = "warning"
    sentence = Entry(
        zh="没有文字的消息（例如{example}）会走到智能体 `{agent}`，而它什么也听不到",
        en="a message without words ({example}, for instance) ends at the agent `{agent}`, which has nothing to be told",
    )
    advice = Entry(
        zh='给它一个回答：在这个 `agent` 后面写 `else reply "请用文字描述一下。"`，或在前面写一条规则，条件是 `text is empty and quoted is empty`',
        en='give it an answer: `else reply "Please describe it in words."` behind this `agent`, or a rule before it with the condition `text is empty and quoted is empty`',
    )

    agent: str
    kind: MessageKind
    others: tuple[Span, ...]
    """Further places where such a message can end."""

    @property
    def example(self) -> Wording:
        """Such a message, for people."""
        return Wording(EXAMPLES[self.kind])

    @property
    def related(self) -> tuple[Related, ...]:
        """The further places."""
        return tuple(Related(span, text("language.related.here-too")) for span in self.others)
