"""Messages that could not be delivered: which of them an operator means, and what each is as a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prx_dingtalk_router.catalogue import LANGUAGES, Text
from prx_dingtalk_router.delivery import advice_on
from prx_dingtalk_router.delivery.journal import Entry
from prx_dingtalk_router.diagnosis.account import account_document, account_of


@dataclass(frozen=True, slots=True)
class Selection:
    """Which dead letters are meant: those that fit everything that is said; with nothing said, all.

    Attributes:
        ids: their message ids.
        since_ms: died then or later (Unix time).
        agent: one that the decision would have asked.
        reason: the name of a reason, or a part of its sentence in any language; case does not matter.
    """

    ids: tuple[str, ...] = ()
    since_ms: int = 0
    agent: str | None = None
    reason: str | None = None

    def takes(self, entry: Entry) -> bool:
        """Whether an entry is meant; one that is not dead never is."""
        if entry.state != "dead" or (self.ids and entry.key.msg_id not in self.ids):
            return False
        if died_at_ms(entry) < self.since_ms:
            return False
        if self.agent is not None and self.agent not in entry.decision.agents():
            return False
        return self.reason is None or _is_called(entry.reason, self.reason)


def died_at_ms(entry: Entry) -> int:
    """When a dead letter died (Unix time)."""
    return entry.stored_at_ms if entry.finished_at_ms is None else entry.finished_at_ms


def reason_name(reason: Text | str | None) -> str:
    """The short name of a reason, for filters and metrics: ``webhook-expired``; one of the catalogue, so there are few."""
    if isinstance(reason, Text):
        return reason.key.rpartition(".")[2]
    return reason or "unknown"


def letter_document(entry: Entry) -> Mapping[str, Any]:
    """A dead letter as JSON: the account of its message, the name of its reason, what can be done, and whom it was for."""
    remedy = advice_on(entry.reason) if isinstance(entry.reason, Text) else None
    return {
        **account_document(account_of(entry)),
        "reason_name": reason_name(entry.reason),
        "remedy": None if remedy is None else str(remedy),
        "agents": list(dict.fromkeys(entry.decision.agents())),
    }


def _is_called(reason: Text | str | None, wanted: str) -> bool:
    if reason_name(reason) == wanted:
        return True
    sentences = (
        [reason.render(language) for language in LANGUAGES] if isinstance(reason, Text) else [reason or ""]
    )
    return any(wanted.casefold() in sentence.casefold() for sentence in sentences)
