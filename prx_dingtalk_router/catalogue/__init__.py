"""The message catalogue: what people read, in Chinese and English."""

from prx_dingtalk_router.catalogue.text import (
    LANGUAGES,
    Entry,
    Language,
    Text,
    Wording,
    current_language,
    text,
    use_language,
)

__all__ = ["LANGUAGES", "Entry", "Language", "Text", "Wording", "current_language", "text", "use_language"]
