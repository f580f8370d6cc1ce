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
        ('rule r when txt contains "x" then drop', "unknown-field", "txt", "text"),
        ('rule r when group and Text is "x" then drop', "unknown-field", "Text", "text"),
        ('rule r when not (昵称 not contains "x") then drop', "unknown-field", "昵称", "sender.name"),
        ('condition c = sendr in ["x"] rule r when c then drop', "unknown-field", "sendr", "sender"),
        ('rule r when text startswith "x" then drop', "unexpected", "startswith", "starts with"),
        ('rule r when text endswith with "x" then drop', "unexpected", "endswith", "ends"),
        ("rule r when privat then drop", "undeclared-name", "privat", "private"),
        (
            'hours h = mon in "Amercia/New_York" rule r when during h then drop',
            "unknown-zone",
            '"Amercia/New_York"',
            '"America/New_York"',
        ),
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
        ("rule r when text matches /a/gi then drop", "unknown-flag", "gi", "i"),
        ("rule r when text matches /a/g then drop", "unknown-flag", "g", ""),
        ("rule r when during weekdays 09:00-18:00 then drop", "wrong-days", "weekdays", "mon-fri"),
        ("hours h = 周末 rule r when during h then drop", "wrong-days", "周末", "sat sun"),
        ("rule r when during mon 9：00-12：00 then drop", "wrong-time", "9：00-12：00", "09:00-12:00"),
        ("rule r when during mon 09：00-24：00 then drop", "wrong-time", "09：00-24：00", "09:00-24:00"),
        ("rule a.b when group then drop", "dotted-name", "a.b", "a-b"),
        ("rule 客服.夜 when group then drop", "dotted-name", "客服.夜", "客服-夜"),
        ("rule r when during weekdays then drop", "wrong-days", "weekdays", "mon-fri"),
        ("rule r when group then agent template", "keyword-as-name", "template", '"template"'),
        ("rule r when group then agent test", "keyword-as-name", "test", '"test"'),
        ("rule r when group then agent test timeout 5s", "keyword-as-name", "test", '"test"'),
        ("rule r when group then agent file", "keyword-as-name", "file", '"file"'),
        ("rule r when group then agent card", "keyword-as-name", "card", '"card"'),
        (
            'rule r shadow "说明" when group then drop',
            "misplaced-description",
            'shadow "说明"',
            '"说明" shadow',
        ),
        ('rule "说明" r when group then drop', "misplaced-description", '"说明" r', 'r "说明"'),
        ('rule "报销" when group then drop', "quoted-name", '"报销"', "报销"),
        ('list "l" = ["a"] rule r when text in l then drop', "quoted-name", '"l"', "l"),
        ('hours h = mon rule r when during "h" then drop', "quoted-name", '"h"', "h"),
        ("rule r: when group then drop", "needless-punctuation", ":", ""),
        ("rule r： when group then drop", "needless-punctuation", "：", ""),
        ('rule r when group then reply "好"。', "needless-punctuation", "。", ""),
        ('rule r when group then reply "好"！', "needless-punctuation", "！", ""),
        ('rule r when group then reply "好"？', "needless-punctuation", "？", ""),
        ("rule r when .5% of senders then drop", "wrong-percentage", ".5%", "0.5%"),
        ("rule r when group then agent a timeout .5s", "wrong-duration", ".5s", "500ms"),
        ("rule r when group then agent a timeout 1.5h", "wrong-duration", "1.5h", "90m"),
        ('rule r when text == ["a", "b"] then drop', "foreign-operator", "==", "is in"),
        ('rule r when text != ["a", "b"] then drop', "foreign-operator", "!=", "is not in"),
        ("rule r when group then drop；", "needless-punctuation", "；", ""),
        ("rule r when group, then drop", "needless-punctuation", ",", ""),
        ("rule r when group，then drop", "needless-punctuation", "，", " "),
        ("。\nrule r when group then drop", "needless-punctuation", "。", ""),
        ("＃ 注释", "foreign-comment", "＃ 注释", "# 注释"),
        ("rule r when group then drop ＃ 注释", "foreign-comment", "＃ 注释", "# 注释"),
        ("rule r when group then reply 《好》", "foreign-quotes", "《好》", '"好"'),
        ("rule r when group then reply 〈好〉", "foreign-quotes", "〈好〉", '"好"'),
        ("rule r when text contains 报销 then drop", "undeclared-name", "报销", '"报销"'),
        ("rule r when group then reply 好的", "undeclared-name", "好的", '"好的"'),
        ("rule r when text matches /c/ithen drop", "unknown-flag", "ithen", "i then"),
        ("rule r when text matches /c/and group then drop", "unknown-flag", "and", " and"),
        ("rule r when during 9:00-18:00 then drop", "wrong-time", "9:00-18:00", "daily 09:00-18:00"),
        (
            "hours h = 9：00-18：00 rule r when during h then drop",
            "wrong-time",
            "9：00-18：00",
            "daily 09:00-18:00",
        ),
        (
            "rule r when during mon 09:00-12:00, 13:00-18:00 then drop",
            "wrong-time",
            "13:00-18:00",
            "",
        ),
        (
            "hours h = mon 09:00-12:00，13:00-18:00 rule r when during h then drop",
            "wrong-time",
            "13:00-18:00",
            " ",
        ),
        (
            'hours h = workdays calendar "cn" rule r when during h then drop',
            "unknown-calendar",
            '"cn"',
            '"CN"',
        ),
        (
            'hours h = workdays calendar "中国" rule r when during h then drop',
            "unknown-calendar",
            '"中国"',
            '"CN"',
        ),
    ],
)
def test_each_is_one_diagnostic_with_its_fix(
    check: Check, text: str, name: str, place: str, fixed: str
) -> None:
    """The first error names it; carrying out all fixes leaves a set without that mistake."""
    result = check(f"{text}\notherwise drop", {"people.rules": ""})
    first = next(each for each in result.diagnostics if each.is_error)
    assert (first.name, first.span.text) == (name, place)
    fix = first.fix()
    assert fix is not None
    assert [edit.text for edit in fix.edits] == [fixed]
    assert {each.name for each in result.diagnostics if each.is_error} == {name}
    source = result.files[0].text
    for each in reversed(result.diagnostics):
        if (fix := each.fix()) is not None and each.span.source is result.files[0]:
            for edit in fix.edits:
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
        ("$$$ rule r when group then drop", "unknown-character", "$$$"),
        ("hello world", "no-declaration", "hello"),
        ("rule r when group", "unfinished", "group"),
        ("rule", "unfinished", "rule"),
        ("rule test when group then drop", "keyword-as-name", "test"),
        ("rule card when group then drop", "keyword-as-name", "card"),
        ("rule r when true then drop", "keyword-as-name", "true"),
        ("rule r when text contains true then drop", "keyword-as-name", "true"),
        ("rule ½x when group then drop", "malformed-name", "½x"),
        ("rule r when text in ② then drop", "malformed-name", "②"),
        ('rule r when group then reply "x" at most .5 per 1h', "malformed-number", ".5"),
        ("rule r when a.5% of senders then drop", "malformed-number", ".5%"),
        ("rule r when text matches /a/m then drop", "unknown-flag", "m"),
        ('rule "a b" when group then drop', "quoted-name", '"a b"'),
        ('rule "group" when group then drop', "quoted-name", '"group"'),
        ("rule r when text contains refunds then drop", "undeclared-name", "refunds"),
        ('rule r when text: "x" then drop', "unexpected", ":"),
        ('list l： ["a"] rule r when text in l then drop', "unexpected", "："),
        ("rule r when && then drop", "unexpected", "&&"),
        ("rule r when during 25:00-26:00 then drop", "wrong-time", "25:00-26:00"),
        ("rule r when text matches /((a{100}){100}){100}/ then drop", "refused-expression", "{100}"),
        ('hours h = mon calendar "XX" rule r when during h then drop', "unknown-calendar", '"XX"'),
        ('otherwise reply "{{ sender.name|default("您好") }}"', "quote-inside", '"'),
        ('otherwise reply "他说"你好"', "quote-inside", '"'),
        ('otherwise reply "他说"，你好"', "quote-inside", '"'),
        ("rule r when during mon 25：00-26：00 then drop", "wrong-time", "25：00-26：00"),
        ("rule r when text matches // then drop", "refused-expression", "//"),
        ("pattern p = // rule r when text matches p then drop", "refused-expression", "//"),
        ("rule r when text matches [//, /a/] then drop", "refused-expression", "//"),
        ("otherwise drop // that is all", "foreign-comment", "// that is all"),
        ("otherwise agent b.c", "dotted-name", "b.c"),
        ("rule r when text in www.example.com then drop", "dotted-name", "www.example.com"),
        ('rule r shadow # why\n"说明" when group then drop', "misplaced-description", 'shadow # why\n"说明"'),
        ('list l = ["abc\nrule r when text in l then drop', "unclosed-string", '"abc'),
        ('list l = ["abc\n  "def"]\nrule r when text in l then drop', "unclosed-string", '"abc'),
        ('otherwise reply """a\\"""', "unclosed-string", '"""'),
        ('otherwise reply """a\\\\"""', "unclosed-string", '"""'),
        ('otherwise reply """a""" then reply """b\\"""', "unclosed-string", '"""'),
    ],
)
def test_what_cannot_be_mended_is_one_diagnostic_too(check: Check, text: str, name: str, place: str) -> None:
    """One mistake, one error, at its place."""
    errors = [each for each in check(text).diagnostics if each.is_error]
    assert [(each.name, each.span.text) for each in errors] == [(name, place)]
    assert errors[0].fix() is None


