"""Keys by the names that people try first."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.settings.model import TABLES
from prx_dingtalk_router.settings.schema import TOP_LEVEL, known_keys, likely_key
from prx_dingtalk_router.settings.synonyms import _WORDS


def test_every_meaning_is_a_key() -> None:
    """No suggestion names a key or table that is none."""
    known = {*TOP_LEVEL, *(".".join(path) for path in TABLES), *(name for name, _ in known_keys())}
    assert _WORDS.keys() - known == set()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (("channels_config", "dingtalk", "clientId"), "channels_config.dingtalk.client_id"),
        (("channels_config", "dingtalk", "AppKey"), "channels_config.dingtalk.client_id"),
        (("channels_config", "dingtalk", "AppSecret"), "channels_config.dingtalk.client_secret"),
        (("channels_config", "dingtalk", "白名单"), "channels_config.dingtalk.allowed_users"),
        (("rules", "时区"), "rules.timezone"),
        (("rules", "tz"), "rules.timezone"),
        (("agents", "helpdesk", "baseUrl"), "agents.helpdesk.url"),
        (("agents", "客服", "bearer_token"), 'agents."客服".token'),
        (("admin", "port"), "admin.listen"),
        (("日志",), "log"),
        (("agent",), "agents"),
        (("钉钉",), "channels_config.dingtalk"),
        (("timezone",), "rules.timezone"),
        (("agents", "helpdesk", "client_id"), "channels_config.dingtalk.client_id"),
        (("log", "qqqqqq"), None),
    ],
)
def test_the_key_that_was_meant(written: tuple[str, ...], meant: str | None) -> None:
    """Another case or language, DingTalk's and PRX's names lead to the key; a key of another table to its place."""
    assert likely_key(written) == meant
