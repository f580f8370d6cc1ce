"""Which encoding a file is in: UTF-8 is never taken for another, UTF-16 of a rules file is told (language.md section 2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prx_dingtalk_router.language.encoding import NotUtf8, decode

ASCII = st.text(st.characters(min_codepoint=1, max_codepoint=127), min_size=2, max_size=20)
CHINESE = st.text(
    st.characters(min_codepoint=0x4E01, max_codepoint=0x9FFF).filter(lambda c: ord(c) % 256 != 0), max_size=20
)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), st.booleans())
def test_utf_8_is_read_as_it_is(text: str, marked: bool) -> None:
    """Whatever it holds but U+0000, with or without a mark at its beginning."""
    content = text.encode("utf-8-sig" if marked else "utf-8")
    assert decode(content) == text.removeprefix("\ufeff" if not marked and text.startswith("\ufeff") else "")


@given(st.lists(st.tuples(ASCII, CHINESE), min_size=1).map(lambda pairs: "".join(a + b for a, b in pairs)))
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_utf_16_is_told(encoding: str, text: str) -> None:
    """Some of its characters are ASCII, as those of every rules file are; a byte order mark is not needed."""
    found = decode(text.encode(encoding))
    assert isinstance(found, NotUtf8)
    assert (found.good, found.offset, found.encoding) == ("", 0, "UTF-16")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16_without_ascii_is_told_by_its_mark(encoding: str) -> None:
    """Where no byte is zero the mark at the beginning says it."""
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    found = decode(mark + ("规则" * 50).encode(encoding))
    assert isinstance(found, NotUtf8)
    assert found.encoding == "UTF-16"


@pytest.mark.parametrize(
    "content",
    [
        b"\0" * 40,  # zeros at even and at odd places
        b"rule a\0\0\0\0 when always then drop",
        b"# \0 and \0" + b"rule a when always then drop\n" * 40,  # two zeros, both at even places
        b"\0",
        b"a\0",
    ],
)
def test_a_few_zeros_make_no_other_encoding(content: bytes) -> None:
    """A file in UTF-8 that holds U+0000 is read; the character is what is wrong with it."""
    assert decode(content) == content.decode()
