"""Rules that are written in another language's words."""

from __future__ import annotations

from collections.abc import Callable

from prx_dingtalk_router.language import CheckResult, located

Check = Callable[..., CheckResult]


def test_a_rule_in_chinese_words_is_translated_as_a_whole(check: Check) -> None:
    """One diagnostic has the translation of each word; nothing else of the rule is wrong."""
    result = check('规则 报销 当 消息 包含 "报销" 并且 不 群聊 那么 回复 "好"\notherwise drop')
    (only,) = result.diagnostics
    fix = only.fix()
    assert fix is not None
    assert [(located(edit.span).text, edit.text) for edit in fix.edits] == [
        ("规则", "rule"),
        ("当", "when"),
        ("消息", "text"),
        ("包含", "contains"),
        ("并且", "and"),
        ("不", "not"),
        ("群聊", "group"),
        ("那么", "then"),
        ("回复", "reply"),
    ]
    assert only.name == "chinese-words"


def test_what_follows_a_wrong_field_is_checked(check: Check) -> None:
    """The rest of the rule has its own diagnostics."""
    result = check(
        'rule a when senderId in stff and from is "u1" then agent helpdesk timeout 0s\notherwise drop'
    )
    assert [(each.span.text, each.name) for each in result.diagnostics if each.is_error] == [
        ("senderId", "unknown-field"),
        ("stff", "undeclared-name"),
        ("from", "unknown-field"),
        ("timeout 0s", "wrong-duration"),
    ]


def test_days_and_operators_of_two_words(check: Check) -> None:
    """One word may stand for several."""
    result = check(
        'hours h = 周末 10:00-12:00 in "UTC+8"\nrule a when during h and text 开头是 "急" then drop\notherwise drop'
    )
    fixes = [fix.edits[0].text for each in result.diagnostics if (fix := each.fix())]
    assert fixes == ["sat sun", '"Asia/Shanghai"', "starts with"]


def test_hours_and_lists_are_no_comparisons(check: Check) -> None:
    """A name behind an equals sign is one, whatever follows."""
    (only,) = check(
        'hours h = weekdayz in "Asia/Shanghai"\nrule a when during h then drop\notherwise drop'
    ).diagnostics
    assert only.name == "unexpected"


def test_names_are_found_by_their_pinyin(check: Check) -> None:
    """Lists, conditions and agents, declared in Chinese or in letters."""
    result = check(
        'list 报销词 = ["报销"]\ncondition shangban = during mon-fri 09:00-18:00\n'
        "rule a when text contains baoxiaoci and 上班 then agent 客服\notherwise drop\n"
        'test "t" given "x" expect agent kefu'
    )
    fixes = {each.span.text: fix.edits[0].text for each in result.diagnostics if (fix := each.fix())}
    assert fixes == {"baoxiaoci": "报销词", "上班": "shangban"}
    (expected,) = (each for each in result.diagnostics if each.name == "unexpected-agent")
    assert [each.span.text for each in expected.related] == ["客服"]
