"""The thread that writes the log: it takes everything, and keeps nobody waiting."""

from __future__ import annotations

import contextlib
import io
import os
import threading
from collections.abc import Iterator
from typing import IO

import pytest

from prx_dingtalk_router.service.log_writer import LogWriter

PATIENCE = 20.0


def said(count: int) -> str:
    """How a writer tells what it dropped."""
    return f"dropped {count}"


class Full(io.StringIO):
    """A file on a disk that is full until somebody makes room."""

    full = True

    def __init__(self) -> None:
        super().__init__()
        self.refused = threading.Event()

    def write(self, text: str) -> int:
        """Fail while it is full."""
        if self.full:
            self.refused.set()
            raise OSError(28, "No space left on device")
        return super().write(text)


@pytest.fixture
def pipe() -> Iterator[tuple[int, IO[str]]]:
    """A pipe: the descriptor to read from, and the stream to write to."""
    reading, writing = os.pipe()
    stream = os.fdopen(writing, "w", encoding="utf-8")
    yield reading, stream
    for each in (reading, writing):
        with contextlib.suppress(OSError):
            os.close(each)
    with contextlib.suppress(OSError):
        stream.close()


def read_all(reading: int) -> list[str]:
    """The lines of a pipe whose other end was closed."""
    with os.fdopen(os.dup(reading), encoding="utf-8") as lines:
        return lines.read().splitlines()


def test_everything_is_written_in_order() -> None:
    """Thousands of records, put by several threads, are written once each; those of a thread in its order."""
    out = io.StringIO()
    writer = LogWriter[str](out, str, said)
    threads = [
        threading.Thread(target=lambda name=name: [writer.put(f"{name} {n}") for n in range(1500)])
        for name in "abc"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert writer.close(PATIENCE)
    lines = out.getvalue().splitlines()
    assert len(lines) == 4500
    for name in "abc":
        assert [line for line in lines if line[0] == name] == [f"{name} {n}" for n in range(1500)]
    assert writer.dropped == 0


def test_a_flush_waits_for_what_was_put_before() -> None:
    """After a flush all of it is there."""
    out = io.StringIO()
    writer = LogWriter[str](out, str, said)
    for number in range(3):
        writer.put(f"{number}")
        assert writer.flush(PATIENCE)
        assert out.getvalue().splitlines()[-1] == f"{number}"
    assert writer.close(PATIENCE)


def test_a_pipe_that_nobody_reads_keeps_nobody_waiting(pipe: tuple[int, IO[str]]) -> None:
    """What finds no room is dropped, and told with its number once somebody reads; flush and close give up in time."""
    reading, stream = pipe
    writer = LogWriter[str](stream, str, said, capacity=100)
    for _ in range(300):  # more than a pipe and the queue hold
        for _ in range(20):
            writer.put("x" * 1000)
        if writer.dropped:
            break
    assert writer.dropped
    assert not writer.flush(0.01)
    assert not writer.close(0.01)
    got = b""
    while b"dropped" not in got:
        got += os.read(reading, 1 << 16)
    lines = got.decode().splitlines()
    written = [line for line in lines if line.startswith("x")]
    assert {len(line) for line in written} == {1000}
    assert lines[-1] == f"dropped {writer.dropped}"
    assert writer.close(PATIENCE)


def test_a_full_disk_loses_lines_and_says_how_many() -> None:
    """What cannot be written is counted; when there is room again, the number follows the next line."""
    out = Full()
    writer = LogWriter[str](out, str, said)
    writer.put("lost")
    writer.put("lost")
    assert writer.flush(PATIENCE)
    assert (writer.dropped, out.refused.is_set()) == (2, True)
    out.full = False
    writer.put("kept")
    assert writer.close(PATIENCE)
    assert out.getvalue().splitlines() == ["kept", "dropped 2"]


def test_a_reader_that_goes_away_is_no_error(pipe: tuple[int, IO[str]]) -> None:
    """When nobody can read any more, logging goes on without effect."""
    reading, stream = pipe
    os.close(reading)
    writer = LogWriter[str](stream, str, said)
    writer.put("x")
    assert writer.flush(PATIENCE)
    assert writer.dropped == 1
    assert writer.close(PATIENCE)


def test_a_pipe_that_does_not_block_is_waited_for(pipe: tuple[int, IO[str]]) -> None:
    """A parent may share its non-blocking pipe: nothing is lost on one either."""
    reading, stream = pipe
    os.set_blocking(stream.fileno(), False)
    writer = LogWriter[str](stream, str, said, capacity=1000)
    for number in range(200):
        writer.put(f"{number:03} {'x' * 1000}")
    got = b""
    while got.count(b"\n") < 200:
        got += os.read(reading, 1 << 16)
    assert [line[:3] for line in got.decode().splitlines()] == [f"{number:03}" for number in range(200)]
    assert writer.close(PATIENCE)


def test_an_encoding_without_chinese_gets_escapes() -> None:
    """A terminal that cannot show a character gets its escape."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="ascii") as stream:
        writer = LogWriter[str](stream, str, said)
        writer.put("连接")
        assert writer.close(PATIENCE)
    assert read_all(reading) == ["\\u8fde\\u63a5"]
    os.close(reading)
