"""What stays whole within a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.delivery.dingtalk.inline import Inline
from prx_dingtalk_router.delivery.dingtalk.splitting import encoded_size, split

IN_BOTH = [
    "https://example.com/a/b?x=1&y=2#z",
    "http://10.0.0.1:8080/路径",
    "@u1001",
    "@manager1234",
    "@张三",
]
IN_MARKDOWN = [
    "[查看 日志。请看](https://example.com/a_(b)?c=1)",
    "![图 片](https://example.com/p.png)",
    "[![图](https://a.example/p.png)](https://b.example/x)",
    '[a](https://example.com "标 题")',
    "`kubectl get pods -n prod`",
    "<https://example.com/x>",
]


@pytest.mark.parametrize("piece", [*IN_BOTH, *IN_MARKDOWN])
def test_each_offset_within_a_piece_is_in_it(piece):
    """A cut anywhere within a piece finds its ends, one at its ends finds none."""
    text = f"请看 {piece} 。"
    inline = Inline(text, markdown=True)
    assert {inline.around(at) for at in range(4, 3 + len(piece))} == {(3, 3 + len(piece))}
    assert inline.around(3) is inline.around(3 + len(piece)) is None


@pytest.mark.parametrize("text", ["a@b.example", "[] ()", "[a] (b)", "2 ` 3", "http:// x", "@", "[a](b\nc)"])
def test_what_only_looks_like_a_piece_is_none(text):
    """Mail addresses, brackets and lone marks are cut like anything else."""
    assert list(Inline(text, markdown=True)) == []


def test_plain_text_has_no_marks():
    """In plain text only addresses and mentions stay whole."""
    inline = Inline("[a b](https://example.com/x) `y z` @u1", markdown=False)
    assert [end - start for start, end in inline] == [len("https://example.com/x)"), len("@u1")]


WORDS = st.sampled_from(["字", "说明。", "word ", "，", "\n", "\n\n"])


@settings(deadline=None, max_examples=150)
@given(st.data(), st.booleans(), st.integers(256, 500))
def test_no_part_begins_or_ends_within_a_piece(data, markdown, limit):
    """However a long text is cut, each link, picture, address, mention and piece of code is whole in one part."""
    pieces = [*IN_BOTH, *IN_MARKDOWN] if markdown else IN_BOTH
    chosen = data.draw(
        st.lists(WORDS | st.sampled_from(pieces).map(lambda piece: f" {piece} "), max_size=120)
    )
    parts = split("".join(chosen), limit, markdown=markdown)
    assert all(encoded_size(part) <= limit for part in parts)
    for piece in pieces:
        assert sum(part.count(piece) for part in parts) == "".join(chosen).count(piece)


def test_a_link_longer_than_a_part_is_cut():
    """What cannot be whole in any part is sent all the same."""
    link = f"[a](https://example.com/{'x' * 900})"
    assert "".join(split(link, 256, markdown=True)) == link


@pytest.mark.parametrize(
    "line", ["[a](", "[", "![", "`", "@a", "http://", "<https://", "[![", "](", "[a](b("]
)
def test_a_hostile_line_is_cut_in_time(line):
    """Half a megabyte of openings is cut like anything else."""
    parts = split(line * (500_000 // len(line)), 18_000, markdown=True)
    assert len(parts) < 300
