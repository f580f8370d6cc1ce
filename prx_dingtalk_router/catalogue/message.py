"""What unreadable callbacks are answered with."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {}
