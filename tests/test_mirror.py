"""The tests mirror the package, both ways: the tests of a module, and the module of a test, are found from its path.

A module with behaviour is found in the tests when a file is named after it, a test of its part names it, or it is the
kind of a wrong set; the others are in ``THROUGH``, each with the tests that hold what it does.
"""

from __future__ import annotations

import re
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

WITHOUT_A_MODULE = {"cases", "docs", "e2e", "fuzz"}
"""Folders of tests that stand for no part: the router and the documents from outside; and any input at all."""

ASPECTS = {
    "sandbox/dingtalk/test_node_sdk.py": "DingTalk's own client for Node against the sandbox",
    "sandbox/dingtalk/test_python_sdk.py": "DingTalk's own client for Python against the sandbox",
    "delivery/dispatch/test_any_course.py": "order and once only, whatever happens",
    "delivery/dingtalk/test_sdk_models.py": "DingTalk's generated SDK reads every body that is sent",
    "delivery/test_catalogue.py": "the sentences of delivery",
    "delivery/test_with_dingtalk.py": "from a callback to what the conversation shows",
    "delivery/test_odd_answers.py": "a daemon that answers otherwise than the contract says",
    "delivery/test_resuming.py": "what an earlier process left, beside what comes meanwhile",
    "delivery/test_restart.py": "what a process leaves, the next one finishes",
    "delivery/section_7/test_chains.py": "chains from written rules",
    "delivery/section_7/test_guards.py": "guards from written rules",
    "delivery/section_7/test_sentences.py": "which tests hold which sentence of section 7",
    "delivery/section_7/test_sessions.py": "sessions from written rules",
    "delivery/test_sessions.py": "the order of messages in sessions, across modules",
    "delivery/dingtalk/test_month.py": "a month's budget, from the pushes to the last answer",
    "language/test_clean_sets.py": "no check fires on sets that are in order",
    "language/test_fixes.py": "what every fix promises",
    "language/test_grammar.py": "every form of the reference",
    "language/test_mistakes.py": "mistakes as people make them",
    "language/test_robustness.py": "any text gives rules or diagnostics",
    "language/test_wrong.py": "one wrong set for each diagnostic",
    "settings/test_documentation.py": "the page of all keys against the models",
    "settings/test_robustness.py": "any input ends in sentences",
    "settings/test_texts.py": "the wording of all problems",
    "stream/test_echo_bot.py": "the Stream core in another bot",
}
"""Tests of something that several modules do together."""

THROUGH = {
    "cli/account_text": "cli/test_why.py",
    "cli/asking": "e2e/test_operating.py",
    "cli/dead_changes": "cli/test_dead_letters.py",
    "cli/dead_list": "cli/test_dead_letters.py",
    "cli/dead_show": "cli/test_dead_letters.py",
    "catalogue/cli_placeholders": "cli/test_help_layout.py",
    "cli/guide_pages": "cli/test_guide.py",
    "cli/lazy_command": "cli/test_commands.py",
    "cli/parameters": "cli/test_commands.py",
    "cli/channel": "cli/test_doctor.py",
    "cli/explanation_text": "cli/test_explain.py",
    "cli/chat_page": "e2e/test_sandbox.py",
    "cli/recorded": "cli/test_replay.py",
    "cli/differences": "cli/test_fmt.py",
    "cli/progress": "cli/test_replay_against.py",
    "cli/replacing": "cli/test_fmt.py",
    "cli/replay_summary": "cli/test_replay.py",
    "cli/reload": "e2e/test_operating.py",
    "cli/rollback": "e2e/test_operating.py",
    "cli/recorded_diagnostic": "cli/test_report_cache.py",
    "cli/rules_then": "cli/test_why.py",
    "cli/test_report": "cli/test_test.py",
    "delivery/dingtalk/budget": "delivery/dingtalk/test_call_ledger.py",
    "delivery/dingtalk/meters": "delivery/dingtalk/test_call_ledger.py",
    "matching/expectations": "matching/test_test_runner.py",
    "matching/sample_messages": "matching/test_suggestions.py",
    "matching/timed_rules": "matching/test_test_runner.py",
    "matching/written_case": "matching/test_suggestions.py",
    "language/lints/linted_set": "language/resolve/test_settled_rules.py",
    "language/lints/settling": "language/resolve/test_settled_rules.py",
    "language/suppressions/": "language/suppressions/test_collecting.py",
    "delivery/dispatch/": "delivery/test_dispatcher.py",
    "delivery/journal/": "delivery/test_journal.py",
    "delivery/journal/sqlite/": "delivery/test_journal_sqlite.py",
    "delivery/prx/numbers": "delivery/test_odd_answers.py",
    "delivery/waiting": "delivery/test_dispatcher.py",
    "diagnosis/account/": "diagnosis/account/test_reading.py",
    "diagnosis/checkup/": "diagnosis/checkup/test_registry.py",
    "diagnosis/checkup/agents/": "diagnosis/checkup/test_agents.py",
    "diagnosis/checkup/checks/": "diagnosis/checkup/test_checks.py",
    "decision/fingerprint": "cli/test_why.py",
    "language/context": "language/test_check.py",
    "language/diagnostics/": "language/test_wrong.py",
    "language/formatting/": "language/formatting/test_formatter.py",
    "language/lints/fixed_condition": "language/test_wrong.py",
    "language/resolve/character_limit": "language/test_check_cache.py",
    "language/resolve/conditions": "language/test_grammar.py",
    "language/resolve/inventory": "language/lints/test_lints.py",
    "language/resolve/rule_memory": "language/test_check_cache.py",
    "language/resolve/written_regex": "language/resolve/test_regexes.py",
    "language/semantics/places": "language/lints/test_mention_in_private.py",
    "language/semantics/reachability": "language/lints/test_never_reached.py",
    "language/semantics/time_dependence": "language/lints/test_test_without_time.py",
    "language/semantics/witness": "matching/test_candidates.py",
    "language/semantics/witnesses": "matching/test_candidates.py",
    "language/syntax/build/": "language/test_grammar.py",
    "language/syntax/recovery/": "language/test_wrong.py",
    "matching/explanation/": "matching/explanation/test_asking_laws.py",
    "matching/field_index": "matching/test_candidates.py",
    "message/model": "message/test_reading.py",
    "message/places": "message/test_words.py",
    "message/rich_text": "message/test_content.py",
    "sandbox/dingtalk/": "sandbox/dingtalk/test_server.py",
    "sandbox/page/": "sandbox/page/test_server.py",
    "sandbox/prx/": "sandbox/prx/test_server.py",
    "service/admin/": "e2e/test_operating.py",
    "service/metrics/page": "e2e/test_operating.py",
    "service/observed": "e2e/test_operating.py",
    "service/operating": "e2e/test_operating.py",
    "service/problems": "e2e/test_operating.py",
    "service/quoting_lane": "service/test_intake_quotes.py",
    "service/reload/": "service/reload/test_reloader.py",
    "service/stop_signals": "e2e/test_ending.py",
    "service/status": "e2e/test_operating.py",
    "service/taken": "service/test_intake.py",
    "settings/files": "service/reload/test_reloader.py",
    "settings/origin": "settings/test_effective_settings.py",
    "settings/sources": "settings/test_overrides.py",
    "settings/validation_errors": "settings/test_texts.py",
    "settings/values": "settings/test_robustness.py",
    "stream/counters": "service/test_robot.py",
    "stream/opening": "stream/test_client_refusals.py",
}
"""Modules, and folders with all of theirs, that no test file is named after: the tests that hold what they do."""


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


