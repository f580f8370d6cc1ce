"""The states of a message and what leads from one to the next: the one table that every journal obeys.

A message is stored as ``queued``, unless it has ended with its decision already. What ended stays as it is, but for the dead: an
operator may have them tried again, or give them up. ``docs/architecture.md`` shows the table as a picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

EntryState = Literal["queued", "running", "done", "dropped", "dead"]
Happening = Literal["progress", "done", "dropped", "dead", "retried", "discarded"]

STATES: tuple[EntryState, ...] = ("queued", "running", "done", "dropped", "dead")
INITIAL: tuple[EntryState, ...] = ("queued", "dropped", "dead")
ENDED: frozenset[EntryState] = frozenset({"done", "dropped", "dead"})

TRANSITIONS: Mapping[EntryState, Mapping[Happening, EntryState]] = MappingProxyType(
    {
        "queued": {"progress": "running", "done": "done", "dropped": "dropped", "dead": "dead"},
        "running": {"progress": "running", "done": "done", "dropped": "dropped", "dead": "dead"},
        "done": {},
        "dropped": {},
        "dead": {"retried": "queued", "discarded": "dropped"},
    }
)


def picture() -> str:
    """The table as a Mermaid state diagram, line by line as in ``docs/architecture.md``."""
    lines = ["stateDiagram-v2", *(f"    [*] --> {state}" for state in INITIAL)]
    for state, row in TRANSITIONS.items():
        lines += [f"    {state} --> {to}: {happening}" for happening, to in row.items()]
    return "\n".join(lines)
