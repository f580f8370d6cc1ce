"""The route map: what is unknown, and what is known with another method."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("path", ["/", "/api/v1/sessions", "/api/nothing", "/webhook/", "/chat"])
async def test_unknown_get_is_the_console(launch: Any, path: str) -> None:
    """An unknown `GET` "succeeds" with HTML, token or not; an unknown `POST` is 405 with an empty body."""
    daemon = await launch()
    response = await daemon.http.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/html")
    posted = await daemon.post(path)
    assert (posted.status_code, posted.content) == (405, b"")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/webhook"),
        ("PUT", "/webhook"),
        ("GET", "/pair"),
        ("POST", "/health"),
        ("POST", "/api/jobs"),
        ("DELETE", "/api/jobs/3f0c5a52-6d4e-4a53-9c39-2f6d1f0f7a10"),
        ("GET", "/api/jobs/3f0c5a52-6d4e-4a53-9c39-2f6d1f0f7a10/cancel"),
        ("POST", "/api/status"),
    ],
)
async def test_known_path_with_another_method(launch: Any, method: str, path: str) -> None:
    """A known path with the wrong method is 405 with an empty body, before any auth."""
    daemon = await launch()
    response = await daemon.http.request(method, path)
    assert (response.status_code, response.content) == (405, b"")


@pytest.mark.parametrize(
    "path",
    ["/api/channels", "/api/config", "/api/runtime/pools", "/api/skills", "/api/plugins", "/api/hooks"],
)
async def test_other_api_routes_exist_behind_the_token(launch: Any, path: str) -> None:
    """Routes whose bodies are not documented are JSON for a token holder and 401 for others."""
    daemon = await launch()
    assert (await daemon.http.get(path)).status_code == 401
    assert (await daemon.get(path)).headers["Content-Type"].startswith("application/json")
