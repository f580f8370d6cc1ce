"""Warnings about whole sets: one file a lint, one line here."""

from __future__ import annotations

from collections.abc import Callable

from prx_dingtalk_router.language.diagnostics import Diagnostics
from prx_dingtalk_router.language.lints.ascii_only_class import ascii_only_class
from prx_dingtalk_router.language.lints.asked_every_time import asked_every_time
from prx_dingtalk_router.language.lints.case_twice import case_twice
from prx_dingtalk_router.language.lints.chosen_name import chosen_name
from prx_dingtalk_router.language.lints.contained_literal import contained_literal
from prx_dingtalk_router.language.lints.doubled_backslash import doubled_backslash
from prx_dingtalk_router.language.lints.else_in_vain import else_in_vain
from prx_dingtalk_router.language.lints.entry_twice import entry_twice
from prx_dingtalk_router.language.lints.fixed_condition import fixed_condition
from prx_dingtalk_router.language.lints.folded_away import folded_away
from prx_dingtalk_router.language.lints.foreign_pattern import foreign_pattern
from prx_dingtalk_router.language.lints.foreign_placeholder import foreign_placeholder
from prx_dingtalk_router.language.lints.group_may_be_unset import group_may_be_unset
from prx_dingtalk_router.language.lints.guard_without_effect import guard_without_effect
from prx_dingtalk_router.language.lints.impossible_id import impossible_id
from prx_dingtalk_router.language.lints.linted_set import LintedSet
from prx_dingtalk_router.language.lints.literal_braces import literal_braces
from prx_dingtalk_router.language.lints.look_alike_names import look_alike_agents, look_alike_names
from prx_dingtalk_router.language.lints.lost_blanks import lost_blanks
from prx_dingtalk_router.language.lints.matches_everything import matches_everything
from prx_dingtalk_router.language.lints.may_be_empty import may_be_empty
from prx_dingtalk_router.language.lints.mention_in_private import mention_in_private
from prx_dingtalk_router.language.lints.mixed_and_or import mixed_and_or
from prx_dingtalk_router.language.lints.mixed_scripts import mixed_scripts
from prx_dingtalk_router.language.lints.never_passes import never_passes
from prx_dingtalk_router.language.lints.never_reached import never_reached
from prx_dingtalk_router.language.lints.no_otherwise import no_otherwise
from prx_dingtalk_router.language.lints.not_in_plain_text import not_in_plain_text
from prx_dingtalk_router.language.lints.not_or_not import not_or_not
from prx_dingtalk_router.language.lints.past_hours import past_hours
from prx_dingtalk_router.language.lints.same_agent import same_agent
from prx_dingtalk_router.language.lints.sender_not_admitted import sender_not_admitted
from prx_dingtalk_router.language.lints.span_without_time import span_without_time
from prx_dingtalk_router.language.lints.split_code_point import split_code_point
from prx_dingtalk_router.language.lints.test_without_time import test_without_time
from prx_dingtalk_router.language.lints.title_twice import title_twice
from prx_dingtalk_router.language.lints.unknown_calendar_year import unknown_calendar_year
from prx_dingtalk_router.language.lints.unknown_type import unknown_type
from prx_dingtalk_router.language.lints.unused_agent import unused_agent
from prx_dingtalk_router.language.lints.unused_name import unused_name
from prx_dingtalk_router.language.lints.wordless_message import wordless_message

Lint = Callable[[LintedSet, Diagnostics], None]

LINTS: tuple[Lint, ...] = (
    fixed_condition,
    never_reached,
    asked_every_time,
    no_otherwise,
    unused_agent,
    same_agent,
    sender_not_admitted,
    chosen_name,
    test_without_time,
    unused_name,
    look_alike_names,
    look_alike_agents,
    title_twice,
    entry_twice,
    contained_literal,
    lost_blanks,
    folded_away,
    mixed_scripts,
    matches_everything,
    not_in_plain_text,
    ascii_only_class,
    doubled_backslash,
    literal_braces,
    split_code_point,
    past_hours,
    span_without_time,
    unknown_calendar_year,
    group_may_be_unset,
    unknown_type,
    impossible_id,
    foreign_pattern,
    foreign_placeholder,
    mixed_and_or,
    mention_in_private,
    guard_without_effect,
    else_in_vain,
    may_be_empty,
    case_twice,
    never_passes,
    not_or_not,
    wordless_message,
)


def lint(linted: LintedSet, diagnostics: Diagnostics) -> None:
    """Report all that lints find in a set."""
    for each in LINTS:
        each(linted, diagnostics)
