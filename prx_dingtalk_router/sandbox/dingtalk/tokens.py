"""Access tokens: one an application, the same while it is valid (section 8)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace

from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.directory import App, Directory
from prx_dingtalk_router.sandbox.dingtalk.faults import Faults
from prx_dingtalk_router.sandbox.dingtalk.refusals import TOKEN


@dataclass(frozen=True, slots=True)
class Token:
    """A token of an application; ``expires`` in Unix milliseconds, ``life`` in whole real seconds."""

    value: str = field(repr=False)
    app: App
    expires: int
    life: int


class Tokens:
    """Issues tokens and knows whose they are."""

    def __init__(self, directory: Directory, clock: Clock, faults: Faults) -> None:
        self._directory = directory
        self._clock = clock
        self._faults = faults
        self._by_app: dict[str, Token] = {}

    def issue(self, client_id: object, client_secret: object, *, corp_id: str | None = None) -> Token:
        """The application's token: the present one, extended, while it is valid.

        Raises:
            Refusal: 400 ``invalidClientIdOrSecret``.
        """
        app = self._directory.app(client_id) if isinstance(client_id, str) else None
        if app is None or app.client_secret != client_secret or corp_id not in (None, app.corp_id):
            raise TOKEN["invalidClientIdOrSecret"]
        present, now = self._by_app.get(app.client_id), self._clock.now()
        value = present.value if present and now < present.expires else secrets.token_hex(16)
        expires = self._clock.after(now, self._faults.token_life)
        token = Token(value, app, expires, max(1, (expires - now) // 1000))
        self._by_app[app.client_id] = token
        return token

    def owner(self, value: str | None) -> App:
        """Whose token this is.

        Raises:
            Refusal: 400 ``InvalidAuthentication`` for none, an unknown or an expired one; 401 by a knob.
        """
        for token in self._by_app.values():
            if value and token.value == value and self._clock.now() < token.expires:
                return token.app
        refused = TOKEN["InvalidAuthentication"]
        raise replace(refused, status=401) if self._faults.unauthorized else refused

    def revoke(self) -> None:
        """Make every token invalid at once, as when a secret is reset."""
        self._by_app.clear()
