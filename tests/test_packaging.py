"""What ships: the grammar, the page, the marker of types, and the command."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

import prx_dingtalk_router

CHECKOUT = Path(__file__).parent.parent
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the build system that the project names."""
    folder = tmp_path_factory.mktemp("wheel")
    backend = PROJECT["build-system"]["build-backend"]
    build = f"import sys, {backend} as backend; print(backend.build_wheel(sys.argv[1]))"
    built = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=CHECKOUT, check=True, capture_output=True, timeout=50
    )
    return folder / built.stdout.decode().split()[-1]


def test_the_wheel_checks_rules_far_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, the package finds its grammar inside itself and checks a set of rules."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    (tmp_path / "main.rules").write_text('otherwise reply "好"\n', "utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r});"
        "import prx_dingtalk_router; print(prx_dingtalk_router.__file__);"
        "from prx_dingtalk_router.cli.main import main; main(['validate', '--lang', 'en', 'main.rules'])"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, timeout=50, text=True
    )
    where, told = done.stdout.splitlines()
    assert where.startswith(str(tmp_path))
    assert (told, done.returncode) == ("all is well: files: 1, rules: 0", 0)


def test_the_wheel_holds_what_is_no_python(wheel: Path) -> None:
    """Grammar, chat page and the marker of types are inside, and no tests are."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = {name.removeprefix("prx_dingtalk_router/") for name in names}
    grammars = {f"grammar/{path.name}" for path in (CHECKOUT / "grammar").iterdir()}
    static = CHECKOUT / "prx_dingtalk_router" / "sandbox" / "page" / "static"
    assert grammars | {"py.typed"} <= inside
    assert {
        f"docs/{name}{suffix}" for name in ("guide", "cookbook") for suffix in (".md", ".zh.md")
    } <= inside
    assert {f"sandbox/page/static/{path.name}" for path in static.iterdir()} <= inside
    assert [name for name in names if name.startswith("tests/")] == []


def test_the_command_is_installed() -> None:
    """``prx-router`` is the entry of the command line, and the version has one source of truth to agree with."""
    script = next(each for each in entry_points(group="console_scripts") if each.name == "prx-router")
    assert script.value == PROJECT["project"]["scripts"]["prx-router"]
    assert prx_dingtalk_router.__version__ == PROJECT["project"]["version"] == version("prx-dingtalk-router")


def test_the_hooks_of_pre_commit_are_commands(tmp_path: Path) -> None:
    """Each entry of ``.pre-commit-hooks.yaml`` runs, and passes on an example; both hooks take the same files."""
    lines = (CHECKOUT / ".pre-commit-hooks.yaml").read_text("utf-8").splitlines()
    entries = [line.split(": ", 1)[1] for line in lines if line.startswith("  entry: ")]
    assert [entry.split()[:2] for entry in entries] == [["prx-router", "validate"], ["prx-router", "test"]]
    assert len({line for line in lines if line.startswith("  files: ")}) == 1
    rules = CHECKOUT / "examples" / "helpdesk" / "rules"
    for entry in entries:
        command = [sys.executable, "-m", "prx_dingtalk_router", *entry.split()[1:], str(rules)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=50, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
