"""How checking grows with sets that are large in one way: CPU seconds and peak memory, each in a process of its own.

``python benchmarks/growth.py [CASE …]``; without a case, all. What doubles from one column to the next should double in
time and memory at most. A process ends after LIMIT CPU seconds.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SIZES = (1_000, 2_000)
LIMIT = 40
END = 'otherwise reply "hello"\n'


def clean(n: int) -> str:
    """Rules without a mistake."""
    return END + "".join(f'rule r{i} when text contains "word-{i}-x" then agent helpdesk\n' for i in range(n))


def undeclared_conditions(n: int) -> str:
    """Each rule misspells the name of another condition."""
    declared = "".join(f'condition cond-number-{i} = text contains "w{i}x"\n' for i in range(n))
    return declared + END + "".join(f"rule r{i} when cond-numbr-{i} then drop\n" for i in range(n))


def undeclared_rules(n: int) -> str:
    """Each test expects a rule whose name is misspelt."""
    rules = "".join(f'rule rule-number-{i} when text contains "w{i}x" then drop\n' for i in range(n))
    tests = "".join(f'test "t{i}" given "w{i}x" expect drop by rule-numbr-{i}\n' for i in range(n))
    return rules + END + tests


def undeclared_agents(n: int) -> str:
    """Each test expects an agent whose name is misspelt."""
    rules = "".join(f'rule r{i} when text contains "w{i}x" then agent agent-number-{i}\n' for i in range(n))
    tests = "".join(f'test "t{i}" given "w{i}x" expect agent agent-numbr-{i}\n' for i in range(n))
    return rules + END + tests


def unlike_names(n: int) -> str:
    """Each rule uses a name that is like no other."""
    declared = "".join(f'condition cond-number-{i} = text contains "w{i}x"\n' for i in range(n))
    return declared + END + "".join(f"rule r{i} when 别的{i}名称 then drop\n" for i in range(n))


def unknown_zones(n: int) -> str:
    """Each rule asks for hours in a zone that does not exist."""
    hours = "".join(f'hours h{i} = mon-fri in "Asia/Shangha{i}"\n' for i in range(n))
    return hours + END + "".join(f"rule r{i} when during h{i} then drop\n" for i in range(n))


def one_list(n: int) -> str:
    """One list of as many ids as there are rules that use it."""
    ids = ", ".join(f'"u{i:06}"' for i in range(n))
    rules = "".join(f'rule r{i} when sender in staff and text contains "w{i}x" then drop\n' for i in range(n))
    return f"list staff = [{ids}]\n{rules}{END}"


def one_text_list(n: int) -> str:
    """One list of as many words as there are rules that look for them."""
    words = ", ".join(f'"w{i:06}x"' for i in range(n))
    rules = "".join(f'rule r{i} when text contains words and sender is "u{i}" then drop\n' for i in range(n))
    return f"list words = [{words}]\n{rules}{END}"


def one_condition(n: int) -> str:
    """One named condition of as many parts as there are rules that use it."""
    parts = " or ".join(f'(text contains "w{i}x" and sender is "u{i}")' for i in range(n))
    rules = "".join(f'rule r{i} when busy and conversation is "c{i}" then drop\n' for i in range(n))
    return f"condition busy = {parts}\n{rules}{END}"


def one_template(n: int) -> str:
    """One template of nearly the greatest length that all rules use."""
    body = "\n".join(
        "hello {{ sender.name }}{% if quoted %}, you quoted {{ quoted }}{% endif %}" for _ in range(250)
    )
    rules = "".join(f'rule r{i} when text contains "w{i}x" then reply long\n' for i in range(n))
    return f'template long = """\n{body}\n"""\n{rules}{END}'


def templates(n: int) -> str:
    """Each rule has a template of its own."""
    return END + "".join(
        f'rule r{i} when text contains "w{i}x" then reply "hello {{{{ sender.name }}}}, {i}"\n'
        for i in range(n)
    )


def template_mistakes(n: int) -> str:
    """Each rule has a template with a name that does not exist."""
    return END + "".join(
        f'rule r{i} when text contains "w{i}x" then reply "hello {{{{ sender_nam{i} }}}}"\n' for i in range(n)
    )


def large_counts(n: int) -> str:
    """Each rule has a regex with a large counted repetition."""
    return END + "".join(
        f"rule r{i} when text matches /.{{0,{900 + i % 100}}}x{i}/ then drop\n" for i in range(n)
    )


def unicode_classes(n: int) -> str:
    """Each rule has a regex whose size only RE2 can tell."""
    return END + "".join(
        f"rule r{i} when text matches /^[\\p{{L}}\\p{{N}}]{{1,{i % 90 + 1}}}x{i}/ then drop\n"
        for i in range(n)
    )


def case_variants(n: int) -> str:
    """Each rule has a regex without case, of letters of its own."""
    return END + "".join(
        f"rule r{i} when text matches /^[{chr(0x400 + i)}中]{i}/i then drop\n" for i in range(n)
    )


def refused_regexes(n: int) -> str:
    """Each rule has a regex of another dialect."""
    return END + "".join(f"rule r{i} when text matches /[\\u4e00-\\u9fa5]{i}/ then drop\n" for i in range(n))


def never_found(n: int) -> str:
    """Each rule has a regex of characters that no text holds."""
    return END + "".join(f"rule r{i} when text matches /报销，谢谢？{i}/ then drop\n" for i in range(n))


CASES: dict[str, Callable[[int], str]] = {
    each.__name__: each
    for each in (
        clean,
        undeclared_conditions,
        undeclared_rules,
        undeclared_agents,
        unlike_names,
        unknown_zones,
        one_list,
        one_text_list,
        one_condition,
        one_template,
        templates,
        template_mistakes,
        large_counts,
        unicode_classes,
        case_variants,
        refused_regexes,
        never_found,
    )
}


def measure(case: str, n: int) -> None:
    """Check one set and print the CPU seconds of checking, the peak memory in MB, and how many diagnostics there are."""
    from prx_dingtalk_router.language import check_rules

    with tempfile.TemporaryDirectory() as folder:
        entry = Path(folder) / "main.rules"
        entry.write_text(CASES[case](n), "utf-8")
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        begun = time.process_time()
        result = check_rules(entry)
        spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{spent:6.2f} s {peak:5.0f} MB {len(result.diagnostics):5}")


def main(wanted: list[str]) -> None:
    """Print a line a case."""
    for case in wanted or CASES:
        columns = []
        for n in SIZES:
            run = subprocess.run(  # noqa: S603
                [sys.executable, __file__, "--measure", case, str(n)],
                capture_output=True,
                text=True,
                check=False,
            )
            columns.append(run.stdout or f"ended after {LIMIT} s     ")
            if run.returncode:
                break
        sys.stdout.write(f"{case:22}" + "   ".join(columns) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], int(sys.argv[3]))
    else:
        main(sys.argv[1:])
