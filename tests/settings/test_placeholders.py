"""``${env:NAME}`` and ``${file:PATH}``."""

from __future__ import annotations

import pytest


def test_variables_and_files_fill_strings(load, agent, tmp_path):
    """Placeholders are replaced whole or inside a longer string; files lose white space at their ends."""
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "token").write_text("\ufeff t0ken\r\n", "utf-8")
    settings = load(
        agent + 'token = "${file:secrets/token}"\nnotice = "你好 ${env:WHO}，${env:WHO}"\n', WHO="小林"
    )
    assert settings.agents["helpdesk"].token.get_secret_value() == "t0ken"
    assert settings.agents["helpdesk"].notice == "你好 小林，小林"


def test_lists_are_filled_too(load):
    """Placeholders work in the entries of a list."""
    assert load('allowed_users = ["${env:BOSS}"]\n', BOSS="u1").channel.allowed_users == ("u1",)


def test_what_a_placeholder_gives_is_not_searched_again(load, agent):
    """A value that looks like a placeholder stays as it is."""
    settings = load(agent + 'signing_secret = "${env:A}"\n', A="${env:B}", B="no")
    assert settings.agents["helpdesk"].signing_secret.get_secret_value() == "${env:B}"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("${env:NOT_SET}", "the environment variable NOT_SET is not set"),
        ("${evn:X}", "${evn:…} is not known; there are ${env:NAME} and ${file:PATH}"),
        ("${HOME}", "write ${env:HOME}"),
        ("${env:X", "the closing brace of ${env:…} or ${file:…} is missing"),
        ("${env:OK}${file:x", "the closing brace of ${env:…} or ${file:…} is missing"),
        ("${env:}", "a name must follow the colon of ${env:}"),
        ("${file: }", "a name must follow the colon of ${file:}"),
    ],
)
def test_a_wrong_placeholder_names_the_key(problems, agent, written, told):
    """A placeholder that cannot be filled is one problem of its key, and nothing else is said about it."""
    found = problems(f'{agent}token = "{written}"\n', OK="ok-value")
    assert found == [f"prx-router.toml: agents.helpdesk.token: {told}"]


def test_files_that_cannot_be_read_are_told(problems, agent, tmp_path):
    """A missing file, a folder, a file that is no text and one that is too big are problems of the key."""
    (tmp_path / "gbk").write_bytes("密码".encode("gbk"))
    (tmp_path / "big").write_bytes(b"x" * 70_000)
    (tmp_path / "folder").mkdir()
    for name, told in (
        ("none", "there is no file none"),
        ("folder", "folder is a folder; a file is needed here"),
        ("gbk", "the file gbk is not UTF-8"),
        ("big", "big has more than 65536 bytes, which cannot be the file that is meant"),
        ("a\\u0000b", "cannot read a\0b: embedded null byte"),
    ):
        found = problems(f'{agent}token = "${{file:{name}}}"\n')
        assert found == [f"prx-router.toml: agents.helpdesk.token: {told}"]


def test_filled_values_never_show_in_errors(problems):
    """A value from the environment that a key cannot have is told without the value."""
    for line in ('level = "${env:V}"', 'format = "${env:V}"'):
        assert not [told for told in problems(f"[log]\n{line}\n", V="hush-hush") if "hush" in told]
    told = problems(
        '[dingtalk]\napi_base = "${env:V}"\nwebhook_hosts = ["${env:V}"]\nca_file = "${env:V}"\n',
        V="hush hush",
    )
    assert len(told) == 3
    assert "hush" not in str(told)
