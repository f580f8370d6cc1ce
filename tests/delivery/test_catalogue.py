"""The sentences of delivery."""

from __future__ import annotations

import re
from pathlib import Path

import prx_dingtalk_router.delivery
from prx_dingtalk_router.catalogue.delivery import MESSAGES

PACKAGE = Path(prx_dingtalk_router.delivery.__file__).parent


def test_every_sentence_is_used_and_every_used_one_exists():
    """The keys in the code and those in the catalogue are the same."""
    used = {
        key
        for file in PACKAGE.rglob("*.py")
        for key in re.findall(r'"delivery\.([a-z-]+)"', file.read_text(encoding="utf-8"))
    }
    assert used == set(MESSAGES)


def test_sentences_name_the_same_fields_in_both_languages():
    """What one language shows, the other shows too."""
    for key, entry in MESSAGES.items():
        zh, en = (set(re.findall(r"{(\w+)}", words)) for words in (entry.zh, entry.en))
        assert zh == en, key
