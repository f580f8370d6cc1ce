"""The tests mirror the package: the tests of a module are found from its path alone."""

from __future__ import annotations

from pathlib import Path

import prx_dingtalk_router

SOURCE = Path(prx_dingtalk_router.__file__).parent
TESTS = Path(__file__).parent

WHOLE = {
    "test_errors",
    "test_catalogue",
    "test_exports",
    "test_layers",
    "test_lazy",
    "test_loopback",
    "test_mirror",
    "test_packaging",
}
"""Tests of the package as a whole, beside the parts."""

WITHOUT_A_MODULE = {"cases", "e2e", "examples"}
"""Folders of tests that stand for no part: the router and the examples from outside."""

ASPECTS = {
    "sandbox/dingtalk/test_node_sdk.py": "DingTalk's own client for Node against the sandbox",
    "sandbox/dingtalk/test_python_sdk.py": "DingTalk's own client for Python against the sandbox",
    "delivery/test_catalogue.py": "the sentences of delivery",
    "delivery/test_with_dingtalk.py": "from a callback to what the conversation shows",
    "delivery/test_odd_answers.py": "a daemon that answers otherwise than the contract says",
    "delivery/test_restart.py": "what a process leaves, the next one finishes",
    "delivery/test_sessions.py": "the order of messages in sessions, across modules",
    "language/test_fixes.py": "what every fix promises",
    "language/test_grammar.py": "every form of the reference",
    "language/test_robustness.py": "any text gives rules or diagnostics",
    "language/test_wrong.py": "one wrong set for each diagnostic",
    "settings/test_documentation.py": "the page of all keys against the models",
    "settings/test_robustness.py": "any input ends in sentences",
    "settings/test_texts.py": "the wording of all problems",
    "stream/test_echo_bot.py": "the Stream core in another bot",
}
"""Tests of something that several modules do together."""


def parts_with_tests() -> set[str]:
    """The parts of the package that have tests."""
    return {path.relative_to(TESTS).parts[0] for path in TESTS.glob("*/**/test_*.py")}


def is_mirrored(test: Path) -> bool:
    """Whether ``a/b/test_c.py`` tests ``a/b/c.py`` (or an aspect of it: ``test_c_aspect.py``), a package or its door."""
    folder = SOURCE / test.parent.relative_to(TESTS)
    name = test.stem.removeprefix("test_")
    words = name.split("_")
    stems = {"_".join(words[:count]) for count in range(1, len(words) + 1)}
    modules = {path.stem.strip("_") for path in folder.rglob("*.py")} | {
        path.name for path in folder.glob("*/")
    }
    return bool(stems & (modules | {folder.name}))


def test_each_test_file_names_a_module() -> None:
    """A test file's name begins with that of a module or package below the same folder."""
    files = [path for path in TESTS.glob("*/**/test_*.py") if "node_modules" not in path.parts]
    strangers = [
        str(path.relative_to(TESTS))
        for path in files
        if path.relative_to(TESTS).parts[0] not in WITHOUT_A_MODULE and not is_mirrored(path)
    ]
    assert [each for each in strangers if each not in ASPECTS] == []


def test_the_exceptions_exist() -> None:
    """What is listed as an exception is a file."""
    assert [each for each in ASPECTS if not (TESTS / each).is_file()] == []


def test_each_folder_of_tests_is_a_part() -> None:
    """A folder of tests is named after a part, except for those that look from outside."""
    parts = {path.name for path in SOURCE.iterdir() if path.is_dir()}
    assert parts_with_tests() - WITHOUT_A_MODULE <= parts


def test_each_part_has_tests() -> None:
    """Every part of the package is tested in a folder of its own; the catalogue and the errors in one file."""
    parts = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    assert parts - parts_with_tests() - {"catalogue"} == set()


def test_what_lies_beside_the_parts_is_about_the_whole() -> None:
    """Test files at the top are those that speak of the whole package."""
    assert {path.stem for path in TESTS.glob("test_*.py")} <= WHOLE | {"test_examples"}


def test_files_stay_short() -> None:
    """No module and no test file is longer than 400 lines."""
    files = [*SOURCE.rglob("*.py"), *TESTS.rglob("*.py")]
    long = {str(path): lines for path in files if (lines := path.read_text("utf-8").count("\n")) > 400}
    assert long == {}
