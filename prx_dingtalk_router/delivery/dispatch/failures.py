"""Why a step was not done, as the templates of its ``else`` get it (language.md section 10)."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Text
from prx_dingtalk_router.delivery.dingtalk import without_quote


def shown(failure: Text | None) -> str:
    """The failure in words that may be shown in a chat; empty when nothing failed."""
    return "" if failure is None else str(without_quote(failure))
