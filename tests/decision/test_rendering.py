"""What is sent and what an agent is told (language.md sections 7 and 10)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.decision.failure import Failure, FailureKind
from prx_dingtalk_router.errors import RenderError
from prx_dingtalk_router.language import CheckContext
from prx_dingtalk_router.matching import AgentStep, ReplyStep, Router, render_for_agent, render_reply
from prx_dingtalk_router.message import Message

MakeRouter = Callable[..., Router]
MakeMessage = Callable[..., Message]


def reply(routed: Router, seen: Message, failure: Failure | None = None) -> tuple[str, str, tuple[str, ...]]:
    """The first step of the decision, rendered; the alternative where a failure is given."""
    decided = routed.decide(seen)
    step = decided.steps[0].alternatives[0] if failure else decided.steps[0]
    assert isinstance(step, ReplyStep)
    rendered = render_reply(step, decided, failure)
    return rendered.format, rendered.content, rendered.mentions


def told(routed: Router, seen: Message) -> str:
    """What the first agent of the decision is told."""
    decided = routed.decide(seen)
    (step,) = (each for each in decided.steps if isinstance(each, AgentStep))
    return render_for_agent(step, decided)


def test_every_name_of_section_10_is_known(router: MakeRouter, message: MakeMessage) -> None:
    """Each stands for its value of the message; ``now`` is ``createAt`` in the configured zone."""
    text = (
        'rule r when text matches /(?P<n>\\d+)/ then reply "{{ text }}|{{ quoted }}|{{ type }}|{{ sender.id }}|'
        "{{ sender.name }}|{{ conversation.id }}|{{ conversation.title }}|{{ conversation.kind }}|{{ pictures }}|{{ robot }}|"
        '{{ file.name }}|{{ match.n }}|{{ now }}|{{ rule.name }}"'
    )
    routed = router(text, context=CheckContext(zone="Europe/Berlin"))
    seen = message(
        "see 42",
        quoted="q",
        conversation_title="运维群",
        group=True,
        file_name="f",
        conversation="cid",
        pictures=2,
    )
    assert reply(routed, seen)[1] == (
        "see 42|q|text|u1001|小林|cid|运维群|group|2|ding1abc|f|42|2026-01-07 03:00:00+01:00|r"
    )


@pytest.mark.parametrize("kind", ["otherwise", "denied"])
def test_otherwise_and_denied_count_as_rule_names(
    router: MakeRouter, message: MakeMessage, kind: str
) -> None:
    """``rule.name`` is their word."""
    routed = router(f'{kind} reply "{{{{ rule.name }}}}"')
    seen = message() if kind == "otherwise" else message(sender="", sender_id="")
    assert reply(routed, seen)[1] == kind


@pytest.mark.parametrize(
    ("text", "quoted", "told_to_the_agent"),
    [
        ("a", "", "a"),
        ("a", "q\nr", "> q\n> r\na"),
        ("a", " \n\u3000", "a"),
        ("", "q", "> q"),
        (" \u3000", "q", "> q"),
    ],
)
def test_blank_words_add_no_line(
    router: MakeRouter, message: MakeMessage, text: str, quoted: str, told_to_the_agent: str
) -> None:
    """A quote, or a text, of nothing but blanks is none."""
    assert told(router("otherwise agent x"), message(text, quoted=quoted)) == told_to_the_agent


def test_failure_is_known_in_an_alternative(router: MakeRouter, message: MakeMessage) -> None:
    """Short, in an ``else`` step."""
    routed = router('rule r when always then agent x else reply "sorry: {{ failure }}"')
    assert reply(routed, message(), failure=Failure("took too long")) == ("text", "sorry: took too long", ())


@pytest.mark.parametrize("name", ["empty message", "空消息"])
@pytest.mark.parametrize("written", ["failure == {}", 'failure in ["timed out", {}]', "not failure != {}"])
@pytest.mark.parametrize("kind", [FailureKind.EMPTY_MESSAGE, FailureKind.FAILED, None])
def test_a_failure_is_known_by_its_names(
    router: MakeRouter, message: MakeMessage, name: str, written: str, kind: FailureKind | None
) -> None:
    """A template asks for a kind of failure by a name of either language, whatever the sentence says."""
    asked = written.format(f'"{name}"').replace('"', '\\"')
    routed = router(
        f'rule r when always then agent x else reply "{{% if {asked} %}}words{{% else %}}{{{{ failure }}}}{{% endif %}}"'
    )
    expected = "words" if kind is FailureKind.EMPTY_MESSAGE else "took too long"
    assert reply(routed, message(), failure=Failure("took too long", kind))[1] == expected


def test_what_a_person_says_adds_no_markdown(router: MakeRouter, message: MakeMessage) -> None:
    """In a markdown reply its values are escaped; the template's own markup stays."""
    routed = router('rule r when always then reply markdown "**{{ text }}**"')
    kind, content, _ = reply(routed, message("[x](http://evil) # h"))
    assert kind == "markdown"
    assert content.startswith("**")
    assert "](" not in content


