"""The line of a key."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.errors import SettingsError
from prx_dingtalk_router.settings.key_lines import line_of

WRITTEN = '''# a remark
[rules]
path = "rules"      # where = 1

[agents."客服"]
url = """
path = "no key"
"""
in_flight = 3
[agents.desk]
"url" = 'x'
admin.listen = "y"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("rules",), 2),
        (("rules", "path"), 3),
        (("rules", "where"), 2),
        (("agents", "客服"), 5),
        (("agents", "客服", "url"), 6),
        (("agents", "客服", "path"), 5),
        (("agents", "客服", "in_flight"), 9),
        (("agents", "desk", "url"), 11),
        (("agents", "desk", "admin", "listen"), 12),
        (("journal", "url"), None),
    ],
)
def test_a_key_is_found_where_it_is_written(tmp_path, path, line):
    """In its table, quoted or dotted; what is missing is looked for in the table that lacks it."""
    file = tmp_path / "prx-router.toml"
    file.write_text(WRITTEN, "utf-8")
    assert line_of(file, path) == line


def test_a_file_that_cannot_be_read_has_no_lines(tmp_path):
    """A table that was made in code has none either."""
    assert line_of(tmp_path / "nothing.toml", ("rules",)) is None
    (tmp_path / "gbk.toml").write_bytes("[规则]".encode("gbk"))
    assert line_of(tmp_path / "gbk.toml", ("rules",)) is None


def test_what_is_wrong_is_told_with_its_line(load, tmp_path):
    """An unknown key at its line, a missing one at its table; what the environment says has none."""
    with pytest.raises(SettingsError) as caught:
        load('[agents.desk]\nin_flight = 99\n[rules]\ntimezon = "UTC"\n', PRX_ROUTER_LOG__LEVEL="loud")
    told = {
        problem.render("en").replace(f"{tmp_path}/", "").partition(": ")[0]
        for problem in caught.value.problems
    }
    assert told == {
        "prx-router.toml:4",  # the agent without an address
        "prx-router.toml:5",
        "prx-router.toml:7",
        "environment variable PRX_ROUTER_LOG__LEVEL",
    }
