"""The callback as it is kept: as it came, but for its session webhook, which is a secret and kept apart until it expires."""

from __future__ import annotations

import json


def without_webhook(callback: str, webhook: str) -> str:
    """A callback in which the session webhook is empty.

    Args:
        callback: JSON text of an object, or nothing.
        webhook: as it was read from the callback; empty when there was none.
    """
    if not webhook or not callback:
        return callback
    without = callback.replace(webhook, "")
    if len(without) < len(callback):
        return without
    # Written otherwise than it reads, such as with `\/`.
    try:
        fields = json.loads(callback)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(fields, dict):
        return ""
    return json.dumps(fields | {"sessionWebhook": ""}, ensure_ascii=False)
