"""Marks of reactions in every journal: what is marked is there, in order, whatever happens between."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import EntryKey, MemoryJournal, NewEntry, SqliteJournal
from prx_dingtalk_router.delivery.journal import ReactionMark
from prx_dingtalk_router.message import Message

KEYS = st.builds(EntryKey, st.sampled_from(["bot", "机器人"]), st.sampled_from(["m1", "m2", "a\"',"]))
MARKS = st.builds(
    ReactionMark,
    KEYS,
    st.just("cid=="),
    st.sampled_from(["🤔思考中", "🤔Thinking"]),
    st.integers(0, 9),
    st.integers(0, 3),
)
HAPPENINGS = st.lists(st.one_of(MARKS, KEYS), max_size=12)


async def test_a_mark_is_kept_until_it_is_taken_back(journal):
    """A second one for the same message takes the place of the first; one that is not there can be taken back too."""
    first = ReactionMark(EntryKey("bot", "m1"), "cid==", "🤔思考中", 5)
    again = ReactionMark(first.key, "cid==", "🤔思考中", 5, tries=1)
    other = ReactionMark(EntryKey("bot", "m2"), "cid==", "🤔Thinking", 4)
    for mark in (first, again, other):
        await journal.mark_reaction(mark)
    assert list(await journal.reactions()) == [other, again]
    assert list(await journal.reactions(1)) == [other]
    await journal.unmark_reaction(first.key)
    await journal.unmark_reaction(first.key)
    assert list(await journal.reactions()) == [other]


async def test_a_mark_outlives_its_message(journal):
    """It is there however long ago the message was removed: what it names may still be seen."""
    mark = ReactionMark(EntryKey("bot", "old"), "cid==", "🤔思考中", 1)
    await journal.mark_reaction(mark)
    decision = Decision(Message("new", "bot", "cid==", group=True), "sha256:0", None)
    await journal.store([NewEntry(decision, "{}", "dropped")], 10**13)
    assert list(await journal.reactions()) == [mark]


async def test_marks_are_there_after_a_restart(tmp_path):
    """They are on the disk once the call returns."""
    mark = ReactionMark(EntryKey("bot", "m1"), "cid==", "🤔思考中", 5)
    for found in ([], [mark]):
        journal = SqliteJournal(tmp_path / "j.db")
        await journal.claim()
        assert list(await journal.reactions()) == found
        await journal.mark_reaction(mark)
        await journal.close()


@pytest.mark.asyncio
@settings(max_examples=40, deadline=None)
@given(HAPPENINGS)
async def test_both_journals_hold_what_was_marked_last(happenings):
    """Of any marks set and taken back, those are there that were set and not taken back since, the oldest first."""
    with TemporaryDirectory() as folder:
        for journal in (MemoryJournal(), SqliteJournal(Path(folder) / "j.db")):
            await journal.claim()
            left: dict[EntryKey, ReactionMark] = {}
            for each in happenings:
                if isinstance(each, ReactionMark):
                    await journal.mark_reaction(each)
                    left[each.key] = each
                else:
                    await journal.unmark_reaction(each)
                    left.pop(each, None)
            wanted = sorted(left.values(), key=lambda mark: (mark.at_ms, mark.key))
            assert list(await journal.reactions()) == wanted
            await journal.close()