@pytest.mark.parametrize(
    ("written", "fields", "mentions"),
    [
        ("", {"group": True}, ()),
        ("mention", {"group": True}, ("u1001",)),
        ("mention", {}, ()),
        ("mention", {"group": True, "sender": ""}, ()),
        ('mention ["u5", "u6"]', {"group": True, "sender": ""}, ("u5", "u6")),
        ('mention "u5"', {}, ()),
    ],
)
def test_mentions_are_for_groups_and_staff(
    router: MakeRouter,
    message: MakeMessage,
    written: str,
    fields: dict[str, object],
    mentions: tuple[str, ...],
) -> None:
    """Left out in private chats and for people without a staff ID."""
    assert reply(router(f'rule r when always then reply "x" {written}'), message(**fields))[2] == mentions


@pytest.mark.parametrize(("group", "said"), [(True, "all\n\nof you"), (False, "you")])
def test_what_stands_on_lines_of_its_own_leaves_no_line_breaks(
    router: MakeRouter, message: MakeMessage, group: bool, said: str
) -> None:
    """An ``if`` on lines of its own leaves none at the ends of a reply; those within stay."""
    text = "{% if group %}\nall\n\nof you\n{% else %}you\n{% endif %}\n".replace(
        "group", "conversation.kind == 'group'"
    )
    routed = router(f'otherwise reply """\n{text}"""')
    assert reply(routed, message("hi", group=group))[1] == said


def test_an_empty_reply_fails(router: MakeRouter, message: MakeMessage) -> None:
    """A template that gives nothing is a failed step."""
    with pytest.raises(RenderError):
        reply(router('rule r when always then reply "{{ quoted }}"'), message())


# ---- agents


def test_an_agent_is_told_the_shown_text(router: MakeRouter, message: MakeMessage) -> None:
    """Without ``with``."""
    assert told(router("otherwise agent x"), message("VPN 密码重置")) == "VPN 密码重置"


def test_a_quoted_message_comes_first_as_quote_lines(router: MakeRouter, message: MakeMessage) -> None:
    """``> `` before each of its lines."""
    assert told(router("otherwise agent x"), message("why?", quoted="a\nb")) == "> a\n> b\nwhy?"


def test_with_says_what_an_agent_is_told_instead(router: MakeRouter, message: MakeMessage) -> None:
    """A template, with captures."""
    routed = router(
        'rule r when text matches /(?P<t>\\d+)/ then agent x with "Look up {{ match.t }}: {{ text }}"'
    )
    assert told(routed, message("see 42", quoted="old")) == "Look up 42: see 42"


@pytest.mark.parametrize("marker", ["[IMAGE:", "[Video:", "[file:"])
def test_markers_from_people_are_made_harmless(router: MakeRouter, message: MakeMessage, marker: str) -> None:
    """In the text, the quote and templates; not in what the rules' author wrote."""
    seen = message(f"{marker}/etc/passwd]", quoted=f"{marker}q]", sender_name=f"{marker}n]")
    assert marker not in told(router("otherwise agent x"), seen)
    through = told(
        router(f'otherwise agent x with "{marker}own] {{{{ text }}}}{{{{ quoted }}}}{{{{ sender.name }}}}"'),
        seen,
    )
    assert through.count(marker) == 1


def test_an_agent_with_nothing_to_say_to_fails(router: MakeRouter, message: MakeMessage) -> None:
    """Nothing is sent to an agent about an empty message; it could not see a picture either."""
    for pictures in (0, 2):
        with pytest.raises(RenderError):
            told(router("otherwise agent x"), message("", pictures=pictures, quoted=" \n"))


@pytest.mark.parametrize(
    ("text", "quoted", "pictures", "expected"),
    [
        ("怎么解决", "", 1, "怎么解决\n［图片］"),
        ("怎么\n解决", "a\nb", 2, "> a\n> b\n怎么\n解决\n［图片］\n［图片］"),
        ("", "a", 1, "> a\n［图片］"),
        ("", "a", 0, "> a"),
    ],
)
def test_an_agent_is_told_of_each_picture(
    router: MakeRouter, message: MakeMessage, text: str, quoted: str, pictures: int, expected: str
) -> None:
    """On a line of its own after the words; ``with`` says itself what it tells."""
    seen = message(text, quoted=quoted, pictures=pictures)
    assert told(router("otherwise agent x"), seen) == expected
    routed = router(
        'otherwise agent x with "{% if pictures > 1 %}{{ pictures }} pictures{% else %}no{% endif %}"'
    )
    assert told(routed, seen) == ("2 pictures" if pictures == 2 else "no")
