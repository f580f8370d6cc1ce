"""The public routes: agent card and metrics; pairing and health have files of their own."""

from __future__ import annotations

from typing import Any


async def test_agent_card_names_the_agent(launch: Any) -> None:
    """Anybody can ask which agent listens on a port, and of which version."""
    daemon = await launch("ops")
    card = (await daemon.http.get("/.well-known/agent.json")).json()
    assert (card["name"], card["version"]) == ("ops", "0.8.32")
    assert (await daemon.http.get("/a2a/v1/identity")).status_code == 200
    assert (await daemon.http.post("/a2a/v1/identity")).status_code == 200


async def test_metrics_count_running_jobs(launch: Any) -> None:
    """Metrics are Prometheus text 0.0.4 and follow the daemon."""
    daemon = await launch(gated=True)
    await daemon.accepted()
    await daemon.started()
    response = await daemon.http.get("/metrics")
    assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "\nprx_jobs_running 1\n" in response.text
