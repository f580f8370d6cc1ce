"""Every problem has a sentence in both languages."""

from __future__ import annotations

import re

import pytest

from prx_dingtalk_router.catalogue import LANGUAGES, Language
from prx_dingtalk_router.catalogue.templates import MESSAGES
from prx_dingtalk_router.templates import TemplateNames, TemplateProblem, TemplateProblemKind, check_template
from prx_dingtalk_router.templates.constructs import CONSTRUCTS
from prx_dingtalk_router.templates.filters import FILTERS

EVERY = [
    *(
        TemplateProblem(kind, 1, "x", "y")
        for kind in TemplateProblemKind
        if kind not in {TemplateProblemKind.FORBIDDEN, TemplateProblemKind.FILTER_ARGUMENTS}
    ),
    *(
        TemplateProblem(TemplateProblemKind.FORBIDDEN, 1, name)
        for name in {*CONSTRUCTS.values(), "raw", "constant", "other"}
    ),
    *(TemplateProblem(TemplateProblemKind.FILTER_ARGUMENTS, 1, name) for name in FILTERS),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_sentence(language: Language) -> None:
    """Each kind, each construct and each filter is worded, with all its fields filled."""
    for problem in EVERY:
        assert problem.text().render(language)


def test_both_languages_use_the_same_fields() -> None:
    """A sentence needs the same values in Chinese and in English."""
    for key, entry in MESSAGES.items():
        fields = [
            sorted(re.findall(r"(?<!\{)\{(\w+)\}", template.replace("{{", "").replace("}}", "")))
            for template in (entry.zh, entry.en)
        ]
        assert set(fields[0]) == set(fields[1]), key


def test_a_sentence_names_the_culprit_and_the_cure() -> None:
    """The name that was written and the one that was meant both stand in the sentence."""
    (problem,) = check_template("{{ sender.nick }}", names=TemplateNames())
    for language in LANGUAGES:
        said = problem.text().render(language)
        assert "sender.nick" in said
        assert "sender.name" in said
