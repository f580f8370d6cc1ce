"""What the diagnostics about templates have in common: the problem that ``templates`` found, and where."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry, Text
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic, Related
from prx_dingtalk_router.language.diagnostics.fix import Fix
from prx_dingtalk_router.language.diagnostics.phrases import declared_here
from prx_dingtalk_router.language.diagnostics.renaming import renaming
from prx_dingtalk_router.language.source import Span
from prx_dingtalk_router.templates import TemplateProblem


class InTemplate(Diagnostic, frozen=True):
    """Something that is wrong with a template."""

    sentence = Entry(zh="{what}", en="{what}")

    problem: TemplateProblem
    places: tuple[Span, ...] = ()
    """Where what it is about is written, as far as that can be told."""
    template: Span | None = None
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
