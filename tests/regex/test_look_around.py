"""What is meant by look-around at the ends of a regex is written as RE2 has it."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.regex.look_around import look_around_meant


@pytest.mark.parametrize(
    ("source", "meant", "excluded"),
    [
        (r"(?<![a-z])vpn(?![a-z])", r"\bvpn\b", None),
        (r"(?<!\d)\d{11}(?!\d)", r"\b\d{11}\b", None),
        (r"(?<!\w)(?:hr|it)(?!\w)", None, None),
        (r"(?<![A-Za-z0-9])oa", r"\boa", None),
        (r"(?<=\s|^)vpn(?=\s|$)", r"\bvpn\b", None),
        (r"(?<=^|\s)vpn", r"\bvpn", None),
        ("报销(?=单|款)", "报销(?:单|款)", None),
        ("(?<=申请)报销", "申请报销", None),
        ("(?<!不)报销", None, None),
        ("(?<!\\w)报销", None, None),
        ("^(?!.*测试).*报销", "报销", "测试"),
        ("^(?!.*测试).*$", "", "测试"),
        ("^(?!测试).*报销", "报销", "^测试"),
        ("(?!测试)报销", None, None),
        ("a(?=b)c", None, None),
        ("(?=.*a)(?=.*b)", None, None),
        ("vpn", None, None),
    ],
)
def test_what_is_meant(source: str, meant: str | None, excluded: str | None) -> None:
    r"""``\b`` beside words in ASCII, the text itself, or what must not be found; else nothing is guessed."""
    found = look_around_meant(source)
    assert (found and found.source, found and found.excluded) == (meant, excluded)
