"""Types of messages that DingTalk does not send (language.md section 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult
from prx_dingtalk_router.language.diagnostics import SUGGESTED, Fix
from prx_dingtalk_router.message.types import MESSAGE_TYPES

Check = Callable[..., CheckResult]
Found = Callable[..., list[tuple[str, str]]]

END = " then drop\notherwise drop"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("图片", "picture"),
        ("image", "picture"),
        ("Picture", "picture"),
        ("IMAGE ", "picture"),
        ("pictrue", "picture"),
        ("ｔｅｘｔ", "text"),
        ("richtext", "richText"),
        ("语音", "audio"),
        ("聊天记录", "chatRecord"),
    ],
)
def test_another_word_for_a_type_gives_the_type(check: Check, written: str, meant: str) -> None:
    """People write what they call it, or what another chat system calls it."""
    (only,) = check(f'rule r when type is "{written}"{END}').diagnostics
    assert (only.name, only.severity, only.span.text) == ("unknown-type", "warning", f'"{written}"')
    assert only.fix() == Fix.replacing(only.span, f'"{meant}"', SUGGESTED)


def test_a_type_that_nobody_knows_is_a_warning_without_a_fix(check: Check) -> None:
    """DingTalk may add it one day."""
    (only,) = check(f'rule r when type not in ["file", "hologram"]{END}').diagnostics
    assert (only.name, only.span.text, only.fix()) == ("unknown-type", '"hologram"', None)


def test_the_type_of_a_message_in_a_test_is_looked_at_too(found: Found) -> None:
    """A test with such a type proves nothing."""
    text = f'rule r when type is "file"{END}\ntest "t" given "" type "文件" expect drop by r'
    assert found(text) == [("unknown-type", '"文件"')]


def test_a_list_is_reported_once_at_its_line(check: Check) -> None:
    """However many rules use it; a line of a file has no quotes."""
    text = (
        'list l = lines "l.txt"\nrule a when type in l and group then drop\n'
        f"rule b when type not in l and text is empty{END}"
    )
    (only,) = check(text, {"l.txt": "file\nVideo\n"}).diagnostics
    assert (only.span.text, only.fix()) == ("Video", Fix.replacing(only.span, "video", SUGGESTED))


@pytest.mark.parametrize("condition", [f'type is "{each}"' for each in MESSAGE_TYPES])
def test_known_types_are_let_pass(found: Found, condition: str) -> None:
    """No false alarm."""
    assert found(f"rule r when {condition}{END}") == []


@pytest.mark.parametrize("condition", ['type contains "rich"', 'file.name is "图片"'])
def test_other_comparisons_are_let_pass(found: Found, condition: str) -> None:
    """A part of a type is none, and other fields have no types."""
    assert found(f"rule r when {condition}{END}") == []
