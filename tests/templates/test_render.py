"""Rendering gives a text or a failed step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.errors import RenderError
from prx_dingtalk_router.templates import Audience, PersonText, TemplateNames, check_template, render_template


@dataclass(frozen=True, slots=True)
class Sender:
    id: str | None
    name: PersonText


VALUES: dict[str, object] = {
    "text": PersonText("VPN 重置"), "quoted": PersonText(""), "type": "text", "sender": Sender("u1001", PersonText("小林")),
    "conversation": {"id": "cid==", "title": PersonText(""), "kind": "private"}, "robot": "ding1", "file": {"name": PersonText("")},
    "match": {"ticket": PersonText("OPS-42"), "empty": PersonText("")},
    "now": datetime(2026, 11, 20, 20, 30, 0, 123_000, tzinfo=timezone(timedelta(hours=8))), "rule": {"name": "vpn"}, "failure": "超时",
}  # fmt: skip


def render(source: str, audience: Audience = Audience.TEXT, **changed: object) -> str:
    """A template rendered with everyday values."""
    return render_template(source, VALUES | changed, audience=audience)


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("{{ sender.name }}，已收到", "小林，已收到"), ("{{ now }}", "2026-11-20 20:30:00+08:00"), ("{{ sender.id }} {{ rule.name }} {{ failure }}", "u1001 vpn 超时"),
        ("{{ match.ticket }}{{ match.empty }}{{ match.absent }}", "OPS-42"), ("{{ match.absent | default('无') }}", "无"), ("{{ match.items | default('x') }}", "x"),
        ("{% if quoted %}a{% elif type == 'text' %}b{% else %}c{% endif %}", "b"), ("x{{ 'y' if quoted }}", "x"), ("{{ text | truncate(3, true, '', 0) | lower }}", "vpn"),
        ("a\n", "a"), ("a\r\nb\n\n", "a\nb\n"), ("{{ '{{' }}", "{{"), ("{{ quoted | default(sender.name) }}", "小林"), ("{{ now < '2027' }}", "True"),
        ("{# 注释 #}x", "x"), ("{{ type in ['text', 'audio'] }}", "True"), ("{{ 'VPN' in text and not quoted }}", "True"),
    ],
)  # fmt: skip
def test_templates_show_values(source: str, output: str) -> None:
    """Names, conditions and filters give what they say; the last line break is dropped."""
    assert render(source) == output


def test_plain_text_is_shown_unchanged() -> None:
    """In a text reply nothing a person wrote is altered."""
    assert render("{{ text }}", text=PersonText("[a](b) @c [IMAGE:x]")) == "[a](b) @c [IMAGE:x]"


@pytest.mark.parametrize(
    "expression",
    [
        "text",
        "text | upper",
        "text | lower",
        "text | trim",
        "text | truncate(90)",
        "text | replace('q', 'r')",
        "text | default('x')",
        "quoted | default(text)",
        "text if type == 'text' else 'x'",
        "quoted or text",
        "text and text",
    ],
)
def test_the_mark_of_a_person_reaches_the_output(expression: str) -> None:
    """However a person's value is passed on, it is made harmless for its audience."""
    hostile = PersonText("[IMAGE:x](y)")
    assert render("{{ " + expression + " }}", Audience.MARKDOWN, text=hostile).startswith("［")
    assert render("{{ " + expression + " }}", Audience.AGENT, text=hostile).startswith("［")


def test_the_templates_own_words_are_not_escaped() -> None:
    """What the author wrote, and values that no person chose, keep their meaning."""
    assert (
        render("# {{ rule.name }} [a](https://b.example) *{{ sender.name }}*", Audience.MARKDOWN)
        == "# vpn [a](https://b.example) *小林*"
    )
    assert render("[IMAGE:a.png] {{ text }}", Audience.AGENT) == "[IMAGE:a.png] VPN 重置"


def test_a_marker_composed_of_neighbours_is_none() -> None:
    """Two people's values beside each other make no marker for an agent."""
    assert (
        render("{{ quoted }}{{ text }}", Audience.AGENT, quoted=PersonText("[fi"), text=PersonText("LE:x]"))
        == "［fiLE:x]"
    )


