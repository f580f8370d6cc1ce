"""The tutorial of the guide, done as a reader does it: files changed as it says, commands run, what they print noted.

``python -m tests.docs.walkthrough`` (``make guide``) writes what the commands print into the documents.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from prx_dingtalk_router.cli.main import run
from tests.docs.documents import DOCS, SUFFIXES, Block, blocks, document

NOW = {
    "zh": re.compile(r"\d{4}(-\d\d){2} \d\d:\d\d 周."),
    "en": re.compile(r"\w{3} \d{4}(-\d\d){2} \d\d:\d\d"),
}
"""When a command was run, as it says so."""
THEN = {"zh": "2026-11-20 10:30 周五", "en": "Fri 2026-11-20 10:30"}
"""When the guide was written, which stands in its place."""
LOCALES = {"zh": "zh_CN.UTF-8", "en": "en_US.UTF-8"}


@dataclass(frozen=True)
class Chat:
    """What somebody writes on the chat page, and what the robot says to it; empty where the guide does not say."""

    person: str
    group: str
    said: str
    answer: str


class Walkthrough:
    """One reader's folder, from ``init`` on; ``folder`` is where the reader is."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        self._language = language

    def change(self, block: Block) -> None:
        """Edit the file that a block names: all of it, above or below what is there, or in place of a declaration."""
        name, *where = block.about
        path = self.folder / name
        before = path.read_text("utf-8")
        match where:
            case []:
                after = block.content
            case ["above", opener]:
                after = re.sub(
                    rf"^(?={opener} )", lambda _: f"{block.content}\n", before, count=1, flags=re.MULTILINE
                )
            case ["below"]:
                after = f"{before}\n{block.content}"
            case ["instead", *words]:
                opener = " ".join(words)
                after = re.sub(
                    rf"^{opener} ?.*\n( .*\n)*", lambda _: block.content, before, flags=re.MULTILINE
                )
            case _:
                raise AssertionError(where)
        assert after != before, block
        path.write_text(after, "utf-8")

    def printed(self, command: str) -> str:
        """Run a command as it is typed; what the terminal then shows."""
        program, *arguments = shlex.split(command)
        if program == "cd":
            self.folder /= arguments[0]
            return ""
        assert program == "prx-router", command
        shown = io.StringIO()
        with (
            contextlib.chdir(self.folder),
            contextlib.redirect_stdout(shown),
            contextlib.redirect_stderr(shown),
        ):
            run(arguments, {"LANG": LOCALES[self._language]})
        return NOW[self._language].sub(THEN[self._language], shown.getvalue())


def commands(block: Block) -> list[str]:
    """The commands of a console block."""
    return [line.removeprefix("$ ") for line in block.content.splitlines() if line.startswith("$ ")]


def chats(block: Block) -> Iterator[Chat]:
    """What is said in a block of chat."""
    lines = block.content.splitlines()
    for at, line in enumerate(lines):
        who, said = re.split(r"：|: ", line, maxsplit=1)
        if who in ("机器人", "robot"):
            continue
        answer = ""
        if at + 1 < len(lines) and lines[at + 1].startswith(("机器人：", "robot: ")):
            answer = re.split(r"：|: ", lines[at + 1], maxsplit=1)[1]
        person, _, group = re.sub(r" ?[（(](.*)[）)]$", r"|\1", who).partition("|")
        yield Chat(person, group, said, answer)


def rewritten(language: str, folder: Path) -> str:
    """The guide with what its commands print."""
    text = document("guide", language)
    walk = Walkthrough(folder, language)
    parts, done = [], 0
    for block in blocks(text):
        if block.kind == "rules" and block.about:
            walk.change(block)
        elif block.kind == "console":
            shown = "".join(f"$ {command}\n{walk.printed(command)}" for command in commands(block))
            parts += [text[done : block.start], shown]
            done = block.end
    return "".join([*parts, text[done:]])


if __name__ == "__main__":
    for language in SUFFIXES:
        with tempfile.TemporaryDirectory() as folder:
            guide = rewritten(language, Path(folder))
        (DOCS / f"guide{SUFFIXES[language]}").write_text(guide, "utf-8")
