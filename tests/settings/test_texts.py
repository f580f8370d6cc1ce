"""The sentences themselves, as people read them."""

from __future__ import annotations

import string

import pytest

from prx_dingtalk_router.catalogue import LANGUAGES, use_language
from prx_dingtalk_router.catalogue.settings import MESSAGES
from prx_dingtalk_router.errors import SettingsError

EVERYTHING_WRONG = """
chanel = 1
[channels_config]
cli = true
[channels_config.dingtalk]
client_id     = ""
client_secret = "${env:NOPE}"
allowed_users = "manager1234"
client_sercet = "x"
[prx]
config = 5
[dingtalk]
api_base = "http://api.dingtalk.com"
webhook_hosts = ["*.com", 5, "https://x", "ok.example", "a:8"]
replies_per_minute = 0
proxy = "ftp://u:p@h"
ca_file = "nofile"
give_up_after = 600
client_id = "x"
[rules]
path = ""
timezone = "Asia/Shangai"
calendar = "cn"
reload = "wach"
tests = "true"
boot = 5
[agents."客服"]
token = "a\\nb"
in_flight = 33
waiting = -1
reach_for = "0s"
timeout = "1.5m"
idempotency_ttl = "99999999999d"
notice = ""
format = "html"
ulr = "x"
[agents.flat]
url = "https://user:pw@h/"
token = "${file:nofile}"
agent_id = "${evn:X}"
signing_secret = "${ABC}"
webhook_token = "${env:X"
[journal]
url = "postgres://"
retention = 2027-01-01
[admin]
listen = "0.0.0.0:8321"
[log]
level = "INFO"
format = ["x"]
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_wrong_reads_well(load, snapshot, tmp_path, language):
    """A configuration with every mistake in it gives one sentence a mistake, in both languages."""
    use_language(language)
    with pytest.raises(SettingsError) as caught:
        load(EVERYTHING_WRONG, channel=False, PRX_ROUTER_DINGTALK_API_BASE="x", PRX_ROUTER_RULES__TESTS="yes")
    assert str(caught.value).replace(f"{tmp_path}/", "") == snapshot


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_fill_the_same_fields(key):
    """A sentence has the same fields in Chinese and English."""
    zh, en = (
        {name for _, name, _, _ in string.Formatter().parse(MESSAGES[key].template(each)) if name}
        for each in LANGUAGES
    )
    assert zh == en
