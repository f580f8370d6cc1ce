"""``[prx] config``: the channel out of PRX's own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from prx_dingtalk_router.settings.prx_config import read_prx_channel

CHANNEL = '[channels_config]\ncli = true\n[channels_config.dingtalk]\nclient_id = "ding9"\nclient_secret = "${env:RAW}"\nmention_only = 3\nlater = 1\n'


@pytest.fixture
def prx(tmp_path: Path) -> Path:
    """PRX's configuration with a DingTalk channel, in a folder of its own."""
    config = tmp_path / "prx" / "config.toml"
    config.parent.mkdir()
    config.write_text(f"default_temperature = 0.7\n{CHANNEL}")
    return config


def test_the_channel_is_read_from_prx(load, prx):
    """Keys mean what they mean to PRX: unknown ones are its business, and it knows no placeholders."""
    settings = load('[prx]\nconfig = "prx/config.toml"\n', channel=False)
    assert settings.channel.client_id == "ding9"
    assert settings.channel.client_secret.get_secret_value() == "${env:RAW}"
    assert settings.channel.allowed_users == ()
    assert settings.origins["channels_config", "dingtalk", "client_id"].file == prx


def test_overrides_win_over_prx_too(load, prx):
    """The environment overrides single keys of the channel that PRX's file has."""
    settings = load(
        channel=False,
        PRX_ROUTER_PRX__CONFIG=str(prx),
        PRX_ROUTER_CHANNELS_CONFIG__DINGTALK__CLIENT_SECRET="other",
    )
    assert (settings.channel.client_id, settings.channel.client_secret.get_secret_value()) == (
        "ding9",
        "other",
    )


def test_both_are_an_error(problems, prx):
    """A channel of one's own beside PRX's is refused."""
    told = problems('[prx]\nconfig = "prx/config.toml"\n')
    assert told == [
        "prx-router.toml: prx.config: [channels_config.dingtalk] and [prx] config exclude each other; keep one"
    ]


def test_fragments_win_in_byte_order(prx):
    """Managed fragments are merged key by key, later names winning; other files are not looked at."""
    folder = prx.with_name("config.d")
    folder.mkdir()
    (folder / "tools.toml").write_text('[channels_config.dingtalk]\nclient_id = "from-tools"\n')
    (folder / "agent.toml").write_text(
        '[channels_config.dingtalk]\nclient_id = "x"\nallowed_users = ["u1"]\n'
    )
    (folder / "memory.toml").write_text("[memory]\nauto_save = false\n")
    (folder / "dingtalk.toml").write_text("not TOML at all")
    (folder / "nodes.toml").mkdir()
    channel, problems = read_prx_channel(prx)
    assert problems == []
    assert channel.table["client_id"] == "from-tools"
    assert channel.table["allowed_users"] == ["u1"]
    assert channel.files["client_id"].name == "tools.toml"
    assert channel.files["client_secret"].name == "config.toml"


def test_symlinks_are_refused(problems, prx, tmp_path):
    """A symbolic link as a fragment, or as the folder of fragments, is an error as in PRX."""
    real = tmp_path / "real"
    real.mkdir()
    prx.with_name("config.d").symlink_to(real)
    written = '[prx]\nconfig = "prx/config.toml"\n'
    assert "prx/config.d is a symbolic link" in problems(written, channel=False)[0]
    prx.with_name("config.d").unlink()
    prx.with_name("config.d").mkdir()
    (tmp_path / "x.toml").touch()
    (prx.with_name("config.d") / "agent.toml").symlink_to(tmp_path / "x.toml")
    assert "prx/config.d/agent.toml is a symbolic link" in problems(written, channel=False)[0]


def test_reading_waits_while_prx_writes(prx):
    """While the generation is odd the files are not read; when it is even again, the new content is."""
    generation = prx.with_name(".config-generation")
    generation.write_text("7\n")
    prx.write_text("half writ")
    waits: list[float] = []

    def prx_finishes(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            prx.write_text(CHANNEL.replace("ding9", "ding10"))
            generation.write_text("8")

    channel, problems = read_prx_channel(prx, prx_finishes)
    assert (channel.table["client_id"], problems) == ("ding10", [])
    assert waits == [0.01] * 3


def test_a_writer_that_never_ends_is_told(prx):
    """After a hundred attempts the router gives up with a sentence."""
    prx.with_name(".config-generation").write_text("1")
    waits: list[float] = []
    channel, (problem,) = read_prx_channel(prx, waits.append)
    assert channel is None
    assert len(waits) == 100
    assert problem.render("en") == f"{prx}: PRX kept rewriting its configuration; try again later"


def test_a_generation_that_is_no_number_is_told(prx):
    """A guard file with something else in it is an error that names it."""
    prx.with_name(".config-generation").write_text("soon")
    _, (problem,) = read_prx_channel(prx)
    assert "should hold a whole number" in problem.render("en")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("default_temperature = 0.7\n", "PRX's configuration has no [channels_config.dingtalk]"),
        ("channels_config = 1\n", "channels_config: should be a table"),
        ("[channels_config]\ndingtalk = 1\n", "channels_config.dingtalk: should be a table"),
        ("x\n", "line 1, column 2 is not TOML"),
    ],
)
def test_files_without_the_channel_are_told(problems, prx, written, told):
    """PRX's file without a usable table is one problem that names PRX's file."""
    prx.write_text(written)
    (problem,) = problems('[prx]\nconfig = "prx/config.toml"\n', channel=False)
    assert problem.startswith(f"prx/config.toml: {told}")


def test_a_missing_file_of_prx_is_told(problems):
    """A path that leads nowhere is one problem."""
    assert problems('[prx]\nconfig = "none.toml"\n', channel=False) == ["there is no file none.toml"]


def test_a_path_that_cannot_be_filled_is_one_problem(problems):
    """When the variable with PRX's path is missing, a missing channel is not told as well."""
    told = problems('[prx]\nconfig = "${env:NOT_SET}"\n', channel=False)
    assert told == ["prx-router.toml: prx.config: the environment variable NOT_SET is not set"]


def test_wrong_values_in_prx_name_its_file(problems, prx):
    """A wrong value in PRX's file is told of that file."""
    prx.write_text('[channels_config.dingtalk]\nclient_id = "a"\nclient_secret = "b"\nallowed_users = "*"\n')
    (problem,) = problems('[prx]\nconfig = "prx/config.toml"\n', channel=False)
    assert problem.startswith("prx/config.toml: channels_config.dingtalk.allowed_users: must be a list")
