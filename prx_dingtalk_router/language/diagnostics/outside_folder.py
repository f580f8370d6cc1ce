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
    """

    code = "PRX204"
    severity = "error"
    sentence = Entry(
        zh="`{file}` 在规则文件夹 `{folder}` 之外",
        en="`{file}` lies outside the folder of the rules, `{folder}`",
    )
    advice = Entry(zh="把文件移到入口文件所在的文件夹里", en="move it into the folder of the entry file")

    file: str
    folder: str
