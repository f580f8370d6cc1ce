"""The journal: what was decided, and how far it is carried out."""

from prx_dingtalk_router.delivery.journal.call_days import CallDay
from prx_dingtalk_router.delivery.journal.changes import (
    Change,
    Discarded,
    Ended,
    Forgotten,
    Retried,
    RoomReturned,
    RoomTaken,
    StepChanged,
    StopAsked,
    TurnChanged,
)
from prx_dingtalk_router.delivery.journal.entry import (
    EarlierTry,
    Entry,
    EntryKey,
    Generation,
    GuardKey,
    Identity,
    Lane,
    NewEntry,
    Person,
    StepRecord,
    StepRef,
    StopReason,
    Stored,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.memory import MemoryJournal
from prx_dingtalk_router.delivery.journal.port import Journal
from prx_dingtalk_router.delivery.journal.reaction_mark import ReactionMark
from prx_dingtalk_router.delivery.journal.sent_words import SentWords
from prx_dingtalk_router.delivery.journal.sqlite import SqliteJournal
from prx_dingtalk_router.delivery.journal.states import EntryState

__all__ = [
    "CallDay",
    "Change",
    "Discarded",
    "EarlierTry",
    "Ended",
    "Entry",
    "EntryKey",
    "EntryState",
    "Forgotten",
    "Generation",
    "GuardKey",
    "Identity",
    "Journal",
    "Lane",
    "MemoryJournal",
    "NewEntry",
    "Person",
    "ReactionMark",
    "Retried",
    "RoomReturned",
    "RoomTaken",
    "SentWords",
    "SqliteJournal",
    "StepChanged",
    "StepRecord",
    "StepRef",
    "StopAsked",
    "StopReason",
    "Stored",
    "TurnChanged",
    "TurnRecord",
]
