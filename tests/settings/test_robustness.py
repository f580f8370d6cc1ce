"""Whatever stands in a file or the environment, the answer is settings or a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.catalogue import LANGUAGES
from prx_dingtalk_router.errors import SettingsError
from prx_dingtalk_router.settings import Settings, effective, load_settings, settings_from_table
from prx_dingtalk_router.settings.schema import known_keys

KEYS = sorted({part for key, _ in known_keys() for part in key.split(".")})
SCALARS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "10m", "${env:X}", "${file:x}", "${", "127.0.0.1:1", "http://[", "*", "\0", "客服"]),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.datetimes(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=12,
)
TABLES = st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), VALUES, max_size=5)
VARIABLES = st.dictionaries(
    st.sampled_from(["X", "PRX_ROUTER_"])
    | st.lists(st.sampled_from([key.upper() for key in KEYS] + ["客服", "_", ""]), max_size=4).map(
        lambda parts: "PRX_ROUTER_" + "__".join(parts)
    ),
    st.text(max_size=12),
    max_size=3,
)
SOUND = {"channels_config": {"dingtalk": {"client_id": "a", "client_secret": "b"}}}
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _settings_or_sentences(call: Callable[[], Settings]) -> None:
    told = shown = 0
    try:
        made = call()
    except SettingsError as error:
        told = sum(bool(problem.render(language)) for problem in error.problems for language in LANGUAGES)
    else:
        shown = sum(bool(entry.origin.render("zh")) for entry in effective(made))
    assert told or shown


@QUICK
@given(TABLES, VARIABLES)
def test_any_table_gives_settings_or_sentences(table, environ):
    """Values of any type at any key, known or not, never end in a traceback."""
    _settings_or_sentences(lambda: settings_from_table({**SOUND, **table}, Path("none/x.toml"), environ))


@QUICK
@given(st.sampled_from([key for key, _ in known_keys()]), VALUES)
def test_any_value_of_a_known_key_gives_settings_or_sentences(key, value):
    """A known key with any value, in an otherwise sound configuration, never ends in a traceback."""
    table: dict = {
        "agents": {"a": {"url": "https://a.example"}},
        "channels_config": {"dingtalk": dict(SOUND["channels_config"]["dingtalk"])},
    }
    *parts, last = key.replace("*", "a").split(".")
    inner = table
    for part in parts:
        inner = inner.setdefault(part, {})
    inner[last] = value
    _settings_or_sentences(lambda: settings_from_table(table, Path("none/x.toml"), {}))


@QUICK
@given(content=st.binary(max_size=80) | st.text(alphabet='[]"=.\n#{}a客$:“ \\', max_size=80).map(str.encode))
def test_any_bytes_give_sentences_or_settings(tmp_path_factory, content):
    """A file of any bytes is told about in sentences."""
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    _settings_or_sentences(lambda: load_settings(path, {}))
