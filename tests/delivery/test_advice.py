"""What an operator can do about a reason."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.delivery import advice, advice_on
from prx_dingtalk_router.delivery.dingtalk.errcodes import ERRCODES


@pytest.mark.parametrize(
    ("reason", "key"),
    [
        (text("delivery.reply-refused", code=310000), "delivery.remedy-security"),
        (text("delivery.reply-content", code=430101), "delivery.remedy-link"),
        (text("delivery.reply-throttled", code=130101), "delivery.remedy-slower"),
        (text("delivery.misconfigured"), "delivery.remedy-agent-settings"),
        (text("delivery.reply-refused", code=7), None),
        (text("delivery.failed"), None),
        (None, None),
    ],
)
def test_advice_is_found_by_code_or_reason(reason: Text | None, key: str | None) -> None:
    """Codes come first; where nothing is known nothing is said."""
    found = advice_on(reason)
    assert (found.key if found else None) == key


def test_all_advice_is_sentences_about_known_reasons() -> None:
    """What the tables name is in the catalogue."""
    of_codes = {code.advice for code in ERRCODES.values() if code.advice is not None}
    assert {*advice._OF_REASONS, *advice._OF_REASONS.values(), *of_codes} <= set(MESSAGES)
