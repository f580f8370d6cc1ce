"""The canonical layout of rules: ``prx-router fmt``."""

from prx_dingtalk_router.language.formatting.formatter import WIDTH, NotFormattedError, format_rules

__all__ = ["WIDTH", "NotFormattedError", "format_rules"]
