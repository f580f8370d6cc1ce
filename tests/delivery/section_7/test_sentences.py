"""Every sentence of section 7 of the language has tests that hold it: the table below, read against the text and the tests."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[2]
LANGUAGE = TESTS.parent / "docs" / "language.md"

HELD: dict[str, tuple[str, ...]] = {
    "`agent NAME": (
        "delivery/test_dispatcher.py::test_an_agent_is_asked_and_its_answer_sent",
        "decision/test_rendering.py::test_an_agent_is_told_the_shown_text",
        "decision/test_rendering.py::test_a_quoted_message_comes_first_as_quote_lines",
        "decision/test_rendering.py::test_an_agent_is_told_of_each_picture",
        "decision/test_rendering.py::test_with_says_what_an_agent_is_told_instead",
    ),
    "`reply [markdown] TEMPLATE [mention [VALUE]]` | sends": (
        "delivery/test_dispatcher.py::test_a_reply_reaches_the_conversation_it_answers",
        "decision/test_rendering.py::test_mentions_are_for_groups_and_staff",
    ),
    "`forget` |": (
        "delivery/test_sessions.py::test_forget_begins_a_new_conversation",
        "delivery/section_7/test_sessions.py::test_forget_holds_over_a_restart",
    ),
    "`cancel` |": (
        "delivery/test_sessions.py::test_cancel_stops_what_runs_and_what_waits",
        "delivery/test_sessions.py::test_what_prx_does_not_let_be_stopped_is_still_answered",
        "delivery/section_7/test_sessions.py::test_cancel_is_for_this_sender_in_this_conversation",
        "delivery/test_restart.py::test_what_was_cancelled_stays_cancelled_after_a_restart",
    ),
    "`next` |": ("matching/test_router.py::test_next_performs_its_replies_and_goes_on",),
    '`drop ["reason"]` |': ("delivery/test_dispatcher.py::test_a_drop_says_its_reason",),
    "`TEMPLATE` is": ("language/test_grammar.py::test_every_form_of_a_step_is_accepted",),
    "A rule holds any number": ("delivery/section_7/test_chains.py::test_steps_are_performed_in_order",),
    "Anything else is an error": (
        "language/resolve/test_steps.py::test_a_misplaced_step_says_what_may_stand_there",
    ),
    "**Guard**": (
        "delivery/section_7/test_guards.py::test_a_guard_is_a_sliding_window",
        "delivery/section_7/test_guards.py::test_a_window_is_kept_in_the_journal",
        "delivery/section_7/test_guards.py::test_a_guard_has_one_counter_a_step_and_scope",
        "delivery/section_7/test_guards.py::test_only_performed_steps_count",
        "delivery/test_sliding_window.py::test_no_window_holds_more_than_its_guard_allows",
    ),
    "**Chains.**": (
        "delivery/section_7/test_chains.py::test_else_reply_and_else_drop_cover_every_failure",
        "delivery/section_7/test_chains.py::test_a_timeout_is_counted_from_dispatch",
    ),
    "Then the next `else` is tried": (
        "delivery/section_7/test_chains.py::test_the_first_performed_ends_the_chain",
        "delivery/test_chains.py::test_a_chain_ends_at_its_first_performed_entry",
    ),
    "`else reply` and `else drop` cover": (
        "delivery/section_7/test_chains.py::test_else_reply_and_else_drop_cover_every_failure",
        "delivery/section_7/test_chains.py::test_else_agent_is_passed_over_while_the_one_before_may_be_at_work",
        "delivery/test_next_action.py::test_the_laws_hold_whatever_happens",
    ),
    "After an `else` was performed": (
        "delivery/section_7/test_chains.py::test_after_an_else_a_late_answer_is_logged_not_sent",
        "delivery/section_7/test_chains.py::test_without_a_performed_else_a_late_answer_is_delivered",
        "delivery/test_next_action.py::test_a_late_answer_is_sent_only_if_nothing_was_done_instead",
    ),
    "The session stays busy": (
        "delivery/section_7/test_sessions.py::test_the_session_stays_busy_until_the_job_has_ended",
        "delivery/test_restart.py::test_a_late_turn_keeps_its_session_busy_over_a_restart",
    ),
    "A `reply` whose chain is exhausted": (
        "delivery/section_7/test_chains.py::test_a_reply_whose_chain_is_exhausted_is_skipped",
        "delivery/section_7/test_chains.py::test_an_agent_whose_chain_is_exhausted_is_limited_or_dead",
    ),
    "**Nobody is left in silence.**": (
        "delivery/test_silence.py::test_a_message_without_words_is_asked_for_words",
        "delivery/test_silence.py::test_an_else_knows_a_message_without_words",
    ),
    "A message that ends dead is told": (
        "delivery/test_silence.py::test_a_message_that_ends_dead_is_told",
        "delivery/test_silence.py::test_the_configuration_has_its_own_words",
        "delivery/test_silence.py::test_what_the_rule_says_is_enough",
        "delivery/test_silence.py::test_nothing_is_told_while_the_answer_may_come",
        "delivery/test_silence.py::test_a_restart_tells_nothing_twice",
    ),
    "What was said by steps before": ("delivery/test_silence.py::test_a_sender_is_told_only_in_silence",),
    "`session` decides": ("decision/test_session.py::test_a_session_is_named_by_what_it_holds",),
    "Default: `conversation`": (
        "language/semantics/test_binding.py::test_sessions_default_by_the_kind_of_conversation",
    ),
    "**While busy.**": (
        "delivery/test_turns.py::test_a_busy_session_says_its_reply_and_the_message_ends",
        "delivery/test_turns.py::test_what_is_stored_later_is_not_replaced",
    ),
    "What then becomes of the message": (
        "delivery/section_7/test_sessions.py::test_while_busy_is_said_by_the_step_of_the_new_message",
        "delivery/test_turns.py::test_who_is_not_asked_replaces_nobody",
    ),
    "`queue` (default)": (
        "delivery/test_sessions.py::test_messages_of_one_session_follow_each_other",
        "delivery/section_7/test_sessions.py::test_a_queue_is_bounded_but_a_restart_turns_nobody_away",
        "delivery/dispatch/test_places.py::test_who_was_turned_away_is_not_let_in_by_a_restart",
    ),
    "`replace` | takes": (
        "delivery/test_turns.py::test_replace_stops_what_runs_and_asks_after_it",
        "delivery/test_turns.py::test_replace_takes_the_place_of_what_waits",
        "delivery/test_turns.py::test_the_answer_of_what_cannot_be_stopped_is_not_sent",
    ),
    "`merge` | waits": (
        "delivery/test_merging.py::test_what_waits_is_asked_together",
        "delivery/test_merging.py::test_only_what_follows_and_says_merge_joins",
        "delivery/test_merging.py::test_no_more_is_put_together_than_fits",
    ),
    "`reply [markdown] TEMPLATE [mention [VALUE]]` | gets": (
        "delivery/test_turns.py::test_a_busy_session_says_its_reply_and_the_message_ends",
        "delivery/test_turns.py::test_a_reply_that_fails_gives_way_to_the_else",
    ),
    "Messages of one session are never": (
        "delivery/dispatch/test_any_course.py::test_order_and_once_only_hold_in_any_course_of_things",
        "delivery/test_merging.py::test_wherever_it_ends_each_is_asked_once",
        "delivery/test_turns.py::test_a_replaced_message_stays_replaced_after_a_restart",
        "delivery/test_turns.py::test_what_was_told_that_it_is_busy_is_not_asked_after_a_restart",
    ),
    "**Progress.**": (
        "delivery/dispatch/test_reactions_dispatched.py::test_it_is_seen_while_the_agent_works_and_gone_with_the_answer",
        "delivery/dispatch/test_reactions_dispatched.py::test_a_message_that_waits_for_its_session_shows_it_too",
        "delivery/dispatch/test_reactions_dispatched.py::test_it_is_gone_when_the_agent_fails",
        "delivery/dispatch/test_reactions_dispatched.py::test_it_is_gone_with_the_timeout",
        "delivery/dispatch/test_reactions_dispatched.py::test_it_is_gone_when_its_sender_cancels",
        "delivery/dispatch/test_reactions_left.py::test_the_end_takes_everything_away",
        "delivery/dispatch/test_reactions_left.py::test_what_was_left_is_taken_away",
        "delivery/dispatch/test_reactions.py::test_the_word_is_in_the_language_of_the_message",
    ),
    "With `progress none`": (
        "delivery/dispatch/test_reactions_dispatched.py::test_nothing_is_shown_without_the_option",
    ),
    "Without the option": (
        "language/semantics/test_binding.py::test_progress_comes_from_the_step_then_the_configuration",
    ),
    "A reaction is no reply": (
        "delivery/dispatch/test_reactions_dispatched.py::test_reactions_hinder_no_answer",
        "delivery/dispatch/test_reactions_dispatched.py::test_a_chain_of_agents_keeps_one",
        "delivery/dispatch/test_reactions.py::test_a_defect_is_logged_and_goes_no_further",
    ),
    "It costs two calls": (
        "delivery/dispatch/test_reactions.py::test_nothing_is_shown_when_only_the_reserve_is_left",
        "delivery/dispatch/test_reactions.py::test_an_answer_that_is_there_at_once_needs_none",
    ),
    "**Answers of agents**": (
        "delivery/test_titles.py::test_titles_are_the_first_line_as_it_is_shown",
        "delivery/test_splitting.py::test_bodies_stay_below_the_limit",
        "delivery/test_bodies.py::test_nobody_is_called_out_unasked",
    ),
    "`mention` is left out": ("decision/test_rendering.py::test_mentions_are_for_groups_and_staff",),
    "**What an agent is told**": (
        "decision/test_rendering.py::test_markers_from_people_are_made_harmless",
        "templates/test_markers.py::test_no_person_takes_part_in_a_marker",
    ),
    "A request over 65,536 bytes": (
        "delivery/section_7/test_chains.py::test_what_is_too_long_for_an_agent_fails",
    ),
    "Without `otherwise`": (
        "matching/test_router.py::test_without_otherwise_a_message_is_dropped_as_no_rule",
        "language/test_wrong.py::test_each_diagnostic_is_shown_by_a_set_of_its_name",
    ),
    "Without `denied`": ("matching/test_router.py::test_the_baseline_decides_before_any_rule",),
}
"""The beginning of each sentence, and of each row of a table, with the tests that hold it."""

SETTLED_ELSEWHERE = ("`progress",)
"""Beginnings of what has tables of its own."""


def sentences() -> list[str]:
    """The sentences and rows of section 7."""
    whole = LANGUAGE.read_text("utf-8")
    section = whole[whole.index("\n## 7. ") : whole.index("\n## 8. ")]
    found: list[str] = []
    for block in re.split(r"\n\n+", re.sub(r"```.*?```", "", section, flags=re.DOTALL)):
        lines = block.strip().splitlines()
        if lines and lines[0].startswith("|"):
            found += [line.removeprefix("| ") for line in lines[2:]]
        elif lines and not lines[0].startswith("#"):
            found += re.split(r"(?<=[.!?])\s+(?=[A-Z`*])", " ".join(lines))
    return found


def test_every_sentence_has_its_tests() -> None:
    """Each begins with one key of the table, and each key begins a sentence."""
    said = sentences()
    held = (*HELD, *SETTLED_ELSEWHERE)
    assert [each[:60] for each in said if not each.startswith(held)] == []
    assert [key for key in HELD if not any(each.startswith(key) for each in said)] == []


def test_every_test_of_the_table_is_there() -> None:
    """By its name, in the file that is named."""
    named = {each for tests in HELD.values() for each in tests}
    missing = []
    for each in sorted(named):
        path, _, name = each.partition("::")
        if not (TESTS / path).is_file() or f"def {name}" not in (TESTS / path).read_text("utf-8"):
            missing.append(each)
    assert missing == []
