"""The entry of ``prx-router``: language first, then the commands, then one exit code for whatever happened."""

from __future__ import annotations

import os
import sys

from prx_dingtalk_router.cli.importing import importing
from prx_dingtalk_router.cli.signals import INTERRUPTED

# Little is loaded here: an interrupt before the first line of ours could only be a traceback.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import click

    from prx_dingtalk_router.catalogue import Language

MISUSED = 2
DEFECT = 70
"""Exit code of a defect of this program (EX_SOFTWARE); none of the promised codes fits one."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit (interfaces.md section 1)."""
    try:
        code = run(list(sys.argv[1:] if arguments is None else arguments), os.environ)
    except KeyboardInterrupt:  # before the commands were loaded
        code = INTERRUPTED
    sys.exit(code)


def run(arguments: list[str], environ: Mapping[str, str]) -> int:
    """Run the command line; returns the exit code. Errors are worded on standard error, never as a traceback."""
    with importing():
        from prx_dingtalk_router.catalogue import text, use_language

        use_language(language_of(arguments, environ))
        _open_closed_streams()
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show Chinese gets escapes instead of an exception.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        import click

        from prx_dingtalk_router.cli.command_line import run_command_line
        from prx_dingtalk_router.cli.console import complain, drop_output, reason
        from prx_dingtalk_router.errors import RouterError

    try:
        code = run_command_line(arguments, environ)
        sys.stdout.flush()
    except click.UsageError as problem:
        _show(problem)
        return MISUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except RouterError as problem:
        complain(problem)
        return problem.exit_code
    except BrokenPipeError:  # whoever read the output has gone
        drop_output()
        return 0
    except OSError as problem:  # a full disk, a file that went away: nothing of ours
        where = f"{problem.filename}: " if isinstance(problem.filename, str) else ""
        complain(text("cli.system", why=f"{where}{reason(problem)}"))
        return MISUSED
    except Exception as defect:  # the last resort: a sentence instead of a traceback
        if environ.get("PRX_ROUTER_TRACEBACK"):
            raise
        complain(text("cli.defect", kind=type(defect).__name__, place=_place(defect)))
        return DEFECT
    return code


def language_of(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """Chinese or English: by ``--lang``, else by the locale."""
    for at, argument in enumerate(arguments):
        value = arguments[at + 1] if argument == "--lang" and at + 1 < len(arguments) else None
        if argument.startswith("--lang="):
            value = argument.removeprefix("--lang=")
        if value == "zh":
            return "zh"
        if value == "en":
            return "en"
    return "zh" if locale_of(environ).startswith("zh") else "en"


def locale_of(environ: Mapping[str, str]) -> str:
    """The locale in lower case, as ``zh_cn.utf-8``; empty where none is set, or one that is nobody's language (``C.UTF-8``)."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "" if locale.partition(".")[0] in ("C", "POSIX") else locale.lower()


def _open_closed_streams() -> None:
    """Give a process that was started without input or output (``>&-``) an empty one."""
    from pathlib import Path

    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - as long as the process
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _show(problem: click.UsageError) -> None:
    """Usage and mistake; the help where there is nothing but the command's name."""
    from prx_dingtalk_router.catalogue import text
    from prx_dingtalk_router.cli.console import complain, note
    from prx_dingtalk_router.cli.misuse import asks_for_help, misuse

    if asks_for_help(problem):
        print(problem.format_message(), file=sys.stderr)
        return
    if problem.ctx is not None:
        print(problem.ctx.get_usage(), file=sys.stderr)
        note(text("cli.misuse.help", command=problem.ctx.command_path))
        print(file=sys.stderr)
    complain(misuse(problem))


def _place(defect: BaseException) -> str:
    """File and line of a defect, without any value that might be secret."""
    trace = defect.__traceback__
    place = "?"
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "?")
        if module.startswith("prx_dingtalk_router"):
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
