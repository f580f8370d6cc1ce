"""Plain frames, read and written many at a time; ``tests/stream/test_websocket.py`` holds them to the library."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from prx_dingtalk_router.stream.protocol.plain_frames import frame_size, plain_messages, text_frames


def plain(data: bytes) -> bytes:
    """A frame as a server writes it."""
    return Frame(Opcode.TEXT, data).serialize(mask=False)


def test_messages_are_cut_out_up_to_what_is_not_plain() -> None:
    """Whatever stands behind a ping is left, and so is a message that has not come to its end."""
    stream = plain(b"one") + plain(b"x" * 200) + b"\x89\x00" + plain(b"two")
    assert plain_messages(stream, 0, 1_000) == ([b"one", b"x" * 200], 209)
    assert plain_messages(stream, 211, 1_000) == ([b"two"], len(stream))
    assert plain_messages(stream[:-1], 211, 1_000) == ([], 211)
    assert plain_messages(stream, 0, 199) == ([b"one"], 5)


@given(st.sampled_from([0, 1, 125, 126, 65_535, 65_536]), st.integers(0, 14))
def test_the_size_of_a_frame_is_known_from_its_header(size: int, seen: int) -> None:
    """As soon as the length is there, and not before, whatever comes after it."""
    frame = plain(b"x" * size)
    header = len(frame) - size
    assert frame_size(frame[:seen]) == (len(frame) if seen >= header else None)


def test_masks_are_not_foreseen() -> None:
    """The same message looks otherwise each time, also among those that are sent together."""
    frame = len(text_frames([b"x"]))
    written = text_frames([b"x" * 8] * 2_000)
    masks = {written[at + 2 : at + 6] for at in range(0, len(written), frame + 7)}
    assert len(masks) > 1_990
