"""PRX204 outside-folder."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class OutsideFolder(Diagnostic, frozen=True):
    """A file that lies outside the folder of the rules.

    What: A path leads out of the folder that holds the entry file, directly or by a link.
    Why: A set of rules is one folder that can be copied, reviewed and kept in version control; and rules that somebody
        sends you cannot read other files of your machine.
    Wrong:
        use "../people.rules"
        otherwise drop
    Right:
        use "people.rules"
        otherwise drop
        # file: people.rules
        rule known when sender is "u1001" then drop
    Fix: Move the file into the folder of the entry file, or one below, and write its new path, as in ``use
        "people.rules"``.
    """

    page_zh = """
    文件在规则文件夹外面。

    是什么：路径直接或通过链接指到了入口文件所在文件夹的外面。
    为什么：一套规则就是一个文件夹，可以整个复制、检查、保存版本；别人发给您的规则也因此读不到您电脑上的其他
        文件。
    怎么改：把文件移到入口文件所在的文件夹里（可以放在子文件夹），再改写路径，例如 `use "people.rules"`。
    """

    code = "PRX204"
    severity = "error"
    sentence = Entry(
        zh="`{file}` 在规则文件夹 `{folder}` 之外",
        en="`{file}` lies outside the folder of the rules, `{folder}`",
    )
    advice = Entry(
        zh='把文件移到入口文件所在的文件夹里，再写成 `"{name_alone}"`',
        en='move the file into the folder of the entry file and write `"{name_alone}"`',
    )

    file: str
    folder: str

    @property
    def name_alone(self) -> str:
        """The name of the file without its folder."""
        return self.file.rstrip("/").rpartition("/")[2]
