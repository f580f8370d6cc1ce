"""The table of names."""

from __future__ import annotations

from prx_dingtalk_router.templates import NAMES, TemplateNames


def test_the_table_is_section_10() -> None:
    """Exactly the names of the language's reference are known."""
    assert {f"{name}.{attribute}" for name in NAMES for attribute in NAMES[name]} | {n for n in NAMES if not NAMES[n]} == {
        "text", "quoted", "type", "sender.id", "sender.name", "conversation.id", "conversation.title", "conversation.kind",
        "pictures", "robot", "file.name", "match", "now", "rule.name", "failure",
    }  # fmt: skip


def test_paths_follow_the_place() -> None:
    """Failure is listed in else steps only, captures as they are."""
    assert "failure" not in TemplateNames().paths()
    assert {"failure", "match.a"} <= set(TemplateNames(in_else=True, groups=frozenset({"a"})).paths())
    assert TemplateNames().suggestion("error") is None
    assert TemplateNames(in_else=True).suggestion("error") == "failure"
