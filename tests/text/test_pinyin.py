"""Chinese words by how they are typed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from prx_dingtalk_router.text.pinyin import MOST_WORDS, Spellings


@pytest.mark.parametrize(
    ("known", "written", "meant"),
    [
        (["报销"], "baoxiao", "报销"),
        (["baoxiao"], "报销", "baoxiao"),
        (["bao-xiao"], "报销", "bao-xiao"),
        (["报销"], "BaoXiao", "报销"),
        (["报销"], "bao_xiao", "报销"),
        (["报销"], "ｂａｏｘｉａｏ", "报销"),
        (["报销"], "报消", "报销"),
        (["报销"], "bx", "报销"),
        (["报销", "报喜"], "bx", None),
        (["银行", "行程"], "yinhang", "银行"),
        (["银行", "行程"], "xingcheng", "行程"),
        (["绿色"], "lvse", "绿色"),
        (["绿色"], "lüse", "绿色"),
        (["vip员工"], "vip-yuangong", "vip员工"),
        (["员工", "圆工"], "yuangong", None),
        (["staff"], "baoxiao", None),
        (["报销"], "staff", None),
        (["报销"], "", None),
        (["报销"], "报" * 100, None),
        ([], "baoxiao", None),
    ],
)
def test_a_word_is_found_by_its_pinyin(known: list[str], written: str, meant: str | None) -> None:
    """Either may be the Chinese one; homophones and initials count, and what could be two words is neither."""
    assert Spellings(known).same(written) == meant


def test_large_vocabularies_are_left_alone() -> None:
    """Thousands of names are not spelled for the sake of one that is wrong."""
    assert Spellings([f"报销{at}" for at in range(MOST_WORDS + 1)]).same("baoxiao1") is None
    assert Spellings([f"报销{at}" for at in range(50)]).same("baoxiao1") == "报销1"


def test_the_table_is_loaded_for_chinese_words_only() -> None:
    """A start that has no wrong name, or none that is Chinese, does without it; the environment stays as it was."""
    program = """
import os, sys
from prx_dingtalk_router.text.did_you_mean import Vocabulary
import prx_dingtalk_router.language
Vocabulary(["staff"], pinyin=True).nearest("people")
assert "pypinyin" not in sys.modules
assert Vocabulary(["报销"], pinyin=True).nearest("baoxiao") == "报销"
assert Vocabulary(["报销"]).nearest("baoxiao") is None
assert "pypinyin" in sys.modules and "pypinyin.phrases_dict" not in sys.modules
assert "PYPINYIN_NO_PHRASES" not in os.environ
"""
    environment = {name: value for name, value in os.environ.items() if name != "PYPINYIN_NO_PHRASES"}
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60, env=environment)
