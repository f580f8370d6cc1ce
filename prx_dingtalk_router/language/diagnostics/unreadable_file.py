"""PRX100 unreadable-file."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UnreadableFile(Diagnostic, frozen=True):
    """A file that is named in the rules and cannot be read.

    What: The file of a ``use`` or of a list's ``lines`` is missing, is a folder, or must not be read.
    Why: Rules that lack a part of themselves would decide otherwise than their writer means.
    Wrong:
        use "peple.rules"
        otherwise drop
        # file: people.rules
        rule known when sender is "u1001" then drop
    Right:
        use "people.rules"
        otherwise drop
        # file: people.rules
        rule known when sender is "u1001" then drop
    """

    code = "PRX100"
    severity = "error"
    sentence = Entry(zh="无法读取 `{file}`：{why}", en="`{file}` cannot be read: {why}")
    advice = Entry(
        zh="检查文件名和路径；路径相对于写着它的那个文件",
        en="check the name; paths are relative to the file that names them",
    )

    file: str
    why: Text | str
