"""`GET /health`: what the daemon says about itself to anybody (prx-gateway.md section 8)."""

from __future__ import annotations

from prx_dingtalk_router.sandbox.prx.daemon import Daemon

_STATUS_OF_STATE = {"ready": "ok", "failed": "error"}
_IDLE_BEFORE_STALL_SECONDS = 1_800


def gateway_state(daemon: Daemon) -> str:
    """The gateway component's state: as the knob says, ``starting`` while it boots, else ``ready``."""
    if daemon.faults.gateway_state:
        return daemon.faults.gateway_state
    return "starting" if daemon.uptime() < daemon.faults.boot_secs else "ready"


def health(daemon: Daemon) -> tuple[int, dict[str, object]]:
    """Status and body of `GET /health`: 503 as soon as any component, required or not, is not well."""
    components = {name: _component(daemon, name, state) for name, state in _states(daemon).items()}
    issues = [
        {
            "component": name,
            "owner": component["owner"],
            "state": component["state"],
            "summary": f"{name} is {component['state']}",
        }
        for name, component in components.items()
        if component["state"] != "ready"
    ]
    required = [component for component in components.values() if component["required"]]
    word = "not_ready" if issues else "ready"
    body: dict[str, object] = {
        "status": word,
        "paired": bool(daemon.tokens),
        "readiness": {
            "ready": not issues,
            "status": word,
            "required_components": len(required),
            "ready_components": sum(component["state"] == "ready" for component in required),
            "issues": issues,
        },
        "runtime": {
            "pid": daemon.process.pid,
            "updated_at": daemon.clock.rfc3339(),
            "uptime_seconds": int(daemon.uptime()),
            "components": components,
        },
    }
    return (503 if issues else 200), body


def _states(daemon: Daemon) -> dict[str, str]:
    states = {"gateway": gateway_state(daemon)}
    if daemon.settings.mode == "daemon":
        states = {"daemon": "ready", **states}
        states |= {f"channel:{name}": "ready" for name in daemon.settings.channels if name != "cli"}
    if daemon.faults.broken_channel:
        states["channel:dingtalk"] = "failed"
    return states


def _component(daemon: Daemon, name: str, state: str) -> dict[str, object]:
    well = state == "ready"
    now = daemon.clock.rfc3339()
    component: dict[str, object] = {
        "state": state,
        "status": _STATUS_OF_STATE.get(state, state),
        "owner": name.partition(":")[0],
        "required": name in {"daemon", "gateway"},
        "freshness_ttl_seconds": 60,
        "fresh": True,
        "updated_at": now,
        "last_ok": now if well else None,
        "last_error": None if well or state == "starting" else f"{name} is {state}",
        "restart_count": 0,
    }
    if name.startswith("channel:"):
        component["activity"] = {
            "liveness": "bounded",
            "idle_seconds": int(daemon.uptime()),
            "stall_threshold_seconds": _IDLE_BEFORE_STALL_SECONDS,
            "stalled": False,
            "last_inbound_seconds_ago": None,
            "last_outbound_seconds_ago": None,
            "last_upstream_seconds_ago": None,
        }
    return component
