"""How far each message came: pushed, acknowledged, given up; and which replies to it DingTalk refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

from prx_dingtalk_router.sandbox.dingtalk import Acked, Event, Pushed, Replied, Undelivered
from prx_dingtalk_router.sandbox.dingtalk.errcodes import MESSAGES

KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """What DingTalk knows about one message.

    ``attempts`` counts pushes, ``code`` and ``after_ms`` are of the acknowledgement, ``undelivered`` is why it was given
    up, and ``refused`` lists the error codes of refused replies.
    """

    attempts: int = 0
    code: int | None = None
    after_ms: int | None = None
    undelivered: str = ""
    refused: tuple[int, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The receipt as plain data; a refusal as its code and the service's words."""
        return {
            "attempts": self.attempts,
            "code": self.code,
            "after_ms": self.after_ms,
            "undelivered": self.undelivered,
            "refused": [f"{code} {MESSAGES.get(code, '')}".strip() for code in self.refused],
        }


class Receipts:
    """The receipts of the latest messages, by message id."""

    def __init__(self) -> None:
        self._receipts: dict[str, Receipt] = {}

    def happened(self, event: Event) -> str | None:
        """Take an event; the answer is the id of the message whose receipt it changed."""
        match event:
            case Pushed(msg_id=str(msg_id), attempt=attempt) if msg_id:
                self._change(msg_id, replace(self[msg_id], attempts=attempt))
            case Acked(msg_id=str(msg_id), code=code, after_ms=after_ms) if msg_id:
                self._change(msg_id, replace(self[msg_id], code=code, after_ms=after_ms, undelivered=""))
            case Undelivered(msg_id=str(msg_id), why=why) if msg_id:
                self._change(msg_id, replace(self[msg_id], undelivered=why))
            case Replied(msg_id=str(msg_id), errcode=errcode) if msg_id and errcode:
                self._change(msg_id, replace(self[msg_id], refused=(*self[msg_id].refused, errcode)[-9:]))
            case _:
                return None
        return msg_id

    def __getitem__(self, msg_id: str) -> Receipt:
        return self._receipts.get(msg_id, Receipt())

    def to_json(self) -> dict[str, object]:
        """All receipts as plain data."""
        return {msg_id: receipt.to_json() for msg_id, receipt in self._receipts.items()}

    def _change(self, msg_id: str, receipt: Receipt) -> None:
        self._receipts[msg_id] = receipt
        while len(self._receipts) > KEPT:
            del self._receipts[next(iter(self._receipts))]
