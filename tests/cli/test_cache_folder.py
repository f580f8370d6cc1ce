"""The folder where what earlier runs found out is kept: private, bounded, and never believed blindly."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from prx_dingtalk_router.cli import cache_folder
from prx_dingtalk_router.cli.cache_folder import CacheFolder, user_folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the folder is to be."""
    return tmp_path / "cache" / "prx-router"


@pytest.fixture
def folder(path: Path) -> CacheFolder:
    """The folder, which is not made yet."""
    return CacheFolder(path)


def mode(path: Path) -> int:
    """The permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_put_is_got(folder: CacheFolder, path: Path) -> None:
    """Folder and entries are for this user alone; the last entry of a name counts; no other files are left."""
    assert folder.get("a") is None
    folder.put("a", b"1")
    folder.put("a", b"2")
    assert folder.get("a") == b"2"
    assert (mode(path), mode(path / "a")) == (0o700, 0o600)
    assert [each.name for each in path.iterdir()] == ["a"]


def test_it_is_in_the_user_s_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the system, or ``XDG_CACHE_HOME``, says."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_folder() == tmp_path / "prx-router"


def flipped(entry: Path) -> None:
    """One bit is another."""
    content = bytearray(entry.read_bytes())
    content[-1] ^= 1
    entry.write_bytes(content)


def cut(entry: Path) -> None:
    """The end is missing."""
    entry.write_bytes(entry.read_bytes()[:-1])


def emptied(entry: Path) -> None:
    """Nothing is left."""
    entry.write_bytes(b"")


def linked(entry: Path) -> None:
    """A link to an entry that is in order."""
    elsewhere = entry.with_name("elsewhere")
    entry.rename(elsewhere)
    entry.symlink_to(elsewhere)


def piped(entry: Path) -> None:
    """A pipe that nobody writes to."""
    entry.unlink()
    os.mkfifo(entry)


def made_a_folder(entry: Path) -> None:
    """A folder of that name."""
    entry.unlink()
    entry.mkdir()


@pytest.mark.parametrize("damage", [flipped, cut, emptied, linked, piped, made_a_folder, Path.unlink])
def test_what_is_broken_is_none(folder: CacheFolder, path: Path, damage: Callable[[Path], None]) -> None:
    """An entry that is not as it was put is ignored without a word, and can be put again unless a folder is in the way."""
    folder.put("a", b"payload")
    damage(path / "a")
    assert folder.get("a") is None
    folder.put("a", b"payload")
    assert folder.get("a") == (None if damage is made_a_folder else b"payload")


@pytest.mark.parametrize("in_the_way", ["file", "link", "parent"])
def test_a_folder_that_cannot_be_used_is_no_cache(
    folder: CacheFolder, path: Path, tmp_path: Path, in_the_way: str
) -> None:
    """A file, or a link, in its place: nothing is read or written, and nobody is troubled."""
    if in_the_way == "parent":
        path.parent.write_text("")
    else:
        path.parent.mkdir()
        if in_the_way == "file":
            path.write_text("")
        else:
            CacheFolder(tmp_path / "other").put("a", b"1")
            path.symlink_to(tmp_path / "other")
    folder.put("a", b"2")
    assert folder.get("a") is None


def test_a_folder_that_others_may_read_is_closed(folder: CacheFolder, path: Path) -> None:
    """Permissions that somebody widened are narrowed again."""
    folder.put("a", b"1")
    path.chmod(0o777)
    assert folder.get("a") == b"1"
    assert mode(path) == 0o700


def test_a_folder_of_somebody_else_is_not_trusted(
    folder: CacheFolder, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another user owns is neither read nor written."""
    folder.put("a", b"1")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert folder.get("a") is None
    folder.put("b", b"1")
    assert not (path / "b").exists()


def test_it_stays_small(folder: CacheFolder, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By count and by size, what was not used for longest goes first; what is too big is not kept at all."""
    monkeypatch.setattr(cache_folder, "MOST_ENTRIES", 3)
    monkeypatch.setattr(cache_folder, "MOST_BYTES", 1_000)
    for at, name in enumerate("abc"):
        folder.put(name, b"x")
        os.utime(path / name, (at + 1, at + 1))
    assert folder.get("a") == b"x"
    folder.put("d", b"x")
    assert [folder.get(name) for name in "abcd"] == [b"x", None, b"x", b"x"]
    folder.put("big", b"x" * 501)
    assert folder.get("big") is None
    for name in "efg":
        folder.put(name, b"x" * 400)
    assert sum(each.stat().st_size for each in path.iterdir()) <= 1_000


def test_what_killed_processes_leave_goes_too(folder: CacheFolder, path: Path) -> None:
    """A file that was being written an hour ago is removed; one that is being written now is not."""
    folder.put("a", b"1")
    for name, age in ((".new-old", 7_200), (".new-now", 0)):
        (path / name).write_bytes(b"")
        os.utime(path / name, (time.time() - age,) * 2)
    folder.put("b", b"1")
    assert {each.name for each in path.iterdir()} == {"a", "b", ".new-now"}


def test_a_full_disk_is_nobody_s_trouble(
    folder: CacheFolder, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written is not kept, and nothing half-written is left."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    folder.put("a", b"1")
    monkeypatch.setattr(Path, "replace", full)
    folder.put("a", b"2")
    assert folder.get("a") == b"1"
    assert len(list(path.iterdir())) == 1


def test_several_processes_at_once(path: Path) -> None:
    """Whoever reads while others write gets an entry as one of them wrote it, or none."""
    program = (
        "import sys; from pathlib import Path; from prx_dingtalk_router.cli.cache_folder import CacheFolder\n"
        "folder = CacheFolder(Path(sys.argv[1]))\n"
        "for at in range(150):\n"
        "    folder.put('a', bytes([at]) * 20_000)\n"
        "    found = folder.get('a')\n"
        "    assert found is None or (len(found) == 20_000 and len(set(found)) == 1)\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", program, str(path)]) for _ in range(3)]
    assert [process.wait(50) for process in processes] == [0, 0, 0]
    assert [each.name for each in path.iterdir()] == ["a"]


def test_without_a_home_there_is_no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A path that is relative would be a folder wherever the command is run."""
    monkeypatch.chdir(tmp_path)
    folder = CacheFolder(Path("~/.cache/prx-router"))
    folder.put("a", b"1")
    assert folder.get("a") is None
    assert list(tmp_path.iterdir()) == []
