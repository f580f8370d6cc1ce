"""PRX202 declared-twice."""

from __future__ import annotations

from typing import Literal

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.phrases import NameKind, first_here, kind_name
from prx_dingtalk_router.language.source import Span


class DeclaredTwice(Diagnostic, frozen=True):
    """A name that two declarations of one kind have, or a second ``otherwise`` or ``denied``.

    What: Two declarations of one kind have the same name; of ``otherwise`` and ``denied`` there is one in a set.
    Why: A name has one meaning in the whole set, in whichever file it is declared. Which of the two is meant by a use
        of it cannot be told.
    Wrong:
        list staff = ["u1001"]
        list staff = ["u1002"]
        rule known when sender in staff then drop
    Right:
        list staff = ["u1001", "u1002"]
        rule known when sender in staff then drop
    Fix: Make one declaration of the two, or give one of them another name, also where it is used.
    """

    page_zh = """
    同一个名称定义了两次。

    是什么：两条同类的语句用了同一个名称；`otherwise` 和 `denied` 一套规则里各只能有一条。
    为什么：一个名称在整套规则里只有一个意思，不管写在哪个文件。有两个，就不知道用的是哪一个。
    怎么改：两条说的是一回事就合成一条；不是一回事就给其中一条换个名称，用到它的地方也跟着改。
    """

    code = "PRX202"
    severity = "error"
    sentence = Entry(zh="{what} `{found}` 定义了两次", en="the {what} `{found}` is declared twice")
    advice = Entry(
        zh="给其中一个换名，或删去一个，例如把第二个改成 `{found}-2`，用到它的地方也跟着改",
        en="rename or remove one of the two; call the second `{found}-2`, for instance, also where it is used",
    )

    kind: NameKind | Literal["declaration"]
    found: str
    earlier: Span

    @property
    def what(self) -> Text:
        """The kind, for people."""
        return kind_name(self.kind)

    @property
    def related(self) -> tuple[Related, ...]:
        """The declaration before it."""
        return first_here(self.earlier)
