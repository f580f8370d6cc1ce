"""PRX606 wordless-message."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Text, text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.source import Span

MessageKind = Literal["picture", "file", "video", "audio", "sticker", "mention"]
"""The kinds of messages that may come without words."""


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
    def example(self) -> Text:
        """Such a message, for people."""
        return text(f"language.wordless.{self.kind}")

    @property
    def related(self) -> tuple[Related, ...]:
        """The further places."""
        return tuple(Related(span, text("language.related.here-too")) for span in self.others)
