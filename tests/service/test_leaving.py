"""What is left when a router stops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery import MemoryJournal, to_carry_out
from prx_dingtalk_router.service.leaving import MOST_NAMED, tell_what_is_left


@pytest.mark.parametrize(("durable", "event"), [(True, "left"), (False, "left-for-good")])
async def test_what_is_left_is_named(
    message: Callable[..., Any],
    make_router: Callable[..., Any],
    logged: Callable[[], list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
    durable: bool,
    event: str,
) -> None:
    """How many, the first ones by id and sender, and whether the next start goes on with them."""
    monkeypatch.setattr(MemoryJournal, "durable", durable)
    journal, router = (
        MemoryJournal(1000.0),
        make_router('otherwise reply "x"', allowed_users=frozenset({"*"})),
    )
    await journal.claim()
    await tell_what_is_left(journal)
    assert logged() == []
    decided: list[Decision] = [router.decide(message("hi", msg_id=f"m{n}")) for n in range(MOST_NAMED + 2)]
    await journal.store([to_carry_out(each, "{}") for each in decided], 0)
    await tell_what_is_left(journal)
    (line,) = logged()
    assert (line["event"], line["count"]) == (event, MOST_NAMED + 2)
    assert line["messages"].startswith("m0 (")
    assert line["messages"].endswith("…")
