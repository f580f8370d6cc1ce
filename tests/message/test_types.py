"""The table of message types."""

from __future__ import annotations

from prx_dingtalk_router.language.lints.wordless_message import TYPES
from prx_dingtalk_router.language.syntax.synonyms import TYPES_MEANT
from prx_dingtalk_router.message.types import MESSAGE_TYPES


def test_whatever_else_names_types_names_types_of_the_table() -> None:
    """Other words for types lead to the table and are not in it; made-up messages have its types."""
    assert set(TYPES_MEANT.values()) | set(TYPES.values()) <= set(MESSAGE_TYPES)
    assert not set(TYPES_MEANT) & set(MESSAGE_TYPES)
