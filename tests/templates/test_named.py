"""A sentence that goes by names."""

from __future__ import annotations

from prx_dingtalk_router.templates import Audience, NamedText, render_template

VALUE = NamedText("the message has no words", ["empty message", "空消息"])


def test_it_equals_its_sentence_and_its_names() -> None:
    """It is the sentence wherever it is shown, and equal to its names too, from either side."""
    assert str(VALUE) == "the message has no words" == VALUE
    assert "empty message" == VALUE == "空消息"
    assert VALUE != "the message"
    assert VALUE in ["timed out", "empty message"]
    assert VALUE != 7
    assert NamedText("") == ""
    assert {VALUE: 1}[VALUE] == 1


def test_what_a_name_holds_it_holds() -> None:
    """Whoever asks for a word of the reason, as of any text, asks the names as well as the sentence."""
    assert "空消息" in VALUE
    assert "empty" in VALUE
    assert "no words" in VALUE
    assert "限流" not in VALUE
    assert 7 not in VALUE
    source = "{% if '空消息' in failure %}a{% endif %}{% if 'time' not in failure %}b{% endif %}"
    assert render_template(source, {"failure": VALUE}, audience=Audience.TEXT) == "ab"


def test_templates_compare_the_names_and_show_the_sentence() -> None:
    """A template that asks by name shows the sentence; one that changes it by a filter has plain text."""
    source = "{% if failure == '空消息' %}{{ failure | upper }}{% endif %}"
    assert render_template(source, {"failure": VALUE}, audience=Audience.TEXT) == "THE MESSAGE HAS NO WORDS"
