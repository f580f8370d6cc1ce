"""PRX403 never-holds."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

Contradiction = Literal["title-in-private", "words-of-type", "file-of-type", "picture-of-type"]

ADVICE: dict[Contradiction | None, Entry] = {
    None: Entry(
        zh="条件里有互相矛盾的部分；多半是该用 `or` 的地方写了 `and`",
        en="parts of it contradict each other; often `or` was meant where `and` is written",
    ),
    "title-in-private": Entry(
        zh="单聊没有群名；要看群名就去掉 `private`",
        en="private chats have no title; to go by the title, take `private` out",
    ),
    "words-of-type": Entry(
        zh='图片、视频、文件、表情消息没有文字；图文混排是 `type is "richText"`，带图片的消息用 `pictured`',
        en='pictures, videos, files and stickers have no words; text with pictures is `type is "richText"`, any message with a picture `pictured`',
    ),
    "file-of-type": Entry(
        zh='只有文件消息有文件名：写 `type is "file"`，或去掉 `type`',
        en='only files have a file name: write `type is "file"`, or leave `type` out',
    ),
    "picture-of-type": Entry(
        zh='带图片的消息是 `"picture"` 或 `"richText"` 类型；只写 `pictured` 就够了',
        en='messages with pictures are of the type `"picture"` or `"richText"`; `pictured` alone is enough',
    ),
}


class NeverHolds(Diagnostic, frozen=True):
    """A condition that no message can fulfil.

    What: Parts of the condition contradict each other, whichever message comes: two values of one field, or words of a picture,
        the name of a file that is none, the title of a private chat.
    Why: The rule never takes a message. Mostly `and` was written where `or` was meant: a message that contains one thing
        "and" another is rarer than one that contains either.
    Wrong:
        rule team when sender is "u1001" and sender is "u1002" then agent helpdesk
    Right:
        rule team when sender in ["u1001", "u1002"] then agent helpdesk
    Fix: Write ``or`` for the ``and``, or a list: ``sender in ["u1001", "u1002"]``. Pictures with words are ``type is
        "richText"``, or any message with a picture ``pictured``.
    """

    page_zh = """
    条件永远不可能成立。

    是什么：条件里的几部分互相矛盾，什么消息都满足不了：同一个字段要同时是两个值，或者要图片消息里有文字、不是文件的
        消息有文件名、单聊有群名。
    为什么：这条规则接不到任何消息。多半是该写 `or` 的地方写了 `and`：`and` 要求两边同时成立，一条消息不可能
        同时来自两个人。
    怎么改：把 `and` 改成 `or`，或写成列表：`sender in ["u1001", "u1002"]`。图文混排的消息是 `type is "richText"`，
        带图片的消息用 `pictured`。
    """

    code = "PRX403"
    severity = "warning"
    sentence = Entry(
        zh="规则 `{rule}` 的条件永远不成立", en="the condition of the rule `{rule}` can never hold"
    )
    advice = Entry(zh="{what_to_do}", en="{what_to_do}")

    rule: str
    why: Contradiction | None = None
    """What DingTalk never sends together; None where the parts contradict each other by themselves."""

    @property
    def what_to_do(self) -> Wording:
        """What to do, for people."""
        return Wording(ADVICE[self.why])
