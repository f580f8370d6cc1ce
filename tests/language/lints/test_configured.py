"""Findings about the configuration are shown at its lines (interfaces.md section 3)."""

from __future__ import annotations

from pathlib import Path

from prx_dingtalk_router.language import CheckContext, check_rules
from prx_dingtalk_router.settings import load_settings

CONFIGURATION = """[channels_config.dingtalk]
client_id = "x"
client_secret = "y"
allowed_users = ["u1001", "王芳",
  "所有人", "*"]

[notify]
staff_ids = ["u1001", "李四"]

[agents.helpdesk]
url = "http://127.0.0.1:8080"

[agents."客服"]
url = "http://127.0.0.1:8081"

[agents.it-desk]
url = "http://127.0.0.1:8080"
"""


def test_each_stands_at_what_it_is_about(tmp_path: Path) -> None:
    """People who may use the bot or are notified, an agent that nothing uses, an agent that has two names."""
    file = tmp_path / "prx-router.toml"
    file.write_text(CONFIGURATION, "utf-8")
    (tmp_path / "main.rules").write_text("otherwise agent helpdesk else drop\n")
    context = CheckContext.of(load_settings(file, {}))
    found = check_rules(tmp_path, context, base=tmp_path).diagnostics
    assert [(each.name, each.span.text) for each in found] == [
        ("impossible-id", '"王芳"'),
        ("impossible-id", '"所有人"'),
        ("impossible-id", '"李四"'),
        ("unused-agent", '[agents."客服"]'),
        ("same-agent", "[agents.it-desk]"),
    ]
    assert {each.span.source.path for each in found} == {file}
    assert [place.span.text for place in found[4].related] == ["[agents.helpdesk]"]
    assert "`*`" in found[1].help.render("en").replace('"', "")
    assert all(each.fix() is None for each in found)


def test_a_key_that_no_file_has_is_shown_at_the_rules(tmp_path: Path) -> None:
    """The environment, or a caller, may say what is configured."""
    (tmp_path / "main.rules").write_text("otherwise drop\n")
    context = CheckContext(agents=frozenset({"helpdesk"}))
    (only,) = check_rules(tmp_path, context, base=tmp_path).diagnostics
    assert (only.name, str(only.span)) == ("unused-agent", "main.rules:1:1")
