"""The piece of a text that is nearly a literal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.text.alike import alike_stretch
from prx_dingtalk_router.text.folding import fold


@pytest.mark.parametrize(
    ("literal", "text", "stretch"),
    [
        ("vpn", "我的v p n坏了", "v p n"),
        ("reset password", "please resetpassword", "resetpassword"),
        ("账号", "我的帐号登不上", "帐号"),
        ("登录", "登陆不了", "登陆"),
        ("打印机", "打印计坏了", "打印计"),
        ("工资条", "资工条在哪", "资工条"),
        ("password", "my pasword is lost", "pasword"),
        ("password", "my passsword is lost", "passsword"),
        ("password", "my pasSword", "pasSword"),
        ("invoice", "about my invocie", "invocie"),
    ],
)
def test_a_slip_is_seen(literal: str, text: str, stretch: str) -> None:
    """Blanks, another case, one letter, two that changed places, a character that sounds the same."""
    assert alike_stretch(literal, text) == stretch


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        ("密码", "我在密室里"),
        ("hr", "her"),
        ("vpn", "vpm"),
        ("team-2", "team-3"),
        ("2026", "2025"),
        ("报销", "今天天气不错"),
        ("x", "y"),
        ("password", ""),
    ],
)
def test_another_word_is_no_slip(literal: str, text: str) -> None:
    """Short words, numbers and words that share a character are other words."""
    assert alike_stretch(literal, text) is None


@given(st.text(max_size=12), st.text(max_size=30))
def test_what_is_found_is_in_the_text(literal: str, text: str) -> None:
    """Whatever it is, it is a piece of the text."""
    literal, text = fold(literal), fold(text)
    stretch = alike_stretch(literal, text)
    assert stretch is None or (stretch and stretch in text)
