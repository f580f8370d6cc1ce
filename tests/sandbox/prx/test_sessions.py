"""The sessions API creates no sessions."""

from __future__ import annotations

from typing import Any

import pytest


async def test_webhook_turns_create_no_session(launch: Any) -> None:
    """After a turn the list is still an empty array, and its target is no session."""
    daemon = await launch()
    await daemon.ask(target="user:manager7")
    assert (await daemon.get("/api/sessions")).json() == []
    assert (await daemon.get("/api/sessions/user%3Amanager7/messages")).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"message":"hi"}', 404),
        (b'{"message":"  "}', 400),
        (b"{}", 400),
        (b"no", 400),
        (b" " * 2_097_153, 413),
    ],
)
async def test_message_to_a_session(launch: Any, body: bytes, status: int) -> None:
    """A bad payload is 400, an unknown session 404, a body over 2 MiB 413; nothing is created or run."""
    daemon = await launch()
    assert (await daemon.post("/api/sessions/s1/message", content=body)).status_code == status
    assert (await daemon.get("/api/sessions")).json() == []
    assert daemon.prx.turns == []


async def test_files_for_a_session_may_be_large(launch: Any) -> None:
    """The 2 MiB of JSON are no limit for an upload of files."""
    daemon = await launch()
    files = {"files": ("report.bin", b"x" * 3_000_000)}
    response = await daemon.post("/api/sessions/s1/message", data={"message": "hi"}, files=files)
    assert response.status_code == 404
