"""PRX326 unknown-type."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic
from prx_dingtalk_router.language.diagnostics.fix import SUGGESTED, Fix
from prx_dingtalk_router.language.diagnostics.phrases import did_you_mean
from prx_dingtalk_router.message.types import MESSAGE_TYPES


class UnknownType(Diagnostic, frozen=True):
    """A type that no message is known to have.

    What: ``type`` is compared with a word that is not the name of a type of messages, or a test gives a message that type.
    Why: Types are compared exactly, capitals included, with the names that DingTalk gives them. With any other word the
        comparison never holds, and the rule never takes the messages that it was written for.
    Wrong:
        rule picture when type is "图片" then reply "请用文字描述一下。"
    Right:
        rule picture when type is "picture" then reply "请用文字描述一下。"
    Fix: A picture is ``"picture"``, a voice message ``"audio"``, a video ``"video"``, a file ``"file"``, plain
        text ``"text"``, text with pictures ``"richText"``.
    """

    page_zh = """
    没有这种消息类型。

    是什么：`type` 和一个不是消息类型的词比较，或者测试给消息写了这样的类型。
    为什么：类型要和钉钉的叫法一字不差，大小写也一样。写成别的词，条件永远不成立，规则接不到想接的消息。
    怎么改：图片写 `"picture"`，语音 `"audio"`，视频 `"video"`，文件 `"file"`，文字 `"text"`，图文混排
        `"richText"`。
    """

    code = "PRX326"
    severity = "warning"
    sentence = Entry(
        zh="没有听说过消息类型 `{found}`{hint}", en="there is no known type of messages `{found}`{hint}"
    )
    advice = Entry(
        zh="已知的类型（大小写也要一致）：{types}", en="the known types, capitals included, are {types}"
    )

    found: str
    meant: str | None
    instead: str | None
    """What to write at the place, where it is known."""

    @property
    def types(self) -> tuple[str, ...]:
        """All known types."""
        return tuple(f"`{each}`" for each in MESSAGE_TYPES)

    @property
    def hint(self) -> Text:
        """What was probably meant."""
        return did_you_mean(self.meant)

    def fix(self) -> Fix | None:
        """Write the type that was meant; messages match then that did not before."""
        return Fix.replacing(self.span, self.instead, SUGGESTED) if self.instead is not None else None
