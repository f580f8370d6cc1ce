"""What commands print."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {}
