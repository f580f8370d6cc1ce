"""Registration: credentials and subscriptions in, endpoint and ticket out (section 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from prx_dingtalk_router.sandbox.dingtalk import refusals
from prx_dingtalk_router.sandbox.dingtalk.directory import App, Directory
from prx_dingtalk_router.sandbox.dingtalk.tickets import Subscription

_UA = re.compile(r"[\x21-\x7e]{0,256}")


@dataclass(frozen=True, slots=True)
class Registration:
    """A request that the service accepts."""

    app: App
    subscriptions: frozenset[Subscription]
    ua: str


def check(body: object, directory: Directory) -> Registration:
    """Judge a registration's body.

    Raises:
        Refusal: as the service refuses it: 400 ``invalidParameter`` or 401 ``authFailed``.
    """
    if not isinstance(body, dict):
        raise refusals.registration("invalidParameter")
    client_id, secret = body.get("clientId"), body.get("clientSecret")
    if not isinstance(client_id, str) or not isinstance(secret, str) or not client_id or not secret:
        raise refusals.registration("invalidParameter")
    subscriptions = _subscriptions(body.get("subscriptions"))
    ua = body.get("ua", "")
    if not isinstance(ua, str) or not _UA.fullmatch(ua):
        raise refusals.registration("invalidParameter")
    app = directory.app(client_id)
    if app is None or app.client_secret != secret:
        raise refusals.registration("authFailed")
    return Registration(app, subscriptions, ua)


def _subscriptions(listed: object) -> frozenset[Subscription]:
    if not isinstance(listed, list):
        raise refusals.registration("invalidParameter")
    found: set[Subscription] = set()
    for each in listed:
        kind, topic = (each.get("type"), each.get("topic")) if isinstance(each, dict) else (None, None)
        if kind not in ("EVENT", "CALLBACK", "SYSTEM") or not isinstance(topic, str) or not topic:
            raise refusals.registration("invalidParameter")
        if kind == "EVENT" and topic != "*":
            raise refusals.registration("invalidParameter")
        found.add((kind, topic))
    return frozenset(found)


def prefers_json(accept: str | None) -> bool:
    """Whether an Accept header asks for JSON before XML; without one the answer is XML."""
    best_json = best_other = 0.0
    for part in (accept or "").split(","):
        name, *params = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for param in params:
            if param.startswith("q="):
                try:
                    weight = float(param[2:])
                except ValueError:
                    weight = 0.0
        if name in ("application/json", "application/*+json", "text/json"):
            best_json = max(best_json, weight)
        elif name in ("application/xml", "text/xml"):
            best_other = max(best_other, weight)
    return best_json > 0 and best_json >= best_other


def as_xml(body: dict[str, object], root: str) -> str:
    """A flat body in the XML that clients without a JSON Accept get."""
    inner = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in body.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}>{inner}</{root}>'
