"""What ``config show`` and ``doctor`` are told."""

from __future__ import annotations

from prx_dingtalk_router.settings import effective, written_secrets


def test_every_key_is_shown_with_its_origin(load, agent, tmp_path):
    """Keys and values are written as in TOML, each with the file, the variable or the default."""
    settings = load(
        agent
        + 'token = "${env:TOKEN}"\ntimeout = "2m"\nnotice_after = ""\n[agents."客服"]\nurl = "https://a.example"\n',
        TOKEN="t0ken-value",
        PRX_ROUTER_LOG__LEVEL="debug",
    )
    shown = {entry.key: (entry.value, entry.origin.render("en")) for entry in effective(settings)}
    file = str(tmp_path / "prx-router.toml")
    assert shown["channels_config.dingtalk.client_secret"] == ('"********"', file)
    assert shown["agents.helpdesk.token"] == ('"********"', f"{file} (${{env:TOKEN}})")
    assert shown["agents.helpdesk.timeout"] == ('"2m"', file)
    assert shown["agents.helpdesk.notice_after"] == ('""', file)
    assert shown['agents."客服".signing_secret'] == ('""', "default")
    assert shown["dingtalk.webhook_hosts"] == ('["*.dingtalk.com", "*.dingtalk.io"]', "default")
    assert shown["rules.tests"] == ("true", "default")
    assert shown["log.level"] == ('"debug"', "environment variable PRX_ROUTER_LOG__LEVEL")
    assert "value" not in str(shown)


def test_a_proxy_is_shown_without_its_password(load):
    """Which proxy is used can be seen, its name and password cannot."""
    settings = load('[dingtalk]\nproxy = "http://me:pw@p.example:3128"\n')
    shown = {entry.key: entry.value for entry in effective(settings)}
    assert shown["dingtalk.proxy"] == '"http://********@p.example:3128"'


def test_secrets_written_in_files_are_found(load, agent, tmp_path):
    """Secrets in a file itself are listed; those from variables and files of their own, and empty ones, are not."""
    settings = load(
        agent
        + 'token = "${env:TOKEN}"\nsigning_secret = "x"\nwebhook_token = ""\n[dingtalk]\nproxy = "http://p:1"\n',
        TOKEN="t",
        PRX_ROUTER_ADMIN__TOKEN="t",
    )
    file = tmp_path / "prx-router.toml"
    assert written_secrets(settings) == [
        ("channels_config.dingtalk.client_secret", file),
        ("agents.helpdesk.signing_secret", file),
    ]


def test_what_is_missing_is_told_from_what_is_empty(load):
    """Credentials that are not there, and secrets whose variable is not set; not what may be empty."""
    settings = load(
        '[agents.helpdesk]\nurl = "http://127.0.0.1:1"\ntoken = "${env:TOKEN}"\nsigning_secret = ""\n',
        channel=False,
        credentials=False,
    )
    assert [entry.key for entry in effective(settings) if entry.missing] == [
        "channels_config.dingtalk.client_id",
        "channels_config.dingtalk.client_secret",
        "agents.helpdesk.token",
    ]
