"""The thread that writes the log: whoever logs never waits, however slowly the other end of standard error is read."""

from __future__ import annotations

import contextlib
import os
import select
import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import IO, Generic, TypeVar

Record = TypeVar("Record")

CAPACITY = 10_000
"""Most records that wait to be written."""
_BATCH = 512
# So that a busy router is not interrupted for each line.
_GATHERING_SECONDS = 0.01


class LogWriter(Generic[Record]):
    """Renders and writes records in the order in which they were put, in a thread of its own.

    At most ``capacity`` records wait. What finds no room, or cannot be written, is dropped and counted, and the count is
    written as soon as something can be written again.

    Args:
        stream: where to; written to through its file descriptor where it has one, so that no lock of the stream is held by
            a write that never returns.
        render: a record as one line, or several, without the last line break; called in the thread, must not raise.
        told: the record that says how many were dropped.
        capacity: most records that wait.
    """

    def __init__(
        self,
        stream: IO[str],
        render: Callable[[Record], str],
        told: Callable[[int], Record],
        *,
        capacity: int = CAPACITY,
    ) -> None:
        self._stream = stream
        self._render = render
        self._told = told
        self._capacity = capacity
        self._waiting: SimpleQueue[Record | threading.Event | None] = SimpleQueue()
        self._hurry = threading.Event()
        self._lock = threading.Lock()
        self._untold = 0
        self.dropped = 0
        """Records that were never written, in all."""
        self._encoding = getattr(stream, "encoding", None) or "utf-8"
        self._descriptor: int | None = None
        with contextlib.suppress(OSError, AttributeError):
            self._descriptor = stream.fileno()
        self._thread = threading.Thread(target=self._run, name="log-writer", daemon=True)
        self._thread.start()

    def put(self, record: Record) -> None:
        """Hand a record over; never waits."""
        if self._waiting.qsize() >= self._capacity:
            self._drop(1)
        else:
            self._waiting.put(record)

    def flush(self, timeout: float) -> bool:
        """Wait until what was put before is written, at most ``timeout`` seconds; whether it was."""
        written = threading.Event()
        self._waiting.put(written)
        self._hurry.set()
        return written.wait(timeout)

    def close(self, timeout: float) -> bool:
        """Write what waits, within ``timeout`` seconds, and end the thread; whether that was possible."""
        self._waiting.put(None)
        self._hurry.set()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _drop(self, count: int) -> None:
        with self._lock:
            self.dropped += count
            self._untold += count

    def _run(self) -> None:
        batch: Sequence[Record | threading.Event | None] = ()
        while not batch or batch[-1] is not None:
            batch = self._gather()
            self._write(
                [each for each in batch if each is not None and not isinstance(each, threading.Event)]
            )
            for each in batch:
                if isinstance(each, threading.Event):
                    each.set()

    def _gather(self) -> Sequence[Record | threading.Event | None]:
        """What waits, at least one; None is the end."""
        batch = [self._waiting.get()]
        if self._hurry.wait(_GATHERING_SECONDS):
            self._hurry.clear()
        with contextlib.suppress(Empty):
            while batch[-1] is not None and len(batch) < _BATCH:
                batch.append(self._waiting.get_nowait())
        return batch

    def _write(self, records: Sequence[Record]) -> None:
        with self._lock:
            untold = self._untold
        lines = [self._render(record) for record in records]
        if untold:
            lines.append(self._render(self._told(untold)))
        try:
            if lines:
                self._send("".join(f"{line}\n" for line in lines))
        except OSError:  # nobody reads any more, or the disk is full: perhaps later
            self._drop(len(records))
        else:
            with self._lock:
                self._untold -= untold

    def _send(self, text: str) -> None:
        if self._descriptor is None:
            self._stream.write(text)
            self._stream.flush()
            return
        left = memoryview(text.encode(self._encoding, "backslashreplace"))
        while left:
            try:
                left = left[os.write(self._descriptor, left) :]
            except BlockingIOError:  # whoever started us has made it so
                select.select([], [self._descriptor], [])
