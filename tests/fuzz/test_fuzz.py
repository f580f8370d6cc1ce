"""Whatever is in a set of files, checking ends in rules or diagnostics, shown in both languages; `make fuzz` runs longer."""

from __future__ import annotations

import faulthandler
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.inputs import ENTRY, Case, cases
from tests.fuzz.promises import keeps_promises
from tests.fuzz.shapes import sets_of_rules

SEED = os.environ.get("FUZZ_SEED", "1")
COUNT = int(os.environ.get("FUZZ_COUNT", "0"))
SECONDS = 0 if COUNT else float(os.environ.get("FUZZ_SECONDS", "0"))
"""Of processor time, where no number of sets is given."""
IS_LONG = bool(COUNT or SECONDS)
BRIEFLY = 250
"""So many sets are tried in `make test`."""
SHAPES = max(60, COUNT // 5, int(SECONDS * 5))
PROCESSES = max(2, COUNT // 500, int(SECONDS / 10))
HANGS = 120
"""Seconds after which a single set counts as one that hangs; only watched in long runs."""
MEMORY = 1 << 30
"""Bytes that a process may have at most (issue 11)."""
FORMATS = ("text", "concise", "json", "sarif", "github")


def test_any_set_of_files(tmp_path: Path) -> None:
    """Bytes, characters, words, changes of what people write, list files, templates, configurations: no promise is broken."""
    kinds: Counter[str] = Counter()
    slowest = 0.0
    for number, case in enumerate(enough()):
        before = time.process_time()
        laid_out(tmp_path, case)
        watched(tmp_path, case, f"seed {SEED}, number {number}")
        slowest = max(slowest, time.process_time() - before)
        kinds[case.kind] += 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n{kinds.total()} sets {dict(kinds)}; the slowest {slowest:.2f} s; {memory} MB at most")


@settings(
    max_examples=SHAPES,
    deadline=None,
    derandomize=not IS_LONG,
    database=None,
    phases=[Phase.generate]
    if IS_LONG
    else list(Phase),  # making a set smaller may take longer than finding it
    suppress_health_check=list(HealthCheck),
)
@given(sets_of_rules())
def test_sets_in_the_shape_of_the_grammar(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Declarations that the grammar allows, with names and values of any worth: no promise is broken."""
    folder = tmp_path_factory.getbasetemp() / "shapes"
    folder.mkdir(exist_ok=True)
    case = Case("shape", {ENTRY: text.encode()})
    laid_out(folder, case)
    watched(folder, case, repr(text))


def test_processes(tmp_path: Path) -> None:
    """`validate` ends with 0, 1 or 2, within a gigabyte, and no traceback on either of its outputs."""
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    for number, case in zip(range(PROCESSES), cases(f"{SEED}/process"), strict=False):
        laid_out(tmp_path, case)
        done = subprocess.run(
            [sys.executable, "-m", "prx_dingtalk_router", "validate", "--format", FORMATS[number % len(FORMATS)],
             "--lang", ("zh", "en")[number % 2], "--diff" if number % 3 == 0 else "--strict", "."],
            cwd=tmp_path, capture_output=True, timeout=HANGS, preexec_fn=bound_memory, env=environment,
        )  # fmt: skip
        assert done.returncode in (0, 1, 2), (number, case, done.stderr)
        assert b"Traceback" not in done.stdout + done.stderr, (number, case, done.stderr)


def enough() -> Iterator[Case]:
    """Give as many sets as were asked for."""
    for number, case in enumerate(cases(SEED)):
        if time.process_time() > SECONDS if SECONDS else number >= (COUNT or BRIEFLY):
            return
        yield case


def laid_out(folder: Path, case: Case) -> None:
    """Write the files of a set, and no others."""
    for old in folder.iterdir():
        if old.is_file():
            old.unlink()
    for name, content in case.files.items():
        (folder / name).write_bytes(content)


def watched(folder: Path, case: Case, which: str) -> None:
    """Try one set, and name it where something goes wrong."""
    if IS_LONG:
        faulthandler.dump_traceback_later(HANGS, exit=True)
    try:
        keeps_promises(folder, case.files)
    except Exception as error:
        error.add_note(f"{which}: {case}")
        raise
    finally:
        faulthandler.cancel_dump_traceback_later()


def bound_memory() -> None:
    """Let a process have no more memory than promised."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
