"""Which configuration file a command works with."""

from __future__ import annotations

from pathlib import Path

from prx_dingtalk_router.settings import find_settings


def test_the_file_is_found_in_the_order_promised(tmp_path):
    """``--config`` wins over the variable, which wins over this folder and its parents."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    above = tmp_path / "prx-router.toml"
    above.touch()
    environ = {"PRX_ROUTER_CONFIG": "other.toml"}
    assert find_settings(Path("mine.toml"), environ, inner) == inner / "mine.toml"
    assert find_settings(None, environ, inner) == inner / "other.toml"
    assert find_settings(None, {"PRX_ROUTER_CONFIG": ""}, inner) == above
    (inner / "prx-router.toml").touch()
    assert find_settings(None, {}, inner) == inner / "prx-router.toml"


def test_no_file_is_found_where_there_is_none(tmp_path):
    """Without a file anywhere above there is no configuration, which is no error here."""
    assert find_settings(None, {}, tmp_path) is None
