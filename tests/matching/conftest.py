"""What the tests of matching share: routers from texts, messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from prx_dingtalk_router.language import CheckContext, check_rules
from prx_dingtalk_router.matching import Policy, Router
from prx_dingtalk_router.message import Message


@pytest.fixture
def router(tmp_path: Path) -> Callable[..., Router]:
    """A router for the text of ``main.rules``."""

    def build(text: str, policy: Policy | None = None, context: CheckContext | None = None) -> Router:
        (tmp_path / "main.rules").write_text(text, encoding="utf-8")
        result = check_rules(tmp_path, context)
        assert result.rules is not None, [each.message.render("en") for each in result.diagnostics]
        return Router(result.rules, policy or Policy(client_id="ding1abc"))

    return build


@pytest.fixture
def message() -> Callable[..., Message]:
    """A private text of ``u1001``; ``at`` is a wall clock in Shanghai."""

    def build(text: str = "hello", at: str = "2026-01-07 10:00", **fields: Any) -> Message:
        moment = datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        values: dict[str, Any] = {
            "msg_id": "msgAbC==",
            "robot": "ding1abc",
            "conversation": "cidPriv==",
            "group": False,
            "text": text,
            "sender": "u1001",
            "sender_id": "$:LWCP_v1:$u1",
            "sender_name": "小林",
            "created_at_ms": int(moment.timestamp() * 1000),
        }
        return Message(**{**values, **fields})

    return build
