"""The wire of one PRX daemon: each method is one request (prx-gateway.md sections 5, 6 and 8)."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from prx_dingtalk_router.delivery.journal.entry import Identity
from prx_dingtalk_router.delivery.prx.jobs import Job, read_job
from prx_dingtalk_router.delivery.prx.request import signature
from prx_dingtalk_router.delivery.prx.signals import Interrupted, Response, Signal, Unsent
from prx_dingtalk_router.net import Answer, HttpClient, HttpOptions, NotSent, Unknown
from prx_dingtalk_router.settings import AgentSettings

_JSON = {"content-type": "application/json"}
# 512 jobs with their answers; a single answer has no documented limit.
_MOST_BODY = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Health:
    """An answer of ``/health``. ``identity`` is None where the answer does not name the process."""

    ready: bool
    identity: Identity | None = None


@dataclass(frozen=True, slots=True)
class AgentCard:
    """Who a daemon says it is: its ``agent_id``."""

    name: str


Missed = Literal["unreachable", "throttled", "refused", "too-large", "odd"]
"""Why the jobs API gave no job: no contact, 429, 401 or 403, an answer past all bounds, anything else."""


@dataclass(frozen=True, slots=True)
class NoJob:
    """The daemon knows no such job (any more)."""


CancelResult = Literal["killed", "requested", "finished", "refused", "unreachable"]


class PrxClient:
    """Speaks to one daemon. Nothing here retries, waits or raises for what the daemon answers."""

    def __init__(
        self, settings: AgentSettings, *, connect_timeout: float = 4.0, timeout: float = 15.0
    ) -> None:
        self._base = settings.url.rstrip("/")
        self._signing_secret = settings.signing_secret.get_secret_value()
        token = settings.token.get_secret_value()
        webhook_token = settings.webhook_token.get_secret_value()
        self._api_headers = {"authorization": f"Bearer {token}"} if token else {}
        self._webhook_headers = {"x-webhook-token": webhook_token} if webhook_token else {}
        self._http = HttpClient(
            HttpOptions(
                connect_timeout=connect_timeout,
                total_timeout=timeout,
                max_body=_MOST_BODY,
                in_flight=settings.in_flight + 8,
            )
        )

    async def dispatch(self, body: bytes, key: str) -> Signal:
        """``POST /webhook?mode=async``: ask for a turn with these exact bytes under this key."""
        headers = {**_JSON, **self._api_headers, **self._webhook_headers, "x-idempotency-key": key}
        if self._signing_secret:
            headers["x-webhook-signature"] = signature(self._signing_secret, body)
        match await self._http.post(f"{self._base}/webhook?mode=async", body, headers):
            case NotSent():
                return Unsent()
            case Unknown():
                return Interrupted()
            case answer:
                retry_after = _seconds(answer.headers.get("retry-after"))
                return Response(answer.status, _told(answer), retry_after)

    async def job(self, job_id: str) -> Job | NoJob | Missed:
        """``GET /api/jobs/{job_id}``."""
        response = await self._get(f"/api/jobs/{quote(job_id, safe='')}")
        if not isinstance(response, Answer):
            return response
        if response.status in (400, 404) and _object(response) is not None:
            return NoJob()
        return _missed(response) or read_job(_object(response)) or "odd"

    async def jobs(self) -> tuple[Job, ...] | Missed:
        """``GET /api/jobs``: all that the daemon remembers, newest first."""
        response = await self._get("/api/jobs")
        if not isinstance(response, Answer):
            return response
        missed = _missed(response)
        if missed is not None:
            return missed
        listed = (_object(response) or {}).get("jobs")
        if not isinstance(listed, list):
            return "odd"
        return tuple(job for job in map(read_job, listed) if job is not None)

    async def cancel(self, job_id: str) -> CancelResult:
        """``POST /api/jobs/{job_id}/cancel``."""
        url = f"{self._base}/api/jobs/{quote(job_id, safe='')}/cancel"
        response = await self._http.post(url, headers=self._api_headers)
        if not isinstance(response, Answer):
            return "unreachable"
        if response.status in (400, 404):
            return "finished"
        payload = _object(response)
        if response.status != 200 or payload is None:
            return "refused"
        targets = payload.get("targets")
        results = [str(target).rpartition(":")[2] for target in targets] if isinstance(targets, list) else []
        if "killed" in results:
            return "killed"
        if "requested" in results:
            return "requested"
        return "finished" if "unknown" in results else "refused"

    async def health(self) -> Health | Missed:
        """``GET /health``: judged by the gateway's own component, since a broken channel makes the whole a 503."""
        response = await self._get("/health")
        if not isinstance(response, Answer):
            return response
        runtime = (_object(response) or {}).get("runtime")
        if not isinstance(runtime, Mapping):
            # A proxy's page says nothing about the daemon behind it.
            return "unreachable" if response.status in (502, 503, 504) else "odd"
        components = runtime.get("components")
        gateway = components.get("gateway") if isinstance(components, Mapping) else None
        ready = isinstance(gateway, Mapping) and gateway.get("state") == "ready"
        pid, uptime = runtime.get("pid"), runtime.get("uptime_seconds")
        if not isinstance(pid, int) or not isinstance(uptime, (int, float)) or not 0 <= uptime < 1e12:
            return Health(ready)
        # The daemon's seconds pass in real time, so an injected clock would not fit them.
        return Health(ready, Identity(pid, float(uptime), time.time_ns() // 1_000_000))

    async def card(self) -> AgentCard | Missed:
        """``GET /.well-known/agent.json``: which agent answers at this address."""
        response = await self._get("/.well-known/agent.json")
        if not isinstance(response, Answer):
            return response
        missed = _missed(response)
        if missed is not None:
            return missed
        name = (_object(response) or {}).get("name")
        return AgentCard(name) if isinstance(name, str) else "odd"

    async def status(self) -> Mapping[str, object] | Missed:
        """``GET /api/status``: whether the token is good, and what runs there."""
        response = await self._get("/api/status")
        if not isinstance(response, Answer):
            return response
        return _missed(response) or _object(response) or "odd"

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _get(self, path: str) -> Answer | Missed:
        headers = self._api_headers if path.startswith("/api/") else {}
        match await self._http.get(f"{self._base}{path}", headers):
            case Answer() as answer:
                return answer
            case Unknown(kind="too-large"):
                return "too-large"
            case _:
                return "unreachable"


def _object(response: Answer) -> dict[str, object] | None:
    """The body as a JSON object; None for anything else: unknown paths answer 200 with a page."""
    try:
        body = json.loads(response.content)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _told(response: Answer) -> dict[str, object] | None:
    """What a dispatch was told: None for a page and the like, empty for JSON that is broken or no object."""
    try:
        body = json.loads(response.content)
    except (ValueError, RecursionError):
        kind = str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
        return {} if kind == "application/json" else None
    return body if isinstance(body, dict) else {}


def _missed(response: Answer) -> Missed | None:
    match response.status:
        case 200:
            return None
        case 429:
            return "throttled"
        case 401 | 403:
            return "refused"
        case 502 | 503 | 504:
            return "unreachable"
        case _:
            return "odd"


def _seconds(header: str | None) -> float | None:
    """A ``Retry-After`` in seconds; its date form is not worth a parser here."""
    return float(header) if header is not None and header.isascii() and header.strip().isdigit() else None
