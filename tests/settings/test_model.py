"""Each key: what it takes, and what it says about other values."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from prx_dingtalk_router.settings import AgentSettings


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("replies_per_minute = 0", "replies_per_minute: must be at least 1"),
        ("replies_per_minute = true", "replies_per_minute: should be a whole number, but is true or false"),
        (
            "replies_per_minute = 1.5",
            "replies_per_minute: should be a whole number, but is a number with a fraction",
        ),
        ('replies_per_minute = "18"', 'replies_per_minute: should be a whole number, but is a string ("…")'),
        ("api_calls_per_month = -1", "api_calls_per_month: must be at least 0"),
        ("webhook_and_stream_per_month = -1", "webhook_and_stream_per_month: must be at least 0"),
        *(
            (
                f"reserve = {written}",
                'reserve: a percentage is 0% to 100% in quotation marks, such as "20%"',
            )
            for written in ("20", "0.2", '"20"', '"101%"', '"-1%"', '"20％"', '""', '"1.234%"')
        ),
        ("robot_name = 2027-01-01", 'robot_name: should be a string ("…"), but is a date or time'),
        ("robot_name = {}", 'robot_name: should be a string ("…"), but is a table'),
        (
            'webhook_hosts = "x.example"',
            'webhook_hosts: must be a list: write brackets, as in ["*.dingtalk.com"]',
        ),
        ("webhook_hosts = [5]", 'webhook_hosts: entry 1: should be a string ("…"), but is a whole number'),
        ("webhook_hosts = 5", "webhook_hosts: should be a list ([…]), but is a whole number"),
        (
            'ca_file = "none.pem"',
            "ca_file: there is no such file (relative paths start from the folder of the configuration)",
        ),
        ('aip_base = "https://x"', "aip_base: there is no such key; did you mean dingtalk.api_base?"),
        (
            'client_id = "x"',
            "client_id: there is no such key; did you mean channels_config.dingtalk.client_id?",
        ),
        ("zzz = 1", "zzz: there is no such key"),
    ],
)
def test_a_wrong_key_of_dingtalk_is_told(problems, line, told):
    """Each mistake in ``[dingtalk]`` is one problem that names the key."""
    assert problems(f"[dingtalk]\n{line}\n") == [f"prx-router.toml: dingtalk.{told}"]


@pytest.mark.parametrize(
    ("table", "line", "told"),
    [
        ("rules", 'path = ""', "must not be empty"),
        ("rules", 'timezone = "asia/shanghai"', 'is no time zone; did you mean "Asia/Shanghai"?'),
        ("rules", 'timezone = "../etc"', "is no time zone"),
        ("rules", 'timezone = ""', "is no time zone"),
        ("rules", 'timezone = "posix/Asia/Shanghai"', "is no time zone"),
        ("rules", 'timezone = "right/Asia/Shanghai"', "is no time zone"),
        ("rules", 'timezone = "localtime"', "is no time zone"),
        ("rules", 'timezone = "Factory"', "is no time zone"),
        ("rules", 'calendar = "UK"', 'is no ISO country code (two capital letters); did you mean "GB"?'),
        ("rules", 'calendar = "cn"', 'is no ISO country code (two capital letters); did you mean "CN"?'),
        ("rules", 'calendar = "XX"', "is no ISO country code that is known"),
        ("rules", 'reload = "manul"', 'must be one of "watch", "manual"; did you mean "manual"?'),
        ("rules", "tests = 1", "should be true or false, but is a whole number"),
        ("journal", 'url = "postgres://x/y"', 'should be "sqlite:///path/of/file" or "memory:"'),
        ("journal", 'url = "sqlite:///"', 'should be "sqlite:///path/of/file" or "memory:"'),
        ("journal", 'retention = "0s"', "the duration must be more than 0"),
        ("admin", 'listen = "8321"', 'should be "host:port"'),
        ("admin", 'listen = "127.0.0.1:65536"', 'should be "host:port"'),
        ("admin", 'listen = ":8321"', 'should be "host:port"'),
        ("admin", 'token = "a b"', "a token may have visible ASCII characters only"),
        ("log", "level = 5", 'must be one of "debug", "info", "warning", "error"'),
    ],
)
def test_a_wrong_value_is_told(problems, table, line, told):
    """Each value that a key cannot have is one problem that says what the key takes."""
    (problem,) = problems(f"[{table}]\n{line}\n")
    assert problem.startswith(f"prx-router.toml: {table}.{line.split()[0]}: {told}")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("in_flight = 33", "must be between 1 and 32: PRX refuses more than 32 keyed requests at a time"),
        ("in_flight = 0", "must be between 1 and 32: PRX refuses more than 32 keyed requests at a time"),
        ("waiting = -1", "must be at least 0"),
        ('notice = " "', 'must not be empty; write notice_after = "" to send none'),
        ('format = "html"', 'must be one of "markdown", "text"'),
        ('token = "令牌"', "a token may have visible ASCII characters only, no blanks or line breaks"),
        ("timeout = 600", "a duration is a whole number and ms, s, m, h or d in quotation marks"),
        ("timeout = 600.0", "a duration is a whole number and ms, s, m, h or d in quotation marks"),
    ],
)
def test_a_wrong_key_of_an_agent_is_told(problems, agent, line, told):
    """Each mistake in an agent's table is one problem with the agent's name in it."""
    (problem,) = problems(f"{agent}{line}\n")
    assert problem.startswith(f"prx-router.toml: agents.helpdesk.{line.split()[0]}: {told}")


def test_names_that_are_not_ascii_are_quoted(load, problems):
    """An agent may have a Chinese name, which problems quote as TOML does."""
    assert load('[agents."客服"]\nurl = "https://a.example"\n').agents["客服"].url == "https://a.example"
    assert problems('[agents."客服"]\n') == ['prx-router.toml: agents."客服".url: is required and missing']


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("dingtalk = 5\n", "dingtalk: should be a table: write [dingtalk] and its keys below it"),
        ("agents = 5\n", "agents: should be a table: write [agents.NAME] and its keys below it"),
        ('[agents]\nurl = "x"\n', "agents.url: should be a table: write [agents.NAME] and its keys below it"),
        (
            "channels_config = 5\n",
            "channels_config: should be a table: write [channels_config] and its keys below it",
        ),
        (
            "[channels_config]\ndingtalk = 5\n",
            "channels_config.dingtalk: should be a table: write [channels_config.dingtalk] and its keys below it",
        ),
        (
            '[agents." "]\nurl = "https://a.example"\n',
            "agents: the name of an agent must not be blank or have control characters",
        ),
    ],
)
def test_tables_that_are_none_are_told(problems, written, told):
    """A value in place of a table is told, with how to write the table."""
    sound = (
        ""
        if "channels_config" in written
        else '[channels_config.dingtalk]\nclient_id = "a"\nclient_secret = "b"\n'
    )
    assert problems(written + sound, channel=False) == [f"prx-router.toml: {told}"]


def test_attributes_of_the_settings_are_no_tables(problems):
    """``[channel]`` and ``source`` are names of the program, not of the file."""
    told = problems('[channel]\nclient_id = "x"\n')
    assert told == ["prx-router.toml: channel: there is no such key; did you mean channels_config?"]


def test_the_channel_knows_pasted_blanks_and_prx_own_key(load):
    """Blanks and invisible characters around id and secret are cut off; ``mention_only`` is let be."""
    settings = load(
        '[channels_config.dingtalk]\nclient_id = " \u200bding1\u00a0"\nclient_secret = "\ufeff s \u3000"\n'
        'allowed_users = [" u1 ", "*"]\nmention_only = true\n',
        channel=False,
    )
    assert settings.channel.client_id == "ding1"
    assert settings.channel.client_secret.get_secret_value() == "s"
    assert settings.channel.allowed_users == ("u1", "*")


def test_allowed_users_must_be_a_list(problems):
    """A bare string would allow each letter of it; it is an error that says to write brackets."""
    told = problems('allowed_users = "*"\n')
    assert told == [
        'prx-router.toml: channels_config.dingtalk.allowed_users: must be a list: write brackets, as in ["manager1234"]'
    ]


def test_empty_credentials_are_told(problems):
    """An empty id or secret is as good as none."""
    told = problems('[channels_config.dingtalk]\nclient_id = " "\nclient_secret = ""\n', channel=False)
    assert [problem.split(": ", 2)[1:] for problem in told] == [
        ["channels_config.dingtalk.client_id", "must not be empty"],
        ["channels_config.dingtalk.client_secret", "must not be empty"],
    ]


def test_never_is_written_as_an_empty_string(load, agent):
    """``notice_after = ""`` means that no notice is sent, which then needs no words."""
    helpdesk = load(agent + 'notice_after = ""\nnotice = ""\n').agents["helpdesk"]
    assert helpdesk.notice_after is None


@pytest.mark.parametrize(("listen", "host"), [("[::1]:0", "::1"), ("localhost:80", "localhost")])
def test_loopback_needs_no_token(load, listen, host):
    """The admin address may be any loopback address without a token."""
    assert load(f'[admin]\nlisten = "{listen}"\n').admin.host == host


@pytest.mark.parametrize("listen", ["0.0.0.0:8321", "[::]:8321", "router.example:8321"])
def test_other_addresses_need_a_token(load, problems, listen):
    """An admin address that others can reach needs a token, and is taken with one."""
    (told,) = problems(f'[admin]\nlisten = "{listen}"\n')
    assert told.startswith("prx-router.toml: admin.token: admin.listen is not a loopback address")
    assert load(f'[admin]\nlisten = "{listen}"\ntoken = "t"\n').admin.listen == listen


def test_a_journal_is_a_file_or_memory(load, tmp_path):
    """Relative journals lie beside the configuration, absolute ones where they say, or in memory."""
    assert load('[journal]\nurl = "sqlite:///data/x.db"\n').journal.path == tmp_path / "data" / "x.db"
    assert str(load('[journal]\nurl = "sqlite:////var/x.db"\n').journal.path) == "/var/x.db"
    assert load('[journal]\nurl = "memory:"\n').journal.path is None


def test_a_known_calendar_is_taken(load):
    """An ISO country code of the holidays library is a calendar."""
    assert load('[rules]\ncalendar = "CN"\n').rules.calendar == "CN"


def test_settings_do_not_change(load, agent):
    """A finished setting cannot be assigned to."""
    settings = load(agent)
    with pytest.raises(ValidationError):
        settings.log.level = "debug"


def test_an_agent_made_in_code_takes_seconds():
    """A program may give durations in seconds, or as the file writes them."""
    assert AgentSettings(url="http://127.0.0.1:1", timeout=0.5).timeout == 0.5
    assert AgentSettings(url="http://127.0.0.1:1", notice_after=None).notice_after is None


def test_a_failed_reply_that_is_not_configured_is_left_to_the_language_of_the_message(load, agent):
    """What is configured is said as it is; the default is shown in Chinese."""
    left = load(agent).dingtalk
    assert (left.failed_reply, left.own_failed_reply) == ("抱歉，刚才没有处理成功，请稍后再试。", None)
    for own in ("出错了", ""):
        assert load(f'{agent}[dingtalk]\nfailed_reply = "{own}"\n').dingtalk.own_failed_reply == own


@pytest.mark.parametrize(("written", "share"), [("0%", 0.0), (" 20% ", 0.2), ("12.5%", 0.125), ("100%", 1.0)])
def test_the_reserve_is_a_share(load, agent, written, share):
    """A percentage is kept as it is written, and is a share of one for whoever reckons."""
    assert load(f'{agent}[dingtalk]\nreserve = "{written}"\n').dingtalk.reserved_share == share
