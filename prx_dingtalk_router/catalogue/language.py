"""What diagnostics of the rules language say: the sentence under its name, the advice under ``<name>.help``."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.language_findings import FINDINGS
from prx_dingtalk_router.catalogue.language_regexes import REGEXES
from prx_dingtalk_router.catalogue.language_values import VALUES
from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    **VALUES,
    **FINDINGS,
    **REGEXES,
    # text and syntax
    # names
    # values and types
    "test-without-time": Entry(
        zh="这个测试的结果取决于时间，但没有写 `at`（按 2026-01-07 10:00 计算）",
        en="the time decides this test, but no `at` is given (2026-01-07 10:00 is taken)",
    ),
    "test-without-time.help": Entry(
        zh='写明时间，例如 `at "2026-01-07 20:30"`', en='say when, such as `at "2026-01-07 20:30"`'
    ),
}
