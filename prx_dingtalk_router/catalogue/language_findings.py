"""What diagnostics say about sound rules that hardly do what their writer wants, templates and the configuration."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

FINDINGS: dict[str, Entry] = {
    # reachability
    # templates
    # configuration
    # text that cannot match
}
