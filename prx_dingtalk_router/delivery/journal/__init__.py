"""The journal: what was decided, and how far it is carried out."""

from prx_dingtalk_router.delivery.journal.entry import (
    Entry,
    EntryKey,
    Generation,
    GuardKey,
    Identity,
    Lane,
    Person,
    State,
    StepRecord,
    StepRef,
    Stored,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.memory import MemoryJournal
from prx_dingtalk_router.delivery.journal.port import Journal

__all__ = [
    "Entry",
    "EntryKey",
    "Generation",
    "GuardKey",
    "Identity",
    "Journal",
    "Lane",
    "MemoryJournal",
    "Person",
    "State",
    "StepRecord",
    "StepRef",
    "Stored",
    "TurnRecord",
]
