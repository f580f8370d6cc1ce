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
    """

    code = "PRX202"
    severity = "error"
    sentence = Entry(zh="{what} `{found}` 声明了两次", en="the {what} `{found}` is declared twice")
    advice = Entry(zh="改名，或删去其中一个", en="rename or remove one of the two")

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
