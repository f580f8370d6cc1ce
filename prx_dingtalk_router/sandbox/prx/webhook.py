"""`POST /webhook`: the order of checks, the two modes and the key states (prx-gateway.md section 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aiohttp import web

from prx_dingtalk_router.sandbox.prx.answers import (
    ACCEPTED,
    BODY_LIMIT,
    answer,
    read_body,
    read_object,
    refusal,
    too_many,
)
from prx_dingtalk_router.sandbox.prx.daemon import Daemon, Process
from prx_dingtalk_router.sandbox.prx.idempotency import Claim, Verdict
from prx_dingtalk_router.sandbox.prx.jobs import Job, Outcome, ProcessGone
from prx_dingtalk_router.sandbox.prx.limits import WINDOW_SECONDS, client_ip
from prx_dingtalk_router.sandbox.prx.turns import Asked, TurnRunner

LONGEST_KEY_BYTES = 256
_FIELDS = frozenset({"message", "reply_target"})
_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]+")


class Webhook:
    """Takes messages for the agent.

    Args:
        daemon: the agent.
        runner: runs its turns.
    """

    def __init__(self, daemon: Daemon, runner: TurnRunner) -> None:
        self._daemon = daemon
        self._runner = runner

    async def post(self, request: web.Request) -> web.StreamResponse:
        """Check in the order of section 5.2, then run a turn and answer 202 at once or wait for its end."""
        daemon, process, headers = self._daemon, self._daemon.process, request.headers
        body = await read_body(request, BODY_LIMIT)
        if daemon.faults.take("rate_limited"):
            return too_many(daemon.faults.retry_after)
        ip = client_ip(request, trust_forwarded_headers=daemon.settings.trust_forwarded_headers)
        if not process.webhook_ips.admit(ip):
            return too_many(WINDOW_SECONDS)
        unauthorized = daemon.credentials.webhook_refusal(headers, body)
        if unauthorized is not None:
            return refusal(401, unauthorized)
        if not process.webhook_credentials.admit(daemon.credentials.bucket(headers)):
            return too_many(WINDOW_SECONDS)
        asked = _read(body)
        if asked is None:
            return refusal(400, "the body must be a JSON object with a string `message`")
        key = headers.get("X-Idempotency-Key", "").strip()
        if key and not (_VISIBLE_ASCII.fullmatch(key) and len(key) <= LONGEST_KEY_BYTES):
            return refusal(400, "X-Idempotency-Key must be at most 256 visible ASCII characters")
        if key and daemon.autonomy == "read_only":
            return refusal(403, "the policy is read-only")
        claim = None
        if key:
            namespace = daemon.credentials.namespace(headers)
            claimed = process.keys.claim(namespace, key, body, full=daemon.faults.store_full)
            if isinstance(claimed, Verdict):
                if claimed.status == 200:
                    request[ACCEPTED] = True
                return answer(claimed.body, claimed.status)
            claim = claimed
            asked = Asked(asked.message, asked.reply_target, f"{namespace}\0{key}")
        job = self._submit(process, asked, claim)
        request[ACCEPTED] = True
        if _wants_async(request):
            return answer(_accepted(job), 202)
        return await _waited(process, job)

    def _submit(self, process: Process, asked: Asked, claim: Claim | None) -> Job:
        async def run(job: Job) -> Outcome:
            return await self._runner.run(job, asked)

        def settled(job: Job) -> None:
            if claim is not None:
                _settle_key(process, claim, job)

        target = "anonymous" if asked.reply_target is None else asked.reply_target
        return process.jobs.submit("webhook", f"gateway:webhook:{target}", run, settled)


def _read(body: bytes) -> Asked | None:
    payload = read_object(body, once=_FIELDS)
    if payload is None:
        return None
    message, target = payload.get("message"), payload.get("reply_target")
    if not isinstance(message, str) or not isinstance(target, str | None):
        return None
    return Asked(message, target, None)


def _wants_async(request: web.Request) -> bool:
    if request.query.get("mode", "").lower() == "async":
        return True
    return "respond-async" in (
        token.strip().lower() for token in request.headers.get("Prefer", "").split(",")
    )


def _accepted(job: Job) -> Mapping[str, object]:
    return {
        "status": "accepted",
        "job_id": job.job_id,
        "work_id": job.work_id,
        "kind": job.kind,
        "poll_url": f"/api/jobs/{job.job_id}",
        "cancel_url": f"/api/jobs/{job.job_id}/cancel",
    }


async def _waited(process: Process, job: Job) -> web.Response:
    await job.done.wait()
    if process.dead:
        raise ProcessGone
    if job.outcome is not None:
        return answer(job.outcome.result, job.outcome.http_status)
    if job.status == "cancelled":
        return refusal(503, "the job was cancelled", status="cancelled")
    return refusal(500, "the job ended abnormally")


def _settle_key(process: Process, claim: Claim, job: Job) -> None:
    outcome = job.outcome
    if outcome is not None and outcome.http_status == 200:
        process.keys.succeeded(
            claim,
            response=str(outcome.result["response"]),
            model=str(outcome.result["model"]),
            response_id=str(outcome.result["response_id"]),
        )
    elif outcome is not None and outcome.http_status == 403:
        process.keys.release(claim)
    else:
        process.keys.failed(claim)
