"""What DingTalk never sends together makes a condition that never holds (language.md section 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

Check = Callable[..., CheckResult]

END = ' then reply "x"\notherwise drop'


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ('type is "picture" and text contains "a"', "words-of-type"),
        ('type in ["video", "file"] and not text is empty', "words-of-type"),
        ('type is "picture" and (text contains "a" or text matches /b/)', "words-of-type"),
        ('private and conversation.title contains "IT"', "title-in-private"),
        ('not group and conversation.title is "IT"', "title-in-private"),
        ('type is "text" and file.name ends with ".pdf"', "file-of-type"),
        ('type in ["text", "audio"] and pictured', "picture-of-type"),
    ],
)
def test_what_never_comes_together_is_warned_of(check: Check, condition: str, why: str) -> None:
    """One warning, with the reason."""
    (only,) = check(f"rule r when {condition}{END}").diagnostics
    assert (only.name, only.why) == ("never-holds", why)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "condition",
    [
        'type is "audio" and text contains "a"',
        'type in ["picture", "text"] and text contains "a"',
        'not type is "text" and text contains "a"',
        'type is "picture" and text matches /a*/i',
        'conversation.title contains "IT"',
        'group and conversation.title contains "IT"',
        'type is "file" and file.name ends with ".pdf"',
        'not type is "file" and file.name ends with ".pdf"',
        'type is "richText" and pictured',
        'type is "picture" and not pictured',
    ],
)
def test_what_may_come_is_let_pass(check: Check, condition: str) -> None:
    """Of types that only are ruled out, others may come that nobody knows yet."""
    assert "never-holds" not in {each.name for each in check(f"rule r when {condition}{END}").diagnostics}
