"""From a file to settings: defaults, the sample of the documentation, and files that are none."""

from __future__ import annotations

import os
import pickle
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from prx_dingtalk_router.errors import SettingsError
from prx_dingtalk_router.settings import load_settings, settings_from_table

NOBODY = 65534


def test_defaults_are_those_of_the_interfaces(load, agent, tmp_path):
    """A configuration with nothing but what is required has the documented defaults."""
    settings = load(agent)
    assert settings.source == tmp_path / "prx-router.toml"
    assert settings.channel.allowed_users == ()
    assert settings.dingtalk.api_base == "https://api.dingtalk.com"
    assert settings.dingtalk.webhook_hosts == ("*.dingtalk.com", "*.dingtalk.io")
    assert (settings.dingtalk.robot_name, settings.dingtalk.replies_per_minute) == ("", 18)
    assert (settings.dingtalk.proxy.get_secret_value(), settings.dingtalk.ca_file) == ("", None)
    assert settings.dingtalk.give_up_after == 600
    assert settings.rules.path == tmp_path / "rules"
    assert (settings.rules.timezone, settings.rules.calendar) == ("Asia/Shanghai", "")
    assert (settings.rules.reload, settings.rules.tests, settings.rules.boot) == ("watch", True, "last-good")
    helpdesk = settings.agents["helpdesk"]
    assert (helpdesk.in_flight, helpdesk.waiting, helpdesk.retry_safe) == (24, 20, False)
    assert (helpdesk.reach_for, helpdesk.timeout, helpdesk.idempotency_ttl) == (15, 600, 300)
    assert (helpdesk.notice_after, helpdesk.notice, helpdesk.format) == (20, "正在处理，请稍候…", "markdown")
    assert (settings.journal.path, settings.journal.retention) == (tmp_path / "prx-router.db", 7 * 86400)
    assert (settings.admin.host, settings.admin.port) == ("127.0.0.1", 8321)
    assert (settings.log.level, settings.log.format) == ("info", "auto")


def test_every_problem_is_told_at_once(problems, agent):
    """Two mistakes in two tables give two problems, each with its file and key."""
    told = problems(agent + 'waiting = -1\n[log]\nlevel = "inof"\n')
    assert told == [
        "prx-router.toml: agents.helpdesk.waiting: must be at least 0",
        'prx-router.toml: log.level: must be one of "debug", "info", "warning", "error"; did you mean "info"?',
    ]


def test_a_missing_channel_is_one_problem(problems, agent):
    """Without the channel's table the problem is the table, not each key of it."""
    assert [told.split(": ")[1] for told in problems(agent, channel=False)] == ["channels_config.dingtalk"]


def test_rules_can_be_checked_without_credentials(load, agent):
    """Where no credentials are needed, a missing channel and missing secrets come out empty."""
    settings = load(agent + 'token = "${env:NOT_SET}"\n', channel=False, credentials=False)
    assert settings.channel.client_id == ""
    assert settings.channel.allowed_users == ()
    assert settings.agents["helpdesk"].token.get_secret_value() == ""


def test_checking_rules_still_tells_other_mistakes(problems):
    """Where no credentials are needed, a missing variable in a key that is no secret is still a problem."""
    told = problems('[rules]\npath = "${env:NOT_SET}"\n', credentials=False)
    assert told == ["prx-router.toml: rules.path: the environment variable NOT_SET is not set"]


def test_a_table_that_was_never_a_file_loads_the_same(tmp_path):
    """A table made by a program is checked like one that was read, and is left as it was."""
    table = {
        "channels_config": {"dingtalk": {"client_id": "ding1", "client_secret": "x"}},
        "agents": {"a": {"url": "http://localhost:1", "timeout": "2m"}},
    }
    settings = settings_from_table(table, tmp_path / "none.toml", {"PRX_ROUTER_AGENTS__A__WAITING": "3"})
    assert (settings.agents["a"].timeout, settings.agents["a"].waiting) == (120, 3)
    assert "waiting" not in table["agents"]["a"]


def test_secrets_are_never_shown(load, agent):
    """No way of printing settings shows a secret, nor does an error about a key beside it."""
    written = (
        agent
        + 'token = "t0ken-value"\nsigning_secret = "sign-value"\n[dingtalk]\nproxy = "http://me:pw-value@p:1"\n'
    )
    settings = load(written)
    shown = repr(settings) + str(settings) + str(settings.model_dump()) + settings.model_dump_json()
    for secret in ("s3cr3t-value", "t0ken-value", "sign-value", "pw-value"):
        assert secret not in shown
    with pytest.raises(SettingsError) as caught:
        load(written + "replies_per_minute = 0\n")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert "value" not in str(caught.value)


def test_settings_travel_between_processes(load, agent):
    """Settings survive pickling, as the helper process of a reload needs."""
    settings = load(agent)
    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301 - our own bytes


def test_a_file_that_windows_wrote_is_read(tmp_path):
    """A byte order mark and carriage returns do not disturb."""
    path = tmp_path / "x.toml"
    path.write_bytes(b'\xef\xbb\xbf[channels_config.dingtalk]\r\nclient_id = "a"\r\nclient_secret = "b"\r\n')
    assert load_settings(path, {}).channel.client_id == "a"


def test_a_gbk_file_is_told_with_its_line(tmp_path):
    """A file saved as GBK is refused with the first line that is not UTF-8."""
    path = tmp_path / "x.toml"
    path.write_bytes('[rules]\n# 规则\npath = "a"\n'.encode("gbk"))
    with pytest.raises(SettingsError) as caught:
        load_settings(path, {})
    assert [str(problem) for problem in caught.value.problems] == [
        f"{path}: not UTF-8 from line 2 on (perhaps saved as GBK); save the file as UTF-8"
    ]


def test_a_folder_and_a_missing_file_are_told(tmp_path):
    """A folder in place of the file, and no file at all, are errors that name the path."""
    for path, told in ((tmp_path, "is a folder"), (tmp_path / "none.toml", "there is no file")):
        with pytest.raises(SettingsError) as caught:
            load_settings(path, {})
        assert told in str(caught.value)
        assert str(path) in str(caught.value.problems[0])


@contextmanager
def as_a_common_user():
    """The superuser may read everything; anybody else stays who they are."""
    superuser = os.geteuid() == 0
    if superuser:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)


def test_a_file_without_permission_is_told():
    """A file that this user may not read is an error, not a traceback."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder, "x.toml")
        path.touch(mode=stat.S_IWUSR)
        with as_a_common_user(), pytest.raises(SettingsError) as caught:
            load_settings(path, {})
    assert "no permission" in str(caught.value)
