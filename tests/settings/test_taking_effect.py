"""What a reload takes over, and what keeps its running value."""

from __future__ import annotations

from prx_dingtalk_router.settings.schema import known_keys
from prx_dingtalk_router.settings.taking_effect import RELOADED, changed_keys, effect_of, reloaded


def test_every_entry_of_the_table_is_about_a_key():
    """A key that is renamed cannot be forgotten in the table."""
    keys = {key for key, _ in known_keys()}
    assert {each for each in RELOADED if each not in keys | {key.rpartition(".")[0] for key in keys}} == set()


def test_a_reload_takes_limits_people_and_agents_over(load, agent):
    """What can change while the router runs has its new value after a reload."""
    running = load(agent)
    loaded = load(
        'allowed_users = ["u1"]\n[dingtalk]\nreplies_per_minute = 5\n[log]\nlevel = "debug"\n'
        '[rules]\ntimezone = "UTC"\n[agents.other]\nurl = "http://127.0.0.1:1"\n'
    )
    settings, waiting = reloaded(running, loaded)
    assert waiting == ()
    assert settings.channel.allowed_users == ("u1",)
    assert settings.dingtalk.replies_per_minute == 5
    assert (settings.log.level, settings.rules.timezone) == ("debug", "UTC")
    assert list(settings.agents) == ["other"]
    assert changed_keys(running, settings) == (
        "channels_config.dingtalk.allowed_users",
        "dingtalk.replies_per_minute",
        "rules.timezone",
        "log.level",
        "agents.helpdesk",
        "agents.other",
    )


def test_the_rest_keeps_its_running_value_and_is_named(load, agent):
    """A key that needs a restart is named, and what runs is as before."""
    running = load(agent)
    loaded = load(agent + '[journal]\nretention = "1d"\n[admin]\nlisten = "127.0.0.1:9"\n')
    settings, waiting = reloaded(running, loaded)
    assert changed_keys(running, settings) == ()
    assert waiting == ("journal.retention", "admin.listen")


def test_a_key_of_an_agent_is_named_with_the_agent(load, agent):
    """What changed of an agent that stays is told by key."""
    assert changed_keys(load(agent), load(agent + "in_flight = 3\n")) == ("agents.helpdesk.in_flight",)


def test_agents_are_reloaded_and_credentials_are_not():
    """The table answers for the keys of every agent."""
    assert effect_of("agents.*.token") == "reload"
    assert effect_of("channels_config.dingtalk.client_secret") == "restart"
