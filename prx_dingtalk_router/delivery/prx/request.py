"""The one request that starts a turn: body, idempotency key, signature (prx-gateway.md sections 4, 5 and 15.1)."""

from __future__ import annotations

import hashlib
import hmac
import json

MOST_BYTES = 65_536


def request_body(message: str, session: str) -> bytes:
    """The exact bytes of a turn's request: they are kept, since a resend must be identical.

    Args:
        message: what the agent is told.
        session: the name of the conversation, sent as ``reply_target``.
    """
    body = {"message": message, "reply_target": session}
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate has no UTF-8 form.
    return written.encode("utf-8", errors="replace")


def idempotency_key(client_id: str, robot: str, msg_id: str, agent: str, attempt: int) -> str:
    """The key of an attempt: visible ASCII, whatever the agent is called.

    A message id is unique only together with the robot that received it (interfaces.md section 5).
    """
    parts = [client_id, robot, msg_id, agent, attempt]
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return "dt-" + hashlib.sha256(canonical.encode("utf-8", errors="replace")).hexdigest()


def signature(secret: str, body: bytes) -> str:
    """The value of ``X-Webhook-Signature`` over the exact bytes of the body."""
    digest = hmac.new(secret.strip().encode("utf-8"), body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"
