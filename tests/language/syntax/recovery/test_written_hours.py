"""Days, dates and times as people write them: whatever is written, something is said of it, and fixes make it better."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.cli.fixing import mend
from prx_dingtalk_router.language import CheckContext, CheckResult, check_rules
from prx_dingtalk_router.language.diagnostics.selection import Selection

CONTEXT = CheckContext()
WORDS = (
    "周一 周五 周一三五 周末 每天 24小时 mon fri Mon weekdays daily 至 到 - ~ … .. to 、 ， , 和 9点 9点半 18点 上午 下午 晚上12点 "
    '9:00 18:00 09:00-18:00 9 十点 一刻 a.m. pm 2027 / 2 年 月 日 2027-02-05 2027/2/5 20270212 in calendar ” “ " \u3000 # 〇 ½ %'
).split(" ")
WRITTEN = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " "])), min_size=1, max_size=8)


def checked(text: str, entry: Path) -> CheckResult:
    """The result for one file."""
    return check_rules(entry, CONTEXT, overlay={entry.resolve(): text}, base=entry.parent)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(WRITTEN, st.booleans())
def test_whatever_is_written_safe_fixes_make_it_no_worse(
    tmp_path: Path, written: list[tuple[str, str]], declared: bool
) -> None:
    """In a declaration of hours and in a condition: no mistake of ours, and no more errors after the fixes than before."""
    entry = tmp_path / "main.rules"
    entry.touch()
    hours = "".join(word + blank for word, blank in written)
    text = f"hours h = {hours}\nrule r when during h then drop\n"
    if not declared:
        text = f"rule r when during {hours} and group then drop\n"
    result = checked(f"{text}otherwise drop\n", entry)
    mending = mend(result, CONTEXT, Selection(None, frozenset()), suggested=False)
    assert mending.result.errors <= result.errors


@pytest.mark.parametrize(
    ("hours", "meant"),
    [
        ("每天、24小时", "daily"),
        ("周一至周五，周六 10点到16点", "mon-fri，sat 10:00-16:00"),
        ("mon 09:00-12:00 13:30~18:00", "mon 09:00-12:00 13:30-18:00"),
        ("2027/2/5-2027/2/12 calendar", "2027-02-05..2027-02-12 calendar"),
    ],
)
def test_what_is_in_order_beside_a_mistake_stays_as_it_is(tmp_path: Path, hours: str, meant: str) -> None:
    """One phrase, one fix."""
    entry = tmp_path / "main.rules"
    entry.touch()
    text = f"hours h = {hours}\nrule r when during h then drop\notherwise drop\n"
    fixes = [
        fix
        for each in checked(text, entry).diagnostics
        if each.name in ("wrong-days", "wrong-date", "wrong-time") and (fix := each.fix()) is not None
    ]
    for fix in reversed(fixes):
        for edit in reversed(fix.edits):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text.splitlines()[0] == f"hours h = {meant}"
