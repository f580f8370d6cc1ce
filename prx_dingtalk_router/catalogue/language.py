"""What diagnostics of the rules language say: the sentence under its name, the advice under ``<name>.help``."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.language_findings import FINDINGS
from prx_dingtalk_router.catalogue.language_regexes import REGEXES
from prx_dingtalk_router.catalogue.language_values import VALUES
from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    **VALUES,
    **FINDINGS,
    **REGEXES,
    # text and syntax
    # names
    # values and types
}
