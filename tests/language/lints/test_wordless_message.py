"""Messages without words that end at an agent (language.md section 7): warned of where one does, with what it is."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest

from prx_dingtalk_router.language import CheckContext, CheckResult
from prx_dingtalk_router.language.diagnostics.wordless_message import WordlessMessage

Check = Callable[..., CheckResult]

LINT = import_module("prx_dingtalk_router.language.lints.wordless_message")

EACH = (
    'rule p when pictured and text is empty then reply "p"\nrule f when type is "file" then reply "f"\n'
    'rule a when type is "audio" and text is empty then reply "a"\nrule v when type is "video" then reply "v"\n'
    'rule m when type is "text" and text is empty then reply "m"\n'
)
"""An answer for each kind but stickers."""


def warned(result: CheckResult) -> list[tuple[str, str, int]]:
    """The agent that is named, the example, and how many further places there are."""
    assert result.rules is not None
    found = [each for each in result.diagnostics if isinstance(each, WordlessMessage)]
    return [(each.agent, each.kind, len(each.others)) for each in found]


@pytest.mark.parametrize(
    ("rules", "agent", "kind", "others"),
    [
        ("otherwise agent a", "a", "picture", 0),
        ("otherwise agent a else agent b", "a", "picture", 0),
        ('otherwise agent a at most 1 per 1m else reply "{{ text }}"', "a", "picture", 0),
        ('otherwise agent a with "{{ file.name }}"', "a", "picture", 0),
        ('otherwise reply "{{ text }}" else agent a', "a", "picture", 0),
        ('rule r when private then reply "on it" then agent a\notherwise drop', "a", "picture", 0),
        (f"{EACH}otherwise agent a", "a", "sticker", 0),
        ('rule t when text is empty and type is not "text" then reply "x"\notherwise agent a', "a", "mention", 0),
        ('rule t when text is empty and type is "picture" then reply "x"\notherwise agent a', "a", "file", 0),
        ('rule s when sender is "u1" then agent s\nrule t when text is empty then drop\notherwise agent a', "s", "picture", 0),
        ("rule c when 1% of senders then agent c\nrule t when text is empty then drop\notherwise agent a", "c", "picture", 0),
        ('rule o when during mon-fri 09:00-18:00 then reply "x"\notherwise agent a', "a", "picture", 0),
        ("rule o when during 2027-02-05..2027-02-12 then agent o\notherwise drop", "o", "picture", 0),
        ("rule r when text matches /b*/ then agent a\notherwise drop", "a", "picture", 0),
        ('rule r when text matches /b/ or admin then agent a\notherwise drop', "a", "picture", 0),
        ('rule r when conversation.title contains "IT" and corp is "c" then agent a\notherwise drop', "a", "picture", 0),
        ("rule r when external then agent x\nrule q when not text is empty then agent y\notherwise agent z", "x", "picture", 1),
        ("rule s shadow when text is empty then drop\notherwise agent a", "a", "picture", 0),
        ('rule n when text contains "x" then reply "x" then next\notherwise agent a', "a", "picture", 0),
    ],
)  # fmt: skip
def test_a_set_is_warned_of_where_such_a_message_ends(
    check: Check, rules: str, agent: str, kind: str, others: int
) -> None:
    """Once, at the first agent, with an example of a message that ends there."""
    assert warned(check(rules)) == [(agent, kind, others)]


@pytest.mark.parametrize(
    "rules",
    [
        'otherwise agent a else reply "x"',
        "otherwise agent a else drop",
        'otherwise agent a else agent b else reply "x"',
        'otherwise agent a else agent b with "somebody sent something"',
        'otherwise agent a else reply "{% if failure == "empty message" %}words, please{% else %}later{% endif %}"',
        'otherwise agent a with "{{ sender.name }} ({{ type }}): {{ text }}"',
        'rule t when text is empty then reply "x"\notherwise agent a',
        'rule t when text is empty and quoted is empty then drop\notherwise agent a',
        f'{EACH}rule u when type not in ["text", "richText"] then drop\notherwise agent a',
        'rule p when text is empty then reply "words, please" then next\notherwise agent a',
        'rule r when text contains "x" then agent a\notherwise reply "x"',
        "rule r when text matches /b+/ then agent a\notherwise drop",
        'rule r when type is "richText" and not pictured then agent a\notherwise drop',
        "rule r when text is not empty then agent a\notherwise drop",
        'rule r when quoted contains "x" then agent a\notherwise drop',
        'rule t when text is empty then drop\nrule r when group or 50% of senders then agent a\notherwise agent b',
        'otherwise reply "x"',
        "denied drop",
    ],
)  # fmt: skip
def test_a_set_that_has_an_answer_is_let_pass(check: Check, rules: str) -> None:
    """An ``else`` that is performed, a rule before, a condition that needs words: no false alarm."""
    assert warned(check(rules.replace('== "empty message"', "== 'empty message'"))) == []


def test_only_those_who_may_write_count(check: Check) -> None:
    """Under a configuration nobody but the people it admits sends such a message."""
    rules = (
        'rule r when sender in ["u8", "u9"] then agent a\nrule x when external then agent b\notherwise drop'
    )
    assert warned(check(rules)) == [("a", "picture", 1)]
    assert warned(check(rules, context=CheckContext(allowed_users=("u1", "u9")))) == [("a", "picture", 0)]
    assert warned(check(rules, context=CheckContext(allowed_users=("u1",)))) == []
    assert warned(check(rules, context=CheckContext(allowed_users=("u1", "*")))) == [("a", "picture", 1)]


def test_a_set_with_errors_is_left_as_it_is(check: Check) -> None:
    """Nothing can be decided by it."""
    found = check("rule r when nothing then drop\notherwise agent a").diagnostics
    assert "wordless-message" not in {each.name for each in found}


def test_the_repair_is_named(check: Check) -> None:
    """In both languages, with what to write."""
    (only,) = check("otherwise agent desk").diagnostics
    assert "例如一张图片" in only.message.render("zh")
    assert "a picture, for instance" in only.message.render("en")
    for language in ("zh", "en"):
        assert "else reply" in only.help.render(language)
        assert "text is empty and quoted is empty" in only.help.render(language)


def test_a_large_set_is_not_searched_without_end(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules are asked a limited number of times, however many lead to agents that nothing ends at."""
    monkeypatch.setattr(LINT, "MAX_ASKED", 2_000)
    asked = 0
    real = LINT.ask

    def counted(*arguments: object) -> object:
        nonlocal asked
        for each in real(*arguments):
            asked += 1
            yield each

    monkeypatch.setattr(LINT, "ask", counted)
    rules = "".join(
        f'rule r{n} when sender is "u{n}" and not admin then agent a else agent b\n' for n in range(300)
    )
    check(f'rule t when not sender is "nobody" then drop\n{rules}otherwise drop')
    first = asked
    check(
        f'rule t when sender is "nobody" then drop\nrule s when not external then drop\n{rules}otherwise drop'
    )
    assert first < 4_000
    assert asked - first < 4_000
