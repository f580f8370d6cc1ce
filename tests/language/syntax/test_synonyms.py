"""Words that people try first."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.language.syntax import synonyms
from prx_dingtalk_router.language.syntax.keywords import KEYWORDS, PHRASE_WORDS
from prx_dingtalk_router.language.syntax.synonyms import (
    field_meant,
    flag_meant,
    is_sure,
    keyword_meant,
)
from prx_dingtalk_router.message import FIELDS


def test_every_meaning_is_of_the_language() -> None:
    """Nothing is suggested that cannot be written."""
    assert {
        word for meant in synonyms._KEYWORDS.values() for word in meant
    } - KEYWORDS - PHRASE_WORDS == set()
    assert set(synonyms._FIELDS.values()) <= {name for name, each in FIELDS.items() if each.kind != "flag"}
    assert set(synonyms._FLAGS.values()) == {name for name, each in FIELDS.items() if each.kind == "flag"}


def test_the_words_are_in_the_form_in_which_they_are_looked_up() -> None:
    """None is out of reach because of its case, width or separators."""
    tables = (synonyms._KEYWORDS, synonyms._FIELDS, synonyms._FLAGS)
    assert [word for table in tables for word in table if synonyms._folded(word) != word] == []


@pytest.mark.parametrize(
    ("word", "allowed", "meant"),
    [
        ("包含", {"contains", "is"}, "contains"),
        ("正则", {"matches", "contains"}, "matches"),
        ("正则", {"pattern", "list"}, "pattern"),
        ("starts_with", {"starts"}, "starts"),
        ("startsWith", {"starts"}, "starts"),
        ("ＩＦ", {"when"}, "when"),
        ("包含", {"then"}, None),
        ("qqq", {"then"}, None),
    ],
)
def test_keywords(word: str, allowed: set[str], meant: str | None) -> None:
    """A word may have several meanings; what can be written at the place decides."""
    assert keyword_meant(word, allowed) == meant


def test_fields_flags_and_days() -> None:
    """In Chinese, as callbacks and as other programs call them."""
    assert [field_meant(each) for each in ("发送人", "senderStaffId", "msg", "群名", "x")] == [
        "sender", "sender", "text", "conversation.title", None,
    ]  # fmt: skip
    assert [flag_meant(each) for each in ("群聊", "isAdmin", "is_in_at_list", "x")] == [
        "group", "admin", "mentioned", None,
    ]  # fmt: skip


def test_words_with_other_meanings_are_not_sure() -> None:
    """They are suggested, and never written without a look."""
    assert is_sure("包含")
    assert not is_sure("Like")
