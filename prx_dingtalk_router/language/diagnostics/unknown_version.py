"""PRX115 unknown-version."""

from __future__ import annotations

from prx_dingtalk_router.catalogue import Entry
from prx_dingtalk_router.language.diagnostics.diagnostic import Diagnostic


class UnknownVersion(Diagnostic, frozen=True):
    """Rules in a version of the language that this program does not know.

    What: A file says ``language`` with a number that the program does not know.
    Why: A later version may have other words and other meanings; reading it by the rules of an earlier one could go
        wrong without anybody seeing it.
    Wrong:
        language 99
        otherwise drop
    Right:
        language 1
        otherwise drop
    Fix: Install a newer prx-router if the rules were written for one; else write ``language 1``.
    """

    page_zh = """
    规则写明的语言版本，本程序不认识。

    是什么：文件里写了 `language` 和一个本程序不认识的版本号。
    为什么：新版本的规则可能有新的词、新的意思；按旧版本去读，出了错也没人看得出来。
    怎么改：这套规则确实是为新版本写的，就升级 prx-router；否则写成 `language 1`。
    """

    code = "PRX115"
    severity = "error"
    sentence = Entry(
        zh="规则语言版本 {version} 需要更新的 prx-router；本程序只支持版本 {known}",
        en="version {version} of the rules language needs a newer prx-router; this one knows version {known}",
    )
    advice = Entry(
        zh="升级 prx-router，或把这一行改为 `language {known}`",
        en="install a newer prx-router, or write `language {known}`",
    )

    version: str
    known: str
