"""What a router leaves when it stops: named, with whether the next start goes on with it."""

from __future__ import annotations

from prx_dingtalk_router.delivery import Journal
from prx_dingtalk_router.errors import JournalError
from prx_dingtalk_router.service.logs import log

MOST_NAMED = 10


async def tell_what_is_left(journal: Journal) -> None:
    """Log how many messages are unfinished, and the first of them by id and sender; nothing where there are none."""
    try:
        counts = await journal.counts()
        entries = await journal.unfinished(limit=MOST_NAMED)
    except JournalError:  # that was told already, and is why it stops
        return
    count = counts.get("queued", 0) + counts.get("running", 0)
    if not count:
        return
    named = ", ".join(f"{each.key.msg_id} ({each.decision.message.sender_key})" for each in entries)
    messages = f"{named}, …" if count > len(entries) else named
    if journal.durable:
        log("info", "left", count=count, messages=messages)
    else:
        log("warning", "left-for-good", count=count, messages=messages)
