"""TOML that people write: where it is wrong, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from prx_dingtalk_router.settings.refusal import RefusedError
from prx_dingtalk_router.settings.toml_file import read_toml


@pytest.mark.parametrize(
    ("written", "line", "column", "reason"),
    [
        ("[log]\nlevel = “info”\n", 2, 9, "toml-full-width"),
        ("[log]\nlevel＝1\n", 2, 6, "toml-full-width"),
        ("[agents.客服]\n", 1, 9, "toml-quote-key"),
        ("a = warn\n", 1, 5, "toml-value"),
        ("a = 是\n", 1, 5, "toml-quote-key"),
        ("a =", 1, 4, "toml-value"),
        ("a 1\n", 1, 3, "toml-equals"),
        ("[a]\n[a]\n", 2, 3, "toml-twice"),
        ("a = 1\na = 2\n", 2, 6, "toml-twice"),
        ('a = "x\nb = 1\n', 1, 7, "toml-string"),
        ('a = "C:\\dir"\n', 1, 10, "toml-escape"),
        ("[a\n", 1, 3, "toml-bracket"),
        ("a = 1 b = 2\n", 1, 7, "toml-rest"),
        ("=\n", 1, 1, "toml-other"),
    ],
)
def test_syntax_errors_have_place_and_reason(tmp_path, written, line, column, reason):
    """Each common slip is told with its line, column and what to do about it."""
    path = tmp_path / "x.toml"
    path.write_text(written, "utf-8")
    with pytest.raises(RefusedError) as caught:
        read_toml(path)
    params = caught.value.text.params
    assert (params["line"], params["column"]) == (line, column)
    assert params["reason"].key == f"settings.{reason}"


@pytest.mark.parametrize("written", ["a = " + "[" * 5000, ".".join("a" * 5000) + " = 1"])
def test_bottomless_nesting_is_refused(tmp_path, written):
    """Values nested without end are refused, whether by brackets or by dots, and end in no traceback."""
    path = tmp_path / "x.toml"
    path.write_text(written)
    with pytest.raises(RefusedError) as caught:
        read_toml(path)
    assert caught.value.text.key in ("settings.toml-deep", "settings.toml-syntax")


def test_an_endless_file_is_refused():
    """A file without an end is read up to a limit and refused."""
    with pytest.raises(RefusedError) as caught:
        read_toml(Path("/dev/zero"))
    assert caught.value.text.key == "settings.too-big"
