"""The catalogue: every sentence that people read, by key. One module an area; a key begins with its area."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from prx_dingtalk_router.catalogue import (
    cli,
    decision,
    delivery,
    diagnosis,
    language,
    matching,
    message,
    sandbox,
    service,
    settings,
    stream,
    templates,
)
from prx_dingtalk_router.catalogue.text import Entry

AREAS: Mapping[str, Mapping[str, Entry]] = MappingProxyType(
    {
        "cli": cli.MESSAGES,
        "decision": decision.MESSAGES,
        "delivery": delivery.MESSAGES,
        "diagnosis": diagnosis.MESSAGES,
        "language": language.MESSAGES,
        "matching": matching.MESSAGES,
        "message": message.MESSAGES,
        "sandbox": sandbox.MESSAGES,
        "service": service.MESSAGES,
        "settings": settings.MESSAGES,
        "stream": stream.MESSAGES,
        "templates": templates.MESSAGES,
    }
)

MESSAGES: Mapping[str, Entry] = MappingProxyType(
    {f"{area}.{key}": entry for area, entries in AREAS.items() for key, entry in entries.items()}
)