def has_behaviour(module: Path) -> bool:
    """Whether anything in a module can be called; what only lists or re-exports has nothing to be tested."""
    return re.search(r"^\s*(?:async )?def ", module.read_text("utf-8"), re.MULTILINE) is not None


def named_by_tests(part: str) -> set[str]:
    """The modules, or what is in them, that the tests of a part import or speak of, by their full names."""
    files = [TESTS / f"test_{part}.py", *(TESTS / part).rglob("*.py")]
    text = "\n".join(file.read_text("utf-8") for file in files if file.is_file())
    found = set(re.findall(r"prx_dingtalk_router(?:\.\w+)+", text))
    for module, names in re.findall(r"from (prx_dingtalk_router[\w.]*) import (\([^)]*\)|[^(\n]*)", text):
        found |= {f"{module}.{name}" for name in re.findall(r"\w+", names)}
    return found


def is_named(module: Path) -> bool:
    """Whether a test file, or a set that is wrong in its way, is named after a module."""
    inside = module.relative_to(SOURCE)
    folders = [TESTS.joinpath(*inside.parts[:depth]) for depth in range(len(inside.parts))]
    stem = module.stem.strip("_")
    if any([*folder.glob(f"test_{stem}.py"), *folder.glob(f"test_{stem}_*.py")] for folder in folders):
        return True
    of_a_kind = inside.parts[:2] in {("language", "diagnostics"), ("language", "lints")}
    return of_a_kind and any((TESTS / "language" / "wrong").glob(f"{stem.replace('_', '-')}*"))


def unfound_modules() -> list[str]:
    """The modules with behaviour that no test is named after and no test of their part names."""
    modules = [path for path in SOURCE.rglob("*.py") if path.name != "__init__.py" and has_behaviour(path)]
    named: dict[str, set[str]] = {}
    unfound = []
    for module in modules:
        inside = module.relative_to(SOURCE).with_suffix("")
        part = inside.parts[0]
        if part not in named:
            named[part] = named_by_tests(part)
        name = ".".join(("prx_dingtalk_router", *inside.parts))
        if not is_named(module) and name not in named[part]:
            unfound.append(inside.as_posix())
    return sorted(unfound)


def test_each_module_is_found_in_the_tests() -> None:
    """What a module does is held by tests that its path leads to; name a test after it, or add it to ``THROUGH``."""
    unfound = unfound_modules()
    through = {each: each in THROUGH or f"{each.rpartition('/')[0]}/" in THROUGH for each in unfound}
    missing = [each for each, held in through.items() if not held]
    assert missing == [], f"name a test after each, or say in THROUGH what holds it: {missing}"
    used = {*unfound, *(f"{each.rpartition('/')[0]}/" for each in unfound)}
    needless = [each for each in THROUGH if each not in used]
    assert needless == [], f"found without THROUGH, or gone: {needless}"


def test_the_exceptions_exist() -> None:
    """What is listed as an exception is a file."""
    assert [each for each in [*ASPECTS, *THROUGH.values()] if not (TESTS / each).is_file()] == []


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
