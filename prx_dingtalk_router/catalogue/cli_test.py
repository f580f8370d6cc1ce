"""What ``prx-router test`` says."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

TEST: dict[str, Entry] = {
    "test.help": Entry(
        zh="运行规则里的 test 测试块，不连接任何服务。",
        en="Run the test blocks of rules; nothing is contacted.",
    ),
    "test.example": Entry(zh="例如：prx-router test --coverage", en="Example: prx-router test --coverage"),
    "test.format": Entry(zh="输出形式", en="how to show the results"),
    "test.coverage": Entry(
        zh="再列出没有测试到的规则，以及测试里总是成立、或从不成立的条件",
        en="also show the rules that no test reaches, and the conditions that always or never held",
    ),
    "test.fail-under": Entry(
        zh="测试到的规则和条件少于百分之 P 就算失败",
        en="fail when fewer than P per cent of the rules and conditions are reached",
    ),
    "test.suggest": Entry(
        zh="另外打印写好的测试块，补上没有测试到的部分，可以直接贴进规则",
        en="also print ready-made test blocks for what no test reaches; paste them into the rules",
    ),
    "test.suggested": Entry(
        zh="可以直接贴进规则的测试（{count}）：", en="tests to paste into the rules ({count}):"
    ),
    "test.nothing-suggested": Entry(
        zh="没有可以补的测试：都测试到了，或者不容易找到合适的消息",
        en="no tests to suggest: all is reached, or no message is easily found",
    ),
    "test.expected": Entry(zh="期望", en="expected"),
    "test.happened": Entry(zh="实际", en="happened"),
    "test.because": Entry(zh="因为", en="because "),
    "test.captured": Entry(zh="取到的内容：{captured}", en="captured: {captured}"),
    "test.reached": Entry(
        zh="测试到 {share}%：规则 {rules}/{all_rules}，条件里的各项 {parts}/{all_parts}",
        en="covered: {share}% (rules {rules} of {all_rules}, tests in their conditions {parts} of {all_parts})",
    ),
    "test.unreached": Entry(zh="没有测试到的规则（{count}）：", en="rules that no test reaches ({count}):"),
    "test.one-sided": Entry(
        zh="只测试到一面的条件（{count}）：", en="conditions of which the tests show one side only ({count}):"
    ),
    "test.condition": Entry(zh="条件 {name}", en="condition {name}"),
    "test.never-held": Entry(zh="从不成立：{part}", en="never true: {part}"),
    "test.never-failed": Entry(zh="总是成立：{part}", en="never false: {part}"),
    "test.never-either": Entry(zh="没有问到：{part}", en="never asked: {part}"),
    "test.more": Entry(zh="……还有 {count} 条，用 --json 看全部", en="… and {count} more; --json has all"),
    "test.too-few": Entry(
        zh="只测试到 {share}%，少于 --fail-under 要求的 {least}%",
        en="covered: {share}%, less than the {least}% that --fail-under asks for",
    ),
    "test.none": Entry(
        zh='没有测试。写一个试试：test "…" given "…" expect agent …',
        en='there are no tests. Write one: test "…" given "…" expect agent …',
    ),
    "test.passed": Entry(zh="{passed} 个测试全部通过", en="all tests passed: {passed}"),
    "test.failed": Entry(
        zh="{failed} 个测试失败，{passed} 个通过", en="tests failed: {failed}, passed: {passed}"
    ),
}
