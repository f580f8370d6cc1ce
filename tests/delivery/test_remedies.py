"""What an operator can do about a reason."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.delivery import remedies, remedy_of


@pytest.mark.parametrize(
    ("reason", "remedy"),
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
def test_a_remedy_is_found_by_code_or_reason(reason: Text | None, remedy: str | None) -> None:
    """Codes come first; where nothing is known nothing is said."""
    found = remedy_of(reason)
    assert (found.key if found else None) == remedy


def test_all_remedies_are_sentences_about_known_reasons() -> None:
    """What the tables name is in the catalogue."""
    assert {*remedies._OF_REASONS, *remedies._OF_REASONS.values(), *remedies._OF_CODES.values()} <= set(
        MESSAGES
    )
