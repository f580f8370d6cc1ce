"""PRX101 wrong-encoding."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Wording
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic

LOOKS_LIKE = Entry(zh="，看起来是 {encoding}", en="; it looks like {encoding}")


class WrongEncoding(Diagnostic, frozen=True):
    """A file in another encoding than UTF-8.

    What: The bytes of a file are no UTF-8; mostly an editor saved it as GBK or UTF-16.
    Why: In another encoding the same bytes are other characters, so what the rules say could only be guessed.
    Wrong:
        # saved as GBK
        rule leave when text contains "请假" then drop
    Right:
        # saved as UTF-8
        rule leave when text contains "请假" then drop
    Fix: Choose "Save as" in your editor and UTF-8 as the encoding. Notepad has that choice at the bottom of the
        dialogue.
    """

    page_zh = """
    文件不是用 UTF-8 编码保存的。

    是什么：编码是把文字存成文件的方式。这个文件不是 UTF-8，多半是编辑器用 GBK（旧版记事本里叫 ANSI）或
        UTF-16（叫 Unicode）保存的。
    为什么：编码不对，同样的内容会变成别的字，规则写的是什么就只能猜了。
    错误写法：
        # 用 GBK 保存
        rule leave when text contains "请假" then drop
    正确写法：
        # 用 UTF-8 保存
        rule leave when text contains "请假" then drop
    怎么改：用编辑器打开文件，选“另存为”，把“编码”选成 UTF-8 再保存。记事本的编码选项在保存对话框的下方。
    """

    code = "PRX101"
    severity = "error"
    sentence = Entry(
        zh="`{file}` 不是以 UTF-8 编码保存的（从第 {offset} 个字节起）{guess}",
        en="`{file}` is not UTF-8 (from byte {offset} on){guess}",
    )
    advice = Entry(
        zh="在编辑器里选“另存为”，编码选 UTF-8，再保存一次",
        en='choose "save as" in your editor and UTF-8 as the encoding',
    )

    file: str
    offset: int
    """Of the first byte that is no UTF-8."""
    encoding: str | None
    """What it is probably written in."""

    @property
    def guess(self) -> Wording | str:
        """The encoding, for people."""
        return "" if self.encoding is None else Wording(LOOKS_LIKE, {"encoding": self.encoding})
