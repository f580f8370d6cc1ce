"""Typed configuration: interfaces.md section 3, read, checked whole, and told about in sentences.

settings = load_settings(path, os.environ)     # or SettingsError with every problem
settings.agents["helpdesk"].timeout            # 600.0 seconds
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prx_dingtalk_router.lazy import names_on_demand
from prx_dingtalk_router.settings.discovery import FILE_NAME, find_settings

if TYPE_CHECKING:
    from prx_dingtalk_router.settings.duration import Duration
    from prx_dingtalk_router.settings.effective_settings import Effective, effective, written_secrets
    from prx_dingtalk_router.settings.loading import load_settings, settings_from_table
    from prx_dingtalk_router.settings.model import (
        AdminSettings,
        AgentSettings,
        ChannelSettings,
        DingTalkSettings,
        JournalSettings,
        LogSettings,
        PrxSettings,
        RulesSettings,
        Settings,
        ValidateSettings,
    )
    from prx_dingtalk_router.settings.origin import Origin
else:  # all of it needs pydantic, which commands do without where there is no configuration
    __getattr__ = names_on_demand(
        __name__,
        {
            "duration": "Duration",
            "effective_settings": "Effective effective written_secrets",
            "loading": "load_settings settings_from_table",
            "model": "AdminSettings AgentSettings ChannelSettings DingTalkSettings JournalSettings LogSettings "
            "PrxSettings RulesSettings Settings ValidateSettings",
            "origin": "Origin",
        },
    )

__all__ = [
    "FILE_NAME",
    "AdminSettings",
    "AgentSettings",
    "ChannelSettings",
    "DingTalkSettings",
    "Duration",
    "Effective",
    "JournalSettings",
    "LogSettings",
    "Origin",
    "PrxSettings",
    "RulesSettings",
    "Settings",
    "ValidateSettings",
    "effective",
    "find_settings",
    "load_settings",
    "settings_from_table",
    "written_secrets",
]