@pytest.mark.parametrize(
    "source", ["", " \n", "{{ quoted }}", "{{ quoted }}\u200b\u3000", "{% if quoted %}x{% endif %}"]
)
def test_nothing_to_say_is_a_failed_step(source: str) -> None:
    """A message of white space alone is not sent."""
    with pytest.raises(RenderError, match="empty message"):
        render(source)


def test_the_output_is_limited() -> None:
    """20,000 characters are sent, one more is a failed step, and so is a filter that would explode."""
    assert len(render("{{ text }}", text=PersonText("重" * 20_000))) == 20_000
    for source in ("{{ text }}{{ type }}", "{{ text | replace('重', 'xxxxxxxxxxxxxxxxxxxx') }}"):
        with pytest.raises(RenderError, match="more than 20000 characters"):
            render(source, text=PersonText("重" * 20_000))


def test_a_template_with_problems_is_refused() -> None:
    """Whatever the check refuses is not rendered either."""
    for source in (
        "{{ text",
        "{{ text.__class__ }}",
        "{% for x in text %}{% endfor %}",
        "{{ ''.join(text) }}",
    ):
        with pytest.raises(RenderError, match="cannot be used"):
            render(source)


def test_a_missing_value_is_told() -> None:
    """A caller that leaves out what a template needs hears which name it is."""
    for source, name in (("{{ text }}", "text"), ("{{ sender.name }}", "sender.name")):
        with pytest.raises(RenderError, match=name):
            render_template(source, {}, audience=Audience.TEXT)


def test_absent_values_show_as_nothing() -> None:
    """None is shown as nothing."""
    assert render("x{{ sender.id }}", sender=Sender(None, PersonText(""))) == "x"


def test_lone_surrogates_can_be_sent() -> None:
    """Half characters come out as replacement characters, so that the text can be encoded."""
    assert render("{{ text }}", text=PersonText("a\ud800")) == "a\ufffd"


names = st.sampled_from(
    ["text", "quoted", "sender.name", "match.ticket", "match.absent", "now", "type", "failure", "rule.name"]
)
filters = st.sampled_from(
    [
        "",
        " | upper",
        " | lower",
        " | trim",
        " | trim('V')",
        " | truncate(4)",
        " | truncate(4, true)",
        " | replace('重', '[FILE:')",
        " | default('d')",
        " | default(sender.name, true)",
    ]
)
values = st.builds("{0}{1}{2}".format, names | st.sampled_from(["'x'", "true"]), filters, filters)
tests = st.builds(
    "{0} {1} {2}".format,
    values,
    st.sampled_from(["==", "!=", "<", ">=", "in", "not in", "and", "or"]),
    values,
)
outputs = st.builds(
    "{{{{ {0} }}}}".format, values | tests | st.builds("{0} if {1} else {2}".format, values, tests, values)
)
sources = st.lists(
    outputs
    | st.text(alphabet="ab[]# \n", max_size=5)
    | st.builds("{{% if {0} %}}{1}{{% elif not {0} %}}b{{% endif %}}".format, tests, outputs),
    max_size=5,
).map("".join)


@given(sources, st.text(alphabet="[]IMAGEFL:重V x\n#@", max_size=12), st.sampled_from(list(Audience)))
def test_a_checked_template_gives_text_or_a_failed_step(source: str, text: str, audience: Audience) -> None:
    """Whatever a sound template and a message hold, rendering raises nothing but RenderError."""
    if [
        p
        for p in check_template(source, names=TemplateNames(in_else=True, groups=None))
        if p.kind.value != "empty"
    ]:
        return
    try:
        output = render(source, audience, text=PersonText(text), quoted=PersonText(text[::-1]))
    except RenderError:
        return
    assert output.strip()
    assert len(output) <= 20_000


def test_times_are_shown_in_their_own_zone() -> None:
    """Now is shown in the zone it comes in."""
    assert render("{{ now }}", now=datetime(2026, 1, 7, 2, 0, tzinfo=UTC)) == "2026-01-07 02:00:00+00:00"
