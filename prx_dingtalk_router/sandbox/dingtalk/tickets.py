"""Tickets: one connection each, for a short while (section 1)."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field

from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.directory import App
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults

Subscription = tuple[str, str]
"""Type and topic."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a ticket allows: one connection of ``app`` at ``path``, for these subscriptions."""

    ticket: str = field(repr=False)
    app: App
    subscriptions: frozenset[Subscription]
    path: str
    host: str
    expires: int

    def covers(self, kind: str, topic: str) -> bool:
        """Whether a push of this type and topic was asked for; the server pushes only what is listed."""
        return (kind, topic) in self.subscriptions


class Tickets:
    """Issues tickets and takes them back, once."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults
        self._grants: dict[str, Grant] = {}
        self._used: set[str] = set()

    def issue(self, app: App, subscriptions: frozenset[Subscription], host: str) -> Grant:
        """A new ticket for the endpoint path that the knobs name now."""
        ticket = str(uuid.uuid1())
        if self._faults.special_ticket:
            ticket = f"{secrets.token_hex(4)}+/=&%{ticket}+/=&%25"
        path = self.endpoint().partition("?")[0]
        expires = self._clock.after(self._clock.now(), self._faults.ticket_life)
        self._forget_expired()
        grant = self._grants[ticket] = Grant(ticket, app, subscriptions, path, host, expires)
        return grant

    def endpoint(self) -> str:
        """Path and query of the endpoint, as the knob has them now."""
        return "/" + self._faults.endpoint_path.lstrip("/")

    def take(self, ticket: str) -> Grant | str:
        """Use up a ticket; a text says why it is none: ``unknown``, ``used`` or ``expired``."""
        if ticket in self._used:
            return "used"
        grant = self._grants.pop(ticket, None)
        if grant is None:
            return "unknown"
        if self._clock.now() >= grant.expires:
            return "expired"
        self._used.add(ticket)
        return grant

    def _forget_expired(self) -> None:
        longest = self._clock.now() - 3_600_000
        for ticket in [each for each, grant in self._grants.items() if grant.expires < longest]:
            del self._grants[ticket]
