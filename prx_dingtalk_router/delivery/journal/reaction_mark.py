"""The mark of a reaction: that a message may carry one, kept before it is set and until it is surely gone."""

from __future__ import annotations

from dataclasses import dataclass

from prx_dingtalk_router.delivery.journal.entry import EntryKey


@dataclass(frozen=True, slots=True)
class ReactionMark:
    """What is needed to take a reaction away, by whatever process does it (dingtalk-cards-media.md section 1).

    Attributes:
        key: of the message.
        conversation: DingTalk's id of where the message is.
        name: the reaction's visible text, by which alone it can be taken away.
        at_ms: when it was about to be set, in Unix milliseconds.
        tries: how often taking it away has failed.
    """

    key: EntryKey
    conversation: str
    name: str
    at_ms: int
    tries: int = 0
