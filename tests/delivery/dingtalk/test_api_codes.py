"""The table of the API's error codes."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery.dingtalk.api_codes import COMMON, SENDING, meaning_of_api


@pytest.mark.parametrize("code", [*COMMON, *SENDING])
def test_each_code_has_a_remedy_that_can_be_read(code):
    """Every code of the table is found, and what an operator can do about it is a sentence in both languages."""
    meaning = meaning_of_api(code.replace("*", "anything"))
    assert meaning == {**COMMON, **SENDING}[code]
    if meaning.advice is not None:
        assert text(meaning.advice).render("zh")
        assert text(meaning.advice).render("en")


@pytest.mark.parametrize("code", ["", "no.such.code", "miss.par", 7, None, True, ["send.too.fast"]])
def test_what_is_no_known_code_means_nothing(code):
    """Unknown codes, and values that are none, have no meaning."""
    assert meaning_of_api(code) is None