def test_an_unclosed_text_block_is_told_where_it_begins(check: Check) -> None:
    """Whatever follows: a later block does not move the mistake, nor change what the first one means."""
    unclosed = 'rule r when private then reply """a\\"""\notherwise reply "x"'
    for later in (
        "",
        '\nrule s when group then reply """b"""',
        '\nrule s when group then reply """\n  b\n"""',
    ):
        (only,) = (each for each in check(unclosed + later).diagnostics if each.is_error)
        assert (only.name, only.span.begin.line, only.span.begin.column) == ("unclosed-string", 1, 32)


def test_quoting_a_keyword_is_advised_for_agents_alone(check: Check) -> None:
    """No other name may stand in quotes."""
    for text, advised in (
        ("rule test when group then drop", False),
        ("list card = []", False),
        ("otherwise agent card", True),
        ("otherwise agent test", True),
    ):
        first = next(each for each in check(text).diagnostics if each.name == "keyword-as-name")
        assert first.help is not None
        assert ('agent "' in first.help.render("en")) is advised
        assert ('agent "' in first.help.render("zh")) is advised


def test_a_name_with_a_dot_is_told_once_at_each_place(check: Check) -> None:
    """It is known all the same, so that nothing else is said of it."""
    text = 'list a.b = ["x"]\nrule r when text in a.b or text contains a.b then drop\notherwise drop'
    assert [(each.name, each.span.text) for each in check(text).diagnostics] == [("dotted-name", "a.b")] * 3


