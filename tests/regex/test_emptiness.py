"""Which regexes need characters, read off their tree; the law is in ``test_regex_laws``."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.read import ReadRegex, read_regex


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        ("a", True),
        ("", False),
        ("a*", False),
        ("a+", True),
        ("a{0,3}", False),
        ("a?b*.", True),
        ("a|b", True),
        ("a|b*", False),
        ("(a|)(b)", True),
        ("^$", False),
        (r"\b\d", True),
        ("(?:)+", False),
        ("[^a]", True),
        ("(x?)+", False),
    ],
)
def test_what_cannot_be_found_in_nothing(source: str, needs: bool) -> None:
    """A regex that is read says so itself, and says of an empty text what RE2 would say."""
    read = read_regex(source, ignore_case=False)
    assert isinstance(read, ReadRegex)
    assert read.regex.needs_characters is needs
    assert read.regex.found_in("") is not needs
