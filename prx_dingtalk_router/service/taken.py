"""A callback on its way from its frame to the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from prx_dingtalk_router.decision.model import DENIED
from prx_dingtalk_router.delivery import EntryKey, NewEntry, to_carry_out, undecided
from prx_dingtalk_router.matching import Decision, Router
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.message.quoted_ids import QuotedIds
from prx_dingtalk_router.stream import Callback


class Taken(Struct, eq=False):
    """A callback that was read, decided by a router, to be stored.

    Attributes:
        quoted: what its message quotes by an id alone, so that its words have to be looked up.
    """

    callback: Callback
    message: Message
    key: EntryKey
    router: Router
    quoted: QuotedIds | None = None
    decision: Decision | None = None

    def to_store(self) -> NewEntry:
        """What the journal is to keep."""
        if self.decision is not None:
            return to_carry_out(self.decision, self.callback.raw)
        heard = self.message.notice is None and self.router.baseline.admits(self.message)
        by = None if heard else DENIED
        return undecided(Decision(self.message, self.router.rules.fingerprint, by=by), self.callback.raw)


@dataclass(frozen=True, slots=True)
class Batch:
    """Callbacks that were taken together.

    Attributes:
        taken: those that could be read.
        first: of each message its first callback, decided.
    """

    taken: Sequence[Taken] = ()
    first: Mapping[EntryKey, Taken] = field(default_factory=dict)
