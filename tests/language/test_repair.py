"""What people type instead of the language's own signs is named, mended and fixed (language.md section 11, PRX1xx)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.language import CheckResult

Check = Callable[..., CheckResult]


@pytest.mark.parametrize(
    ("text", "name", "place", "fixed"),
    [
        ("rule r when group && admin then drop", "foreign-operator", "&&", "and"),
        ("rule r when group || admin then drop", "foreign-operator", "||", "or"),
        ("rule r when !group then drop", "foreign-operator", "!", "not "),
        ("rule r when ！group then drop", "foreign-operator", "！", "not "),
        ('rule r when text == "x" then drop', "foreign-operator", "==", "is"),
        ('rule r when text != "x" then drop', "foreign-operator", "!=", "is not"),
        ('rule r when text ≠ "x" then drop', "foreign-operator", "≠", "is not"),
        ("rule r when text is “发票” then drop", "foreign-quotes", "“发票”", '"发票"'),
        ("rule r when text is 'x' then drop", "foreign-quotes", "'x'", '"x"'),
        ("rule r when text is 「x\\y」 then drop", "foreign-quotes", "「x\\y」", '"x\\\\y"'),
        ('rule r when text in ["a"，"b"] then drop', "foreign-punctuation", "，", ","),
        ('rule r when text in ["a"、"b"] then drop', "foreign-punctuation", "、", ","),
        ("rule r when （group） then drop", "foreign-punctuation", "（", "("),
        ('rule r when text in 【"a"] then drop', "foreign-punctuation", "【", "["),
        ('list l ＝ ["a"] rule r when text in l then drop', "foreign-punctuation", "＝", "="),
        ("rule r when １０％ of senders then drop", "wrong-percentage", "１０％", "10%"),
        (
            "rule r when during mon 09：00－18：00 then drop",
            "wrong-time",
            "09：00－18：00",
            "09:00-18:00",
        ),
        ('rule r when sender.id is "x" then drop', "unknown-field", "sender.id", "sender"),
        (
            'rule r when conversation.titel is "x" then drop',
            "unknown-field",
            "conversation.titel",
            "conversation.title",
        ),
        ('rule r when group reply "x"', "missing-word", "reply", "then reply"),
        ("rule r group then drop", "missing-word", "group", "when group"),
        ("use people.rules", "unquoted", "people.rules", '"people.rules"'),
        ("// old rules", "foreign-comment", "// old rules", "# old rules"),
        ('rule r when text = "x" then drop', "unexpected", "=", "is"),
        ("rule r when group 并且 admin then drop", "unexpected", "并且", "and"),
        ('rule r when group then 回复 "x"', "unexpected", "回复", "reply"),
        ("rule r when group Then drop", "unexpected", "Then", "then"),
        ("rule r when text matches /a/I then drop", "unknown-flag", "I", "i"),
    ],
)
def test_each_is_one_diagnostic_with_its_fix(
    check: Check, text: str, name: str, place: str, fixed: str
) -> None:
    """The first error names it; carrying out all fixes leaves a set without that mistake."""
    result = check(f"{text}\notherwise drop", {"people.rules": ""})
    first = next(each for each in result.diagnostics if each.is_error)
    assert (first.code.name, first.span.text) == (name, place)
    assert first.fix is not None
    assert [edit.text for edit in first.fix.edits] == [fixed]
    assert {each.code.name for each in result.diagnostics if each.is_error} == {name}
    source = result.files[0].text
    for each in reversed(result.diagnostics):
        if each.fix is not None and each.span.source is result.files[0]:
            for edit in each.fix.edits:
                source = source[: edit.span.start] + edit.text + source[edit.span.end :]
    assert check(source).errors == 0


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ('rule r when text is "x then drop', "unclosed-string", '"x then drop'),
        ('template t = """abc\notherwise reply t', "unclosed-string", '"""'),
        ("rule r when text matches /a then drop", "unclosed-expression", "/a then drop"),
        ("rule r when text matches /a/中 then drop", "unclosed-expression", "/a/中"),
        ('rule r when text ~ "x" then drop', "unknown-character", "~"),
        ("rule r when group then drop；", "unknown-character", "；"),
        ("$$$ rule r when group then drop", "unknown-character", "$$$"),
        ("rule r when during daily 9-18 then drop", "wrong-time", "9-18"),
        ("hello world", "no-declaration", "hello"),
        ("rule r when group", "unfinished", "group"),
        ("rule", "unfinished", "rule"),
        ("rule test when group then drop", "keyword-as-name", "test"),
        ("rule r when group then agent template", "keyword-as-name", "template"),
    ],
)
def test_what_cannot_be_mended_is_one_diagnostic_too(check: Check, text: str, name: str, place: str) -> None:
    """One mistake, one error, at its place."""
    errors = [each for each in check(text).diagnostics if each.is_error]
    assert [(each.code.name, each.span.text) for each in errors] == [(name, place)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rule r when text then drop", ["an operator"]),
        ("rule r when then drop", ["a condition"]),
        ("rule r when group then then", ["a step"]),
        ("list l = 5", ["`[`", "`lines`"]),
        ("rule r when text contains group then drop", ["a string"]),
        ("otherwise agent a with timeout 5s", ["a text or the name of a template"]),
        ("rule r when text contains then drop", ["a string"]),
        ("hours h = 09:00-10:00", ["days"]),
        ('rule r when group then drop "a" "b"', ["the next declaration"]),
    ],
)
def test_what_is_expected_is_told_in_words(check: Check, text: str, expected: list[str]) -> None:
    """Not by the names of tokens, and the general before the particular."""
    first = next(each for each in check(text).diagnostics if each.is_error)
    said = first.message.render("en")
    assert all(words in said for words in expected), said
    assert not any(word.isupper() and len(word) > 3 for word in said.replace("`", " ").split()), said


def test_checking_goes_on_after_a_syntax_error(check: Check) -> None:
    """The declarations after it, and a misspelt opener among them, are read."""
    result = check("rule a when group thn drop\nrulle b when x then drop\nrule c when y then drop")
    assert [(each.code.name, each.span.text) for each in result.diagnostics] == [
        ("unexpected", "thn"),
        ("unexpected", "rulle"),
        ("undeclared-name", "x"),
        ("undeclared-name", "y"),
    ]
