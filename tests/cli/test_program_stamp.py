"""A digest that changes with the program and what it works with."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from prx_dingtalk_router.cli import program_stamp
from prx_dingtalk_router.cli.program_stamp import program_stamp as stamp


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package in the place of this one."""
    folder = tmp_path / "package"
    (folder / "part").mkdir(parents=True)
    (folder / "part" / "a.py").write_text("a = 1\n")
    monkeypatch.setattr(program_stamp, "_PACKAGE", folder)
    return folder


def current() -> str:
    """The stamp now; a process asks once."""
    stamp.cache_clear()
    return stamp()


def test_it_stays_the_same(package: Path) -> None:
    """Nothing changed, nor does bytecode count."""
    before = current()
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "a.py").write_text("")
    assert current() == before


def test_every_change_of_the_program_shows(package: Path) -> None:
    """Also one that keeps size and time of a file, as installers may; a new file, one that is gone, the grammar."""
    code = package / "part" / "a.py"
    seen = [current()]
    code.write_text("a = 2\n")
    seen.append(current())
    other = package / "other.py"
    other.write_text("a = 3\n")
    times = code.stat()
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(code)
    seen.append(current())
    (package / "b.py").write_text("")
    seen.append(current())
    (package.parent / "grammar").mkdir()
    (package.parent / "grammar" / "g.lark").write_text("")
    seen.append(current())
    (package / "b.py").unlink()
    seen.append(current())
    assert len(set(seen)) == len(seen)


def test_other_libraries_and_zones_show(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library of another version, Python itself, time zones of the system."""
    seen = [current()]
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
    (site / "holidays-1.0.dist-info").mkdir()
    seen.append(current())
    (site / "holidays-1.0.dist-info").rename(site / "holidays-1.1.dist-info")
    seen.append(current())
    monkeypatch.setattr(sys, "version", "3.99")
    seen.append(current())
    monkeypatch.setattr("zoneinfo.TZPATH", (str(site),))
    seen.append(current())
    assert len(set(seen)) == len(seen)


def test_a_process_is_stamped_once(package: Path) -> None:
    """Of a program that is replaced while it runs, what was loaded before counts."""
    before = current()
    (package / "b.py").write_text("")
    assert stamp() == before
    stamp.cache_clear()
