"""The two meters by which DingTalk counts what an organisation uses in a month (dingtalk-cards-media.md section 8)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Protocol


class Meter(StrEnum):
    """What counts together.

    ``API``: calls of ``api.dingtalk.com`` and ``oapi.dingtalk.com``, but not for tokens, login or contacts, nor those that
    were refused for their rate or never got there. ``WEBHOOK_AND_STREAM``: posts to a session webhook, and every message,
    event and card callback that comes over the stream.
    """

    API = "api"
    WEBHOOK_AND_STREAM = "webhook_and_stream"


CallPurpose = Literal["answer", "progress"]
"""Why a call is made: for what somebody waits for, or to show that the work goes on."""


class Calls(Protocol):
    """Where whoever calls DingTalk says so. Nothing here waits or raises."""

    def made(self, meter: Meter, calls: int = 1) -> None:
        """Count calls, before they are sent: what comes back decides nothing, except as ``uncounted`` says."""

    def uncounted(self, meter: Meter, calls: int = 1) -> None:
        """Take calls back that DingTalk does not count: surely never sent, or refused for their rate."""

    def used_up(self, meter: Meter) -> None:
        """Note that DingTalk itself says that the month is used up, whatever was counted here."""

    def granted(self, meter: Meter) -> None:
        """Note that DingTalk took or sent something: whatever it said before, the month is not used up."""

    def allows(self, meter: Meter, purpose: CallPurpose, calls: int = 1) -> bool:
        """Whether so many more calls are in order now.

        Args:
            meter: the one that they count on.
            purpose: an answer always is in order; progress as long as the reserve is not touched.
            calls: all that come with it: two for a reaction, which is taken away again.
        """


class Unmetered:
    """Counts nothing and allows everything."""

    def made(self, meter: Meter, calls: int = 1) -> None:
        """Count nothing."""

    def uncounted(self, meter: Meter, calls: int = 1) -> None:
        """Count nothing."""

    def used_up(self, meter: Meter) -> None:
        """Note nothing."""

    def granted(self, meter: Meter) -> None:
        """Note nothing."""

    def allows(self, meter: Meter, purpose: CallPurpose, calls: int = 1) -> bool:
        """Everything is in order."""
        return True
