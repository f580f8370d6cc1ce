"""PRX116 misplaced-version."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class MisplacedVersion(Diagnostic, frozen=True):
    """A ``language`` line that is not the first declaration of its file.

    What: ``language`` comes after another declaration, or a second time.
    Why: It says how the whole file is read, so it has to be read first.
    Wrong:
        otherwise drop
        language 1
    Right:
        language 1
        otherwise drop
    Fix: Move ``language 1`` to the top of the file and keep it once. Comments may stand before it.
    """

    page_zh = """
    `language` 没有写在文件最前面。

    是什么：`language` 前面已经有别的语句，或者写了两次。
    为什么：它说明整个文件按哪个版本读，所以必须最先读到。
    怎么改：把 `language 1` 移到文件第一行，只留一处。注释可以在它前面。
    """

    code = "PRX116"
    severity = "error"
    sentence = Entry(
        zh="`language` 必须是文件的第一条语句", en="`language` must be the first declaration of its file"
    )
    advice = Entry(zh="把这一行移到文件最前面，只写一次", en="move it to the top of the file, once")
