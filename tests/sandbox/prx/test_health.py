"""`GET /health` in all its variants."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from prx_dingtalk_router.sandbox.prx import PrxFaults


async def test_ready(launch: Any) -> None:
    """A sound gateway answers 200 with one required component, to anybody and without limit."""
    daemon = await launch(webhook_rate_limit_per_minute=1, api_rate_limit_per_minute=1)
    for _ in range(5):
        response = await daemon.http.get("/health")
        assert response.status_code == 200
    body = response.json()
    assert (body["status"], body["paired"]) == ("ready", True)
    assert body["readiness"] == {
        "ready": True,
        "status": "ready",
        "required_components": 1,
        "ready_components": 1,
        "issues": [],
    }
    runtime = body["runtime"]
    assert set(runtime) == {"pid", "updated_at", "uptime_seconds", "components"}
    assert runtime["pid"] == daemon.prx.pid
    assert datetime.fromisoformat(runtime["updated_at"]).tzinfo is not None
    gateway = runtime["components"]["gateway"]
    assert set(gateway) == {
        "state",
        "status",
        "owner",
        "required",
        "freshness_ttl_seconds",
        "fresh",
        "updated_at",
        "last_ok",
        "last_error",
        "restart_count",
    }
    assert (gateway["state"], gateway["status"], gateway["required"]) == ("ready", "ok", True)


@pytest.mark.parametrize("state", ["degraded", "failed", "disabled", "stopping", "stopped"])
async def test_gateway_in_another_state(launch: Any, state: str) -> None:
    """Whatever state the knob gives the gateway, `/health` is 503 and names it."""
    daemon = await launch(faults=PrxFaults(gateway_state=state))
    response = await daemon.http.get("/health")
    assert response.status_code == 503
    assert response.json()["runtime"]["components"]["gateway"]["state"] == state
    assert [issue["state"] for issue in response.json()["readiness"]["issues"]] == [state]


async def test_broken_optional_channel_is_503_with_a_ready_gateway(launch: Any) -> None:
    """A failed channel makes the whole answer 503 in the same shape, while the gateway is ready and works."""
    daemon = await launch(mode="daemon", channels=("cli", "dingtalk"))
    sound = await daemon.http.get("/health")
    assert sound.status_code == 200
    assert sound.json()["readiness"]["required_components"] == 2
    assert "activity" in sound.json()["runtime"]["components"]["channel:dingtalk"]
    daemon.prx.faults.broken_channel = True
    broken = await daemon.http.get("/health")
    assert broken.status_code == 503
    body = broken.json()
    assert (body["status"], body["readiness"]["ready"]) == ("not_ready", False)
    assert body["readiness"]["ready_components"] == 2
    (issue,) = body["readiness"]["issues"]
    assert set(issue) == {"component", "owner", "state", "summary"}
    assert (issue["component"], issue["state"]) == ("channel:dingtalk", "failed")
    components = body["runtime"]["components"]
    assert components["gateway"]["state"] == "ready"
    assert (components["channel:dingtalk"]["status"], components["channel:dingtalk"]["required"]) == (
        "error",
        False,
    )
    assert (await daemon.ask()).status_code == 200


async def test_starting_at_boot(launch: Any) -> None:
    """For `boot_secs` after every start the gateway is `starting` and the answer 503."""
    daemon = await launch(faults=PrxFaults(boot_secs=30))
    for _ in range(2):
        response = await daemon.http.get("/health")
        assert response.status_code == 503
        assert response.json()["runtime"]["components"]["gateway"]["state"] == "starting"
        daemon.prx.clock.advance(31)
        assert (await daemon.http.get("/health")).status_code == 200
        await daemon.prx.restart()


@pytest.mark.parametrize("state", ["starting", "degraded", "failed", "stopping"])
async def test_gateway_state_by_knob(launch: Any, state: str) -> None:
    """A gateway in any other state than `ready` is 503 and an issue."""
    daemon = await launch(faults=PrxFaults(gateway_state=state))
    response = await daemon.http.get("/health")
    assert response.status_code == 503
    assert response.json()["readiness"]["issues"][0]["state"] == state
    assert response.json()["readiness"]["ready_components"] == 0


async def test_restart_shows_in_pid_and_uptime(launch: Any) -> None:
    """After a restart the pid is another and the uptime small again."""
    daemon = await launch()
    daemon.prx.clock.advance(90)
    before = (await daemon.http.get("/health")).json()["runtime"]
    assert before["uptime_seconds"] >= 90
    await daemon.prx.restart()
    after = (await daemon.http.get("/health")).json()["runtime"]
    assert after["pid"] != before["pid"]
    assert after["uptime_seconds"] < 90
