"""PRX504 no-such-group."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.fix import Fix
from prx_dingtalk_router.language.diagnostics.phrases import (
    declared_here,
)
from prx_dingtalk_router.language.diagnostics.renaming import renaming
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.templates import TemplateProblem


class NoSuchGroup(Diagnostic, frozen=True):
    """A capture that no expression of the rule has.

    What: A template uses ``match.NAME``, and no ``matches`` of the rule's condition has a group of that name.
    Why: There is nothing that could be shown there.
    Wrong:
        rule ticket when text matches /(?P<number>[0-9]+)/ then reply "ticket {{ match.numbr }}"
    Right:
        rule ticket when text matches /(?P<number>[0-9]+)/ then reply "ticket {{ match.number }}"
    """

    code = "PRX504"
    severity = "error"
    sentence = Entry(zh="{what}", en="{what}")
    advice = Entry(
        zh="在这条规则的 `matches` 表达式里写出 `(?P<名称>…)`，或改用已有的名称",
        en="write `(?P<name>…)` in a `matches` expression of this rule, or use a name that is there",
    )

    problem: TemplateProblem
    places: tuple[Span, ...]
    """Where it stands, as far as that can be told."""
    template: Span | None
    """Where the template is declared, if not at the place of its use."""

    @property
    def what(self) -> Text:
        """What is wrong, for people."""
        return self.problem.text()

    @property
    def related(self) -> tuple[Related, ...]:
        """The declaration of the template."""
        return declared_here(self.template) if self.template is not None else ()

    def fix(self) -> Fix | None:
        """Write the name that was probably meant."""
        return renaming(self.problem, self.places)
