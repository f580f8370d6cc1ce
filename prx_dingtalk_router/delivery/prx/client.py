"""The wire of one PRX daemon: each method is one request (prx-gateway.md sections 5, 6 and 8)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

import msgspec

from prx_dingtalk_router.delivery.clock import Clock, SystemClock
from prx_dingtalk_router.delivery.journal.entry import Identity
from prx_dingtalk_router.delivery.prx.documents import off_the_loop, read_json
from prx_dingtalk_router.delivery.prx.jobs import Job, read_job, read_jobs
from prx_dingtalk_router.delivery.prx.numbers import header_seconds, seconds, whole
from prx_dingtalk_router.delivery.prx.request import signature
from prx_dingtalk_router.delivery.prx.schedule import CallBudget
from prx_dingtalk_router.delivery.prx.signals import Interrupted, Response, TurnSignal, Unsent
from prx_dingtalk_router.net import Answer, Exchange, HttpClient, HttpOptions, NotSent, Unknown
from prx_dingtalk_router.settings import AgentSettings

_JSON = {"content-type": "application/json"}
# PRX keeps no answer for a replay that is longer than 1 MiB; of 512 jobs with long answers the list is longer, and not read.
_MOST_BODY = 4 * 1024 * 1024
_ANY: msgspec.json.Decoder[object] = msgspec.json.Decoder()
_MOST_PID = 2**32
_MOST_UPTIME = 1e12
# Where the wall clock would be if nobody had set it since: a daemon's age is compared with what passes, not with what is set.
_UNSET_CLOCK = time.time() - time.monotonic()


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
    """Speaks to one daemon. Nothing here retries, waits or raises for what the daemon answers.

    Args:
        settings: its table of the configuration.
        clock: counts calls in time.
        connect_timeout: seconds until a connection stands.
        timeout: seconds for a whole exchange.

    Attributes:
        budget: how many calls of ``/api`` are in order. Each is counted here; who can wait asks it first.
    """

    def __init__(
        self,
        settings: AgentSettings,
        *,
        clock: Clock | None = None,
        connect_timeout: float = 4.0,
        timeout: float = 15.0,
    ) -> None:
        self.budget = CallBudget(settings.api_rate_limit_per_minute)
        self._clock: Clock = clock or SystemClock()
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

    async def dispatch(self, body: bytes, key: str) -> TurnSignal:
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
                retry_after = header_seconds(answer.headers.get("retry-after"))
                return Response(answer.status, await _told(answer), retry_after)

    async def job(self, job_id: str) -> Job | NoJob | Missed:
        """``GET /api/jobs/{job_id}``."""
        response = await self._get(f"/api/jobs/{quote(job_id, safe='')}")
        if not isinstance(response, Answer):
            return response
        if response.status in (400, 404) and await _object(response) is not None:
            return NoJob()
        return _missed(response) or await off_the_loop(read_job, response.content) or "odd"

    async def jobs(self) -> tuple[Job, ...] | Missed:
        """``GET /api/jobs``: all that the daemon remembers, newest first."""
        response = await self._get("/api/jobs")
        if not isinstance(response, Answer):
            return response
        missed = _missed(response)
        if missed is not None:
            return missed
        listed = await off_the_loop(read_jobs, response.content)
        return "odd" if listed is None else listed

    async def cancel(self, job_id: str) -> CancelResult:
        """``POST /api/jobs/{job_id}/cancel``."""
        response = await self._call("POST", f"/api/jobs/{quote(job_id, safe='')}/cancel")
        if not isinstance(response, Answer):
            return "unreachable"
        if response.status in (400, 404):
            return "finished"
        payload = await _object(response)
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
        runtime = (await _object(response) or {}).get("runtime")
        if not isinstance(runtime, Mapping):
            # A proxy's page says nothing about the daemon behind it.
            return "unreachable" if response.status in (502, 503, 504) else "odd"
        components = runtime.get("components")
        gateway = components.get("gateway") if isinstance(components, Mapping) else None
        ready = isinstance(gateway, Mapping) and gateway.get("state") == "ready"
        pid = whole(runtime.get("pid"), _MOST_PID)
        uptime = seconds(runtime.get("uptime_seconds"), _MOST_UPTIME)
        if pid is None or uptime is None:
            return Health(ready)
        # The daemon's seconds pass in real time, so an injected clock would not fit them.
        return Health(ready, Identity(pid, uptime, round((_UNSET_CLOCK + time.monotonic()) * 1000)))

    async def card(self) -> AgentCard | Missed:
        """``GET /.well-known/agent.json``: which agent answers at this address."""
        response = await self._get("/.well-known/agent.json")
        if not isinstance(response, Answer):
            return response
        missed = _missed(response)
        if missed is not None:
            return missed
        name = (await _object(response) or {}).get("name")
        return AgentCard(name) if isinstance(name, str) else "odd"

    async def status(self) -> Mapping[str, object] | Missed:
        """``GET /api/status``: whether the token is good, and what runs there."""
        response = await self._get("/api/status")
        if not isinstance(response, Answer):
            return response
        return _missed(response) or await _object(response) or "odd"

    async def config(self) -> Mapping[str, object] | Missed:
        """``GET /api/config``: its configuration, under PRX's own names, as far as it tells that."""
        response = await self._get("/api/config")
        if not isinstance(response, Answer):
            return response
        missed = _missed(response)
        if missed is not None:
            return missed
        told = await _object(response)
        if told is None:
            return "odd"
        inner = told.get("config")
        return inner if isinstance(inner, Mapping) else told

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _get(self, path: str) -> Answer | Missed:
        match await self._call("GET", path):
            case Answer() as answer:
                return answer
            case Unknown(kind="too-large"):
                return "too-large"
            case _:
                return "unreachable"

    async def _call(self, method: str, path: str) -> Exchange:
        """Make a call; one of ``/api`` is counted, and what its answer says of the daemon's limit is kept."""
        if not path.startswith("/api/"):
            return await self._http.request(method, f"{self._base}{path}")
        self.budget.spend(self._clock.monotonic())
        exchange = await self._http.request(method, f"{self._base}{path}", headers=self._api_headers)
        if isinstance(exchange, Answer):
            rest = _rest(exchange)
            if rest is not None:
                self.budget.rest(self._clock.monotonic(), rest)
        return exchange


async def _object(response: Answer) -> dict[str, object] | None:
    """The body as a JSON object; None for anything else: unknown paths answer 200 with a page."""
    body = await off_the_loop(_document, response.content)
    return body if isinstance(body, dict) else None


async def _told(response: Answer) -> dict[str, object] | None:
    """What a dispatch was told: None for a page and the like, empty for JSON that is broken or no object."""
    body = await off_the_loop(_document, response.content)
    if body is not None or response.content.strip() == b"null":
        return body if isinstance(body, dict) else {}
    kind = str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
    return {} if kind == "application/json" else None


def _document(content: bytes) -> object:
    return read_json(content, _ANY)


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


def _rest(response: Answer) -> float | None:
    """Seconds for which an answer's headers say that no call is left; None where they do not say so.

    PRX 0.8 sends none of them; its published pages name them, as does any proxy (prx-gateway.md sections 13 and 14).
    """
    if response.status == 429:
        return header_seconds(response.headers.get("retry-after")) or _reset(response)
    return _reset(response) if response.headers.get("x-ratelimit-remaining", "").strip() == "0" else None


def _reset(response: Answer) -> float | None:
    return header_seconds(response.headers.get("x-ratelimit-reset"))
