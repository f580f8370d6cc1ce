"""Asking the router that runs, at its admin address."""

from __future__ import annotations

import getpass
import http.client
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from prx_dingtalk_router.cli.workspace import find_workspace_in_force
from prx_dingtalk_router.errors import UsageError

ADDRESS_FILE = "admin-address"
"""Where a router that runs writes its address down, in the folder of its state."""
SECONDS = 150.0
"""Longer than any reload may take."""
_ASKER_HEADER = "X-Prx-Router-User"
_UNAUTHORIZED, _OK, _REFUSED, _NOT_FOUND = 401, 200, 422, 404


@dataclass(frozen=True, slots=True)
class Reply:
    """What the router said: whether it did what it was asked, and its document."""

    status: int
    document: dict[str, Any]

    @property
    def is_done(self) -> bool:
        """Whether it did what it was asked."""
        return self.status == _OK


class RunningRouter:
    """The router that runs with a configuration.

    Args:
        config: the configuration; None for the usual one.

    Raises:
        SettingsError: it is wrong.
        UsageError: there is none.
    """

    def __init__(self, config: Path | None) -> None:
        settings = find_workspace_in_force(config, None).settings
        if settings is None:
            raise UsageError("cli.no-configuration")
        self._token = settings.admin.token.get_secret_value()
        written = None
        if settings.journal.path is not None:
            with suppress(OSError):
                written = (
                    (settings.journal.path.with_suffix(".state") / ADDRESS_FILE).read_text("utf-8").strip()
                )
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.admin.host, settings.admin.host)  # noqa: S104
        shown = f"[{host}]" if ":" in host else host
        self.url = written or f"http://{shown}:{settings.admin.port}"

    def get(self, path: str) -> Reply:
        """Ask for something.

        Raises:
            UsageError: no router answers there, or it wants another token.
        """
        return self._ask("GET", path, None)

    def post(self, path: str, document: dict[str, Any] | None = None) -> Reply:
        """Ask it to do something.

        Raises:
            UsageError: as in ``get``.
        """
        return self._ask("POST", path, document)

    def done(self, reply: Reply) -> dict[str, Any]:
        """What the router says where it can always do what it is asked.

        Raises:
            UsageError: it did not, such as one of an earlier version.
        """
        if not reply.is_done:
            raise UsageError("cli.asking.refused", url=self.url, why=_why(reply.document, reply.status))
        return reply.document

    def _ask(self, method: str, path: str, document: dict[str, Any] | None) -> Reply:
        parts = urlsplit(self.url)
        headers = {"Accept": "application/json", _ASKER_HEADER: _user()}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        body = json.dumps(document).encode() if document is not None else b""
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            status, content = answer.status, answer.read()
            found = json.loads(content)
        except (OSError, http.client.HTTPException, ValueError) as problem:
            raise UsageError("cli.asking.nobody", url=self.url) from problem
        finally:
            connection.close()
        if status == _UNAUTHORIZED:
            raise UsageError("cli.asking.token", url=self.url)
        if not isinstance(found, dict) or status not in (_OK, _REFUSED, _NOT_FOUND):
            raise UsageError("cli.asking.refused", url=self.url, why=_why(found, status))
        return Reply(status, found)


def _user() -> str:
    with suppress(OSError, KeyError, ImportError):
        name = getpass.getuser()
        if name.isascii():
            return name
    return ""


def _why(found: object, status: int) -> str:
    return str(found.get("error", status)) if isinstance(found, dict) else str(status)
