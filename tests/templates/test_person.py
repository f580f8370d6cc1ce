"""The mark of a person's text."""

from __future__ import annotations

from prx_dingtalk_router.templates import PersonText


def test_the_mark_outlives_str_and_equality_is_that_of_text() -> None:
    """Turning it into str keeps the mark, and it compares and hashes like the text it is."""
    assert isinstance(str(PersonText("a")), PersonText)
    assert PersonText("a") == "a"
    assert hash(PersonText("a")) == hash("a")
    assert isinstance(PersonText("a").alike("b"), PersonText)
