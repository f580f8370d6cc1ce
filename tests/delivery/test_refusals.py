"""What is kept of DingTalk's own words about a refusal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery.dingtalk.refusals import (
    MOST_WORDS,
    quoting,
    secrets_of,
    without_quote,
    words_of,
)

WEBHOOK = "https://oapi.dingtalk.com/robot/sendBySession?session=5f0c2ab9e41d7c63"
CLIENT_SECRET = "aB3-xyz_Q9w8e7r6t5y4u3i2o1p0"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"errmsg": "参数 markdown --》 title 缺失"}, "参数 markdown --》 title 缺失"),
        ({"errmsg": "send too fast\n  wait\ta bit\u2028"}, "send too fast wait a bit"),
        ({"code": "send.too.fast", "message": "slower"}, "slower"),
        ({"errmsg": {"a": 1}, "message": "slower"}, "slower"),
        ({"errmsg": 7}, ""),
        ({}, ""),
        ({"errmsg": "token is not exist"}, "token is not exist"),
        ({"errmsg": "token: a1b2c3d4"}, "token: ***"),
        ({"errmsg": "report_2026_final_version.xlsx"}, "report_2026_final_version.xlsx"),
        ({"errmsg": "0f" * 16 + " expired"}, "*** expired"),
        ({"errmsg": "x " * 200}, "x " * 99 + "x…"),
    ],
)
def test_words_are_kept_on_one_short_line(answer, words):
    """What DingTalk says is kept as it is, on one line, cut where it is long."""
    assert words_of(answer) == words


SECRETS = st.sampled_from(
    [WEBHOOK, "5f0c2ab9e41d7c63", CLIENT_SECRET, "0123456789abcdef0123456789abcdef", "Bearer q1w2e3r4t5y6"]
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(WORDS, SECRETS, WORDS), max_size=8))
def test_words_hold_no_secret_and_no_second_line(pieces):
    """Whatever a refusal says, what is kept is one line of at most 200 characters without any secret."""
    said = "".join(f"{before} {secret} {after}" for before, secret, after in pieces)
    words = words_of({"errmsg": said}, [CLIENT_SECRET, *secrets_of(WEBHOOK)])
    assert len(words) <= MOST_WORDS
    assert words.splitlines() in ([], [words])
    assert words.isprintable()
    for secret in ("5f0c2ab9e41d7c63", CLIENT_SECRET, "0123456789abcdef0123456789abcdef", "q1w2e3r4t5y6"):
        assert secret not in words


def test_a_quote_is_part_of_the_reason_but_not_of_what_a_chat_shows():
    """A reason quotes DingTalk, with its code; without the quote it is the bare sentence."""
    reason = quoting("delivery.reply-refused", "title 缺失", code=400402)
    assert reason.render("zh") == "钉钉拒绝了回复（错误码 400402：title 缺失）"
    assert reason.render("en") == "DingTalk refused the reply (error code 400402: title 缺失)"
    assert without_quote(reason).render("zh") == "钉钉拒绝了回复（错误码 400402）"
    assert quoting("delivery.reply-refused", "", code=7).render("en").endswith("(error code 7)")
    other = text("delivery.failed")
    assert without_quote(other) is other
