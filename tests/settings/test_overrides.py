"""``PRX_ROUTER_<TABLE>__<KEY>`` in the environment."""

from __future__ import annotations

import pytest


def test_overrides_win_over_the_file_in_every_type(load, agent, tmp_path):
    """Strings, numbers, truth values, durations, paths and lists are read from the environment."""
    settings = load(
        agent,
        PRX_ROUTER_DINGTALK__API_BASE="http://127.0.0.1:9",
        PRX_ROUTER_DINGTALK__REPLIES_PER_MINUTE="5",
        PRX_ROUTER_DINGTALK__WEBHOOK_HOSTS='["127.0.0.1", "*.dingtalk.com"]',
        PRX_ROUTER_RULES__TESTS="False",
        PRX_ROUTER_RULES__PATH="other",
        PRX_ROUTER_JOURNAL__RETENTION="1d",
        PRX_ROUTER_CHANNELS_CONFIG__DINGTALK__CLIENT_ID="ding2",
        PRX_ROUTER_CHANNELS_CONFIG__DINGTALK__ALLOWED_USERS="u1, u2",
        PRX_ROUTER_AGENTS__HELPDESK__URL="https://a.example",
    )
    assert settings.dingtalk.api_base == "http://127.0.0.1:9"
    assert settings.dingtalk.replies_per_minute == 5
    assert settings.dingtalk.webhook_hosts == ("127.0.0.1", "*.dingtalk.com")
    assert settings.rules.tests is False
    assert settings.rules.path == tmp_path / "other"
    assert settings.journal.retention == 86400
    assert settings.channel.client_id == "ding2"
    assert settings.channel.allowed_users == ("u1", "u2")
    assert settings.agents["helpdesk"].url == "https://a.example"


def test_an_override_may_have_placeholders_and_replaces_missing_ones(load, tmp_path):
    """What an override replaces is never filled, so a missing secret can be given another way."""
    (tmp_path / "secret").write_text("from-file\n")
    settings = load(
        '[channels_config.dingtalk]\nclient_id = "a"\nclient_secret = "${env:NOT_SET}"\n',
        channel=False,
        PRX_ROUTER_CHANNELS_CONFIG__DINGTALK__CLIENT_SECRET="${file:secret}",
    )
    assert settings.channel.client_secret.get_secret_value() == "from-file"


def test_agents_are_meant_by_folded_names(load):
    """Case, and ``_`` for ``-``, do not matter; names that are not ASCII and with ``__`` work."""
    settings = load(
        '[agents.Help-Desk]\nurl = "https://a.example"\n[agents."客服"]\nurl = "https://b.example"\n'
        '[agents.a__b]\nurl = "https://c.example"\n',
        PRX_ROUTER_AGENTS__HELP_DESK__WAITING="1",
        PRX_ROUTER_AGENTS__客服__WAITING="2",
        PRX_ROUTER_AGENTS__A__B__WAITING="3",
    )
    assert {name: agent.waiting for name, agent in settings.agents.items()} == {
        "Help-Desk": 1,
        "客服": 2,
        "a__b": 3,
    }


def test_an_agent_may_live_in_the_environment_alone(load):
    """An agent that the file does not have is made, in lower case, when its address is given."""
    settings = load(PRX_ROUTER_AGENTS__NEW__URL="https://n.example", PRX_ROUTER_AGENTS__NEW__TOKEN="t")
    assert settings.agents["new"].token.get_secret_value() == "t"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("DINGTALK_API_BASE", "stands for no key; did you mean PRX_ROUTER_DINGTALK__API_BASE?"),
        ("DINGTALK__API_BAES", "stands for no key; did you mean PRX_ROUTER_DINGTALK__API_BASE?"),
        ("AGENTS__HELPDESC__TOKEN", "stands for no key; did you mean PRX_ROUTER_AGENTS__HELPDESK__TOKEN?"),
        ("CONFG", "stands for no key; did you mean PRX_ROUTER_CONFIG?"),
        ("DINGTALK", "stands for no key"),
        ("AGENTS__X", "stands for no key"),
        ("", "stands for no key"),
        ("__", "stands for no key"),
        ("ZZZZ__QQQQ__WWWW", "stands for no key; the form is PRX_ROUTER_<TABLE>__<KEY>"),
    ],
)
def test_unknown_overrides_are_told(problems, agent, name, told):
    """A variable of ours that stands for no key is an error, with the likely one."""
    (found,) = problems(agent, **{f"PRX_ROUTER_{name}": "x"})
    assert found.startswith(f"environment variable PRX_ROUTER_{name}: {told}")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("RULES__TESTS", "yes", "should be true or false"),
        ("DINGTALK__REPLIES_PER_MINUTE", "many", "should be a whole number"),
        ("DINGTALK__WEBHOOK_HOSTS", '["a"', 'write a list as JSON (["a", "b"]) or separated by commas (a,b)'),
        (
            "LOG__LEVEL",
            "inof",
            'log.level: must be one of "debug", "info", "warning", "error"; did you mean "info"?',
        ),
    ],
)
def test_wrong_values_name_the_variable(problems, name, value, told):
    """A wrong value in the environment is told of the variable, not of the file."""
    assert problems(**{f"PRX_ROUTER_{name}": value}) == [f"environment variable PRX_ROUTER_{name}: {told}"]


def test_an_override_for_two_agents_is_ambiguous(problems):
    """Names that differ only by what variables cannot tell apart are an error when overridden."""
    written = '[agents.a-b]\nurl = "https://a.example"\n[agents.a_b]\nurl = "https://b.example"\n'
    (told,) = problems(written, PRX_ROUTER_AGENTS__A_B__WAITING="1")
    assert (
        told == "environment variable PRX_ROUTER_AGENTS__A_B__WAITING: may mean more than one agent: a-b, a_b"
    )


def test_variables_that_are_not_ours_to_judge_are_let_be(load):
    """The configuration's own variable, and what Kubernetes adds beside a service of this name, are no overrides."""
    settings = load(
        PRX_ROUTER_CONFIG="/x.toml",
        PRX_ROUTER_SERVICE_HOST="10.0.0.1",
        PRX_ROUTER_SERVICE_PORT_ADMIN="8321",
        PRX_ROUTER_PORT="tcp://10.0.0.1:8321",
        PRX_ROUTER_PORT_8321_TCP_ADDR="10.0.0.1",
    )
    assert settings.origins.keys() == {
        ("channels_config",),
        ("channels_config", "dingtalk"),
        ("channels_config", "dingtalk", "client_id"),
        ("channels_config", "dingtalk", "client_secret"),
    }
