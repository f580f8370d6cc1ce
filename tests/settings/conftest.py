"""A folder with a configuration in it, and what the package makes of that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from prx_dingtalk_router.catalogue import use_language
from prx_dingtalk_router.errors import SettingsError
from prx_dingtalk_router.settings import Settings, load_settings

LINE = re.compile(r"(?<=\.toml):\d+(?=: )")
CHANNEL = '[channels_config.dingtalk]\nclient_id = "ding1abc"\nclient_secret = "s3cr3t-value"\n'
AGENT = '[agents.helpdesk]\nurl = "http://127.0.0.1:16830"\n'


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Settings]:
    """Write a configuration (after a sound channel, unless ``channel`` is false) and load it."""

    def loaded(
        written: str = "", *, channel: bool = True, credentials: bool = True, **environ: str
    ) -> Settings:
        path = tmp_path / "prx-router.toml"
        path.write_text((CHANNEL if channel else "") + written, "utf-8")
        return load_settings(path, environ, credentials=credentials)

    return loaded


@pytest.fixture
def problems(load: Callable[..., Settings], tmp_path: Path) -> Callable[..., list[str]]:
    """The problems of a configuration as English sentences, with the test's folder and the lines left out."""

    def told(written: str = "", **options: object) -> list[str]:
        with pytest.raises(SettingsError) as caught:
            load(written, **options)
        told = [problem.render("en").replace(f"{tmp_path}/", "") for problem in caught.value.problems]
        return [LINE.sub("", problem) for problem in told]

    return told


@pytest.fixture
def agent() -> str:
    """A table for one agent, to which keys can be added."""
    return AGENT
