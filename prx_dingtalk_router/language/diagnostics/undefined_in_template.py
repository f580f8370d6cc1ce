"""PRX503 undefined-in-template."""

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


class UndefinedInTemplate(Diagnostic, frozen=True):
    """A name that templates do not know.

    What: A template uses a name for which a message has no value, or ``failure`` where nothing has failed.
    Why: The reply would have a hole there, and what was meant to be said would be missing.
    Wrong:
        rule hello when text is "hello" then reply "hello {{ sender_name }}"
    Right:
        rule hello when text is "hello" then reply "hello {{ sender.name }}"
    """

    code = "PRX503"
    severity = "error"
    sentence = Entry(zh="{what}", en="{what}")
    advice = Entry(
        zh="可用的名称：`text`、`quoted`、`type`、`sender.id`、`sender.name`、`conversation.id`、`conversation.title`、`conversation.kind`、`pictures`、`robot`、`file.name`、`match.名称`、`now`、`rule.name`，以及 `else` 里的 `failure`",
        en="the names are `text`, `quoted`, `type`, `sender.id`, `sender.name`, `conversation.id`, `conversation.title`, `conversation.kind`, `pictures`, `robot`, `file.name`, `match.NAME`, `now`, `rule.name`, and `failure` after `else`",
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
