"""``prx-router init``: writes a small working set. Never overwrites."""

from __future__ import annotations

import os
import sys
from importlib import resources
from pathlib import Path

import click

from prx_dingtalk_router.catalogue import LANGUAGES, Language, current_language, text, use_language
from prx_dingtalk_router.cli.console import note, quoted, reason
from prx_dingtalk_router.cli.main import locale_of
from prx_dingtalk_router.cli.parameters import is_language_given
from prx_dingtalk_router.errors import UsageError

FILES = {
    "prx-router.toml": "both/prx-router.toml",
    "rules/main.rules": "{language}/main.rules",
    ".gitignore": "both/gitignore",
    ".editorconfig": "both/editorconfig",
    ".pre-commit-config.yaml": "both/pre-commit-config.yaml",
}
"""What is written, and the scaffold it is copied from."""

_ANSWERS: dict[str, Language] = {
    "1": "zh",
    "zh": "zh",
    "中文": "zh",
    "中": "zh",
    "2": "en",
    "en": "en",
    "english": "en",
}


def init(folder: Path) -> int:
    """Write the files that are not there yet, and say what to do next."""
    if not is_language_given() and not locale_of(os.environ) and sys.stdin.isatty():
        use_language(_asked_language())
    scaffold = resources.files("prx_dingtalk_router.cli") / "scaffold"
    for name, source in FILES.items():
        target = folder / name
        content = scaffold.joinpath(source.format(language=current_language())).read_text(encoding="utf-8")
        try:
            _make_folder(target.parent)
            with target.open("x", encoding="utf-8", newline="\n") as file:
                file.write(content)
        except FileExistsError:
            note(text("cli.init.kept", path=str(target)))
        except OSError as problem:
            raise UsageError("cli.init.unwritable", path=str(target), why=reason(problem)) from problem
        else:
            print(target)
    where = "" if folder == Path() else f"cd {quoted(folder)} && "
    note(text("cli.init.next", where=where))
    return 0


def _asked_language() -> Language:
    """Ask which language the files are to have: in both, as nothing says which one is read here."""
    question = "\n".join(text("cli.init.language").render(each) for each in LANGUAGES)
    while True:
        typed = click.prompt(question, prompt_suffix="\n> ", err=True)
        language = _ANSWERS.get(typed.strip().lower())
        if language is not None:
            return language


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise UsageError("cli.init.in-the-way", path=str(folder)) from None