@pytest.mark.parametrize(
    ("condition", "meant"),
    [
        ('text contains "a" or "b"', 'text contains ["a", "b"]'),
        ('text contains "a" or "b" or "c" or group', 'text contains ["a", "b", "c"] or group'),
        ('text contains "a", "b"', 'text contains ["a", "b"]'),
        ('text contains "a"、"b"，"c"', 'text contains ["a", "b", "c"]'),
        ('text contains "a" "b"', 'text contains ["a", "b"]'),
        ('text contains "a" and "b"', 'text contains all ["a", "b"]'),
        ('text not contains "a" and "b"', 'text not contains ["a", "b"]'),
        ('(text is "a" or "b")', '(text is in ["a", "b"])'),
        ('text is not "a", "b"', 'text is not in ["a", "b"]'),
        ('text in "a", "b"', 'text in ["a", "b"]'),
        ('text starts with word "a" or "b"', 'text starts with word ["a", "b"]'),
        ("text matches /a/ or /b/i", "text matches [/a/, /b/i]"),
        ('text contains “a” or "b"', None),
        ('text contains "a" # one\n or "b"', None),
        ('text not contains "a" or "b"', None),
    ],
)
def test_several_values_are_told_to_be_a_list(check: Check, condition: str, meant: str | None) -> None:
    """With the list written out, where nothing else of it has to be mended."""
    text = f"rule r when {condition} then drop\notherwise drop"
    (each,) = (each for each in check(text).diagnostics if each.name == "several-values")
    if meant is None:
        assert each.fix() is None
        return
    fix = each.fix()
    assert fix is not None
    (edit,) = fix.edits
    mended = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert mended == f"rule r when {meant} then drop\notherwise drop"
    assert check(mended).errors == 0
    assert [each.name for each in check(text).diagnostics] == ["several-values"]


def test_the_commas_of_a_list_are_told_once(check: Check) -> None:
    """However many are missing; the repair puts all of them in."""
    text = 'list l = [\n  "a" # first\n  "b"\n  "c", "d"\n]\nrule r when text in l then drop\notherwise drop'
    (each,) = check(text).diagnostics
    assert (each.name, each.span.text) == ("missing-word", '"b"')
    fix = each.fix()
    assert fix is not None
    for edit in reversed(fix.edits):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text.startswith('list l = [\n  "a", # first\n  "b",\n  "c", "d"\n]')
    assert check(text).diagnostics == ()


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
    assert [(each.name, each.span.text) for each in result.diagnostics] == [
        ("unexpected", "thn"),
        ("unexpected", "rulle"),
        ("undeclared-name", "x"),
        ("undeclared-name", "y"),
    ]
