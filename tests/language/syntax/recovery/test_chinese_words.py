"""Declarations whose words are Chinese: one finding each, and a fix that makes them what they say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prx_dingtalk_router.cli.fixing import applied
from prx_dingtalk_router.language import CheckContext, CheckResult, check_rules

Check = Callable[..., CheckResult]
END = 'otherwise reply "请稍等"\n'


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            '规则 甲\n  当 文字 包含 "报销"\n  则 智能体 财务\n',
            'rule 甲\n  when text contains "报销"\n  then agent 财务\n',
        ),
        (
            '规则 乙 "说明" 如果 群聊 且 不是 管理员 那么 回复 "好"\n',
            'rule 乙 "说明" when group and not admin then reply "好"\n',
        ),
        ('rule 丙 当 发送人 是 "u1" 就 丢弃\n', 'rule 丙 when sender is "u1" then drop\n'),
        (
            '规则 丁 当 文字 开头是 "报销" 则 智能体 甲 否则 回复 "好"\n',
            'rule 丁 when text starts with "报销" then agent 甲 else reply "好"\n',
        ),
    ],
)
def test_one_finding_says_it_all(check: Check, written: str, meant: str) -> None:
    """It stands at the first word, and its fix leaves nothing to say."""
    result = check(written + END)
    (error,) = (each for each in result.diagnostics if each.is_error)
    assert error.name == "chinese-words"
    fix = error.fix()
    assert fix is not None
    entry = result.files[0].path
    changed = applied([fix], {})
    assert changed[entry] == meant + END
    assert check_rules(entry, CheckContext(), overlay=changed).errors == 0


@pytest.mark.parametrize("otherwise", ["其他 回复", "否则 回复"])
def test_a_file_in_chinese_is_told_once_a_declaration(check: Check, otherwise: str) -> None:
    """What opens the next declaration is at the margin."""
    text = f'规则 甲\n  当 群聊\n  则 回复 "好"\n规则 乙\n  当 单聊\n  则 丢弃\n{otherwise} "请稍等"\n'
    result = check(text)
    assert [each.name for each in result.diagnostics] == ["chinese-words"] * 3
    assert result.rule_count == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('rule a when text 包含 "x" then drop\n', ["unexpected"]),
        ('rule 规则 when text contains "x" then agent 智能体\n', []),
        ('condition 群聊 = group\nrule a when 群聊 and text contains "单聊" then agent 回复\n', []),
        ("规则 甲 当 这样 那样 则 丢弃\n", ["unexpected", "unexpected", "unexpected"]),
    ],
)
def test_single_words_names_and_what_is_not_understood_are_told_as_before(
    check: Check, text: str, names: list[str]
) -> None:
    """Names may be Chinese, one word has its own finding, and nothing is guessed."""
    result = check(text + END)
    assert [each.name for each in result.diagnostics if each.is_error] == names
