"""The helper process: builds sets beside the router, so that the event loop never waits for a parser.

It reads requests from standard input and writes what came of them to standard output, each a length of eight bytes and so many
bytes; for a set that could run its warnings follow. It ends when its input does, so that it never outlives the router, and keeps what it knows of declarations from one build
to the next.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Iterator
from typing import BinaryIO

from prx_dingtalk_router.catalogue import use_language
from prx_dingtalk_router.service.reload.build import BuildRequest, Built, build
from prx_dingtalk_router.service.reload.build_cache import BuildCache
from prx_dingtalk_router.service.reload.finding import LISTED, of_diagnostics
from prx_dingtalk_router.service.reload.pieces import Defect, in_pieces

LENGTH = struct.Struct(">Q")


def main() -> None:
    """Serve until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the router's; it ends this process by its input
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not be taken for an answer
    # A set is thousands of objects that live as long as it does: looking for garbage in between doubles the time.
    gc.disable()
    cache = BuildCache()
    while (request := _read(sys.stdin.buffer)) is not None:
        for answer in _answers(request, cache):
            answers.write(LENGTH.pack(len(answer)))
            answers.write(answer)
            answers.flush()
        del request, answer
        gc.collect()


def _answers(request: BuildRequest, cache: BuildCache) -> Iterator[bytes]:
    """Give what came of a build, and after it, when it may run already, what lints have to say."""
    use_language(request.language)
    try:
        outcome, with_lints = build(request, cache)
        yield in_pieces(outcome)
        if isinstance(outcome, Built) and with_lints is not None:
            found = (each for each in with_lints().diagnostics if each.severity != "note")
            yield pickle.dumps(of_diagnostics(found)[:LISTED])
        cache.end()
    except Exception:
        yield in_pieces(Defect(traceback.format_exc()))


def _read(source: BinaryIO) -> BuildRequest | None:
    header = source.read(LENGTH.size)
    if len(header) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(header)
    # The router wrote it.
    request: BuildRequest = pickle.loads(source.read(length))  # noqa: S301
    return request
