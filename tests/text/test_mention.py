"""The shown text has no leading mention of the robot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.text.folding import shown_trim
from prx_dingtalk_router.text.mention import strip_mention


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        ("@小助手 重置密码", "小助手", "重置密码"), ("@小助手重置密码", "小助手", "重置密码"), ("＠小助手\u2005重置", "小助手", "重置"),
        ("\u200b @HelpBot  Hi", "helpbot", "Hi"), ("@ｈｅｌｐbot hi", "HelpBot", "hi"), ("@He\u200blp\ufe0fBot\ufe0f hi", "helpbot", "hi"),
        ("@IT 助手 你好", "IT助手", "你好"), ("@My  Bot hi", "My Bot", "hi"), ("@小助手", "小助手", ""), ("@小助手 @小助手 x", "小助手", "@小助手 x"),
        ("@李雷 帮忙", "小助手", "@李雷 帮忙"), ("请问 @小助手 x", "小助手", "请问 @小助手 x"), (" @小助手 x ", "", "@小助手 x"), (" x\u200b ", "小助手", "x"),
        ("@mybot hi", "My Bot", "@mybot hi"), ("@小助手 x", "@小助手", "x"), ("@ß x", "SS", "x"), ("小助手 x", "小助手", "小助手 x"), ("", "小助手", ""),
        ("@小助\n手", "小助手", ""), ("@bot A  B\u3000C", "bot", "A  B\u3000C"),
        ("@小\u0336助\u0336手\u0336\u0332 x", "小助手", "x"), ("@ｱﾄ\u0336x", "アト", "x"), ("@bot\u20e3 x", "bot", "x"), ("@bot\u0336 x", "bot", "@bot\u0336 x"),
    ],
)  # fmt: skip
def test_the_leading_mention_goes(text: str, name: str, shown: str) -> None:
    """The robot's name goes in any width and case, with or without a blank; other mentions and the rest stay."""
    assert strip_mention(text, name) == shown


@given(st.text(alphabet=st.characters(), max_size=20), st.text(max_size=6))
def test_the_shown_text_is_the_end_of_the_trimmed_one(text: str, name: str) -> None:
    """Nothing is changed or invented: what is shown ends the trimmed text, and has no blanks at its ends."""
    shown = strip_mention(text, name)
    assert shown_trim(text).endswith(shown)
    assert shown == shown_trim(shown)


def test_a_stretched_mention_is_not_worth_quadratic_time() -> None:
    """Blanks and invisible characters without end are read once; beyond a bound they make no mention."""
    assert strip_mention("@" + "\u200b" * 20_000 + "bot x", "bot") == "x"
    stretched = "@my" + " " * 20_000 + "bot x"
    assert strip_mention(stretched, "my bot") == stretched
