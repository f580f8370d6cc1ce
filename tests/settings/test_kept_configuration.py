"""The last good configuration, for a start at which the file is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from prx_dingtalk_router.errors import SettingsError
from prx_dingtalk_router.settings import load_settings
from prx_dingtalk_router.settings.kept_configuration import (
    FILE,
    MissingSecretsError,
    keep_configuration,
    last_good_settings,
    state_folder,
)

SECRET = "s3cr3t-0f-the-b0t"
TOKEN = "t0k3n-0f-the-d3sk"
ENVIRON = {"DING_SECRET": SECRET, "DESK_TOKEN": TOKEN}
GOOD = """[channels_config.dingtalk]
client_id = "ding1abc"
client_secret = "${env:DING_SECRET}"
allowed_users = ["u1001"]
[agents.desk]
url = "http://127.0.0.1:16830"
token = "${env:DESK_TOKEN}"
timeout = "90s"
"""
BROKEN = {
    "no TOML": GOOD.replace("[agents.desk]", "[agents.desk"),
    "a wrong value": GOOD.replace('"90s"', '"soon"'),
    "an unknown key": GOOD + 'tiemout = "9s"\n',
    "empty": "",
    "gone": None,
}


def kept(folder: Path, written: str, environ: dict[str, str] = ENVIRON) -> Path:
    """A configuration that was in force, and is kept; its file."""
    source = folder / "prx-router.toml"
    source.write_text(written, "utf-8")
    state = state_folder(load_settings(source, environ).journal)
    assert state is not None
    state.mkdir(parents=True, exist_ok=True)
    keep_configuration(source, source.read_bytes(), state)
    return source


def breaks(source: Path, written: str | None) -> None:
    """Leave something else in its place."""
    source.unlink()
    if written is not None:
        source.write_text(written, "utf-8")


@pytest.mark.parametrize("breakage", BROKEN)
def test_a_broken_file_has_a_last_good_one(tmp_path: Path, breakage: str) -> None:
    """Whatever is wrong with it: its values are those that were in force, with the environment of today."""
    source = kept(tmp_path, GOOD)
    good = load_settings(source, ENVIRON)
    breaks(source, BROKEN[breakage])
    with pytest.raises(SettingsError):
        load_settings(source, ENVIRON)
    assert last_good_settings(source, ENVIRON) == good
    (state,) = tmp_path.glob("*.state")
    assert (state / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("url", ["sqlite:///data/messages.db", "sqlite:////{absolute}/messages.db"])
def test_it_is_found_beside_any_journal(tmp_path: Path, url: str) -> None:
    """The file still says where that is, however broken; else a variable may."""
    url = url.format(absolute=(tmp_path / "else where").as_posix().lstrip("/"))
    written = f'{GOOD}[journal]\nurl = "{url}"\n'
    source = kept(tmp_path, written)
    good = load_settings(source, ENVIRON)
    breaks(source, f"{written}[[[")
    assert last_good_settings(source, ENVIRON) == good
    breaks(source, None)
    assert last_good_settings(source, ENVIRON) is None
    found = last_good_settings(source, {**ENVIRON, "PRX_ROUTER_JOURNAL__URL": url})
    assert found is not None
    assert found.journal == good.journal


def test_a_secret_in_the_file_is_never_copied(tmp_path: Path) -> None:
    """It is taken from the file again, where that can be read as TOML; else the keys that are missing are named."""
    in_file = GOOD.replace("${env:DING_SECRET}", SECRET).replace("${env:DESK_TOKEN}", f"{TOKEN}${{env:X}}")
    environ = {"X": "x"}
    source = kept(tmp_path, in_file, environ)
    good = load_settings(source, environ)
    (state,) = tmp_path.glob("*.state")
    assert all(
        secret not in path.read_text("utf-8") for path in state.iterdir() for secret in (SECRET, TOKEN)
    )
    breaks(source, in_file.replace('"90s"', '"soon"'))
    assert last_good_settings(source, environ) == good
    breaks(source, in_file.replace("[agents.desk]", "[agents.desk"))
    with pytest.raises(MissingSecretsError) as missing:
        last_good_settings(source, environ)
    assert missing.value.keys == ("channels_config.dingtalk.client_secret", "agents.desk.token")
    given = {
        "PRX_ROUTER_CHANNELS_CONFIG__DINGTALK__CLIENT_SECRET": SECRET,
        "PRX_ROUTER_AGENTS__DESK__TOKEN": TOKEN,
    }
    settings = last_good_settings(source, given)
    assert settings is not None
    assert settings.channel.client_secret == good.channel.client_secret


def test_what_is_kept_of_another_file_is_not_ours(tmp_path: Path) -> None:
    """Nor is what nobody can read; and a variable that is wrong is wrong with the last good one, too."""
    source = kept(tmp_path, GOOD)
    breaks(source, "[[[")
    with pytest.raises(SettingsError, match="PRX_ROUTER_LOG__LEVLE"):
        last_good_settings(source, {**ENVIRON, "PRX_ROUTER_LOG__LEVLE": "info"})
    assert last_good_settings(tmp_path / "other.toml", ENVIRON) is None
    (state,) = tmp_path.glob("*.state")
    (state / FILE).write_text("{", "utf-8")
    assert last_good_settings(source, ENVIRON) is None
