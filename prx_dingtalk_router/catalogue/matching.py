"""What tests of rules report, and why a message goes where it goes."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.matching_because import BECAUSE
from prx_dingtalk_router.catalogue.matching_explain import EXPLAIN
from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    "not-happened": Entry(
        zh="期望「{expected}」，实际是：{happened}", en="expected `{expected}`; what happens is: {happened}"
    ),
    "not-else": Entry(
        zh="期望「{expected}」，而它的 else 是：{happened}",
        en="expected `{expected}`; the `else` behind it are: {happened}",
    ),
    "skipped": Entry(zh="（{rule} 的一步没有做：{why}）", en="(a step of {rule} is not done: {why})"),
    "not-done": Entry(
        zh="`{rule}` 的 {step} 做不了：{why}",
        en="`{step}` of `{rule}` cannot be done: {why}",
    ),
    "nothing": Entry(zh="什么也没有", en="nothing"),
    "not-in-shadow": Entry(zh="shadow 规则 `{rule}` 没有成立", en="the shadow rule `{rule}` does not hold"),
    "refused-needs": Entry(
        zh="`expect refused` 需要写明 `from`，并且要有配置",
        en="`expect refused` needs a `from`, and a configuration",
    ),
    "not-refused": Entry(
        zh="`{sender}` 在 allowed_users 之内，不会被拒绝",
        en="`{sender}` is within allowed_users and not refused",
    ),
    "some-failure": Entry(zh="（失败原因）", en="(why it failed)"),
    "no-test-of-failure": Entry(
        zh="规则 {rule} 的一步对这条消息做不成，又没有 `else` 接上，写成测试也通不过",
        en="a step of rule {rule} cannot be done for this message and has no `else`, so a test of it would fail",
    ),
    "no-test": Entry(
        zh="这条消息的去向取决于测试写不出来的东西（例如按消息的百分比），写不成测试",
        en="where this message goes depends on something that a test cannot say, such as a percentage of messages",
    ),
    "no-time": Entry(
        zh="结果取决于时间，但没有写 `at`（按 2026-01-07 10:00 计算）",
        en="the time decides here, but no `at` is given (2026-01-07 10:00 is taken)",
    ),
    **BECAUSE,
    **EXPLAIN,
}
