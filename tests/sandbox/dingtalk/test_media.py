"""Download codes, links and uploads on a clock that is moved."""

from __future__ import annotations

import zlib

from prx_dingtalk_router.sandbox.dingtalk.clock import Clock
from prx_dingtalk_router.sandbox.dingtalk.media import LINK_LIFE, Media, Medium


def test_code_belongs_to_a_robot_and_a_link_ends() -> None:
    """Only the robot that got a file gets a link to it, and the link ends soon; another can be had."""
    clock, now = Clock(), [1_788_200_000_000]
    clock.now = lambda: now[0]  # type: ignore[method-assign]
    media = Media(clock)
    code = media.code("robot", "report.pdf", "file")
    assert media.link("another", code) is None
    key = media.link("robot", code)
    assert key is not None
    medium = media.fetch(key)
    assert medium is not None
    assert medium.name == "report.pdf"
    now[0] += int(LINK_LIFE * 1000)
    assert media.fetch(key) is None
    assert media.fetch(media.link("robot", code) or "") == medium


def test_pictures_are_real_and_differ_by_name() -> None:
    """A picture is a PNG that decodes, with a colour that follows from its name."""
    media = Media(Clock())
    bodies = []
    for name in ("a.png", "b.png", "a.png"):
        medium = media.fetch(media.link("r", media.code("r", name, "picture")) or "")
        assert medium is not None
        at = medium.body.index(b"IDAT")
        size = int.from_bytes(medium.body[at - 4 : at])
        assert len(zlib.decompress(medium.body[at + 4 : at + 4 + size])) == 16 * (1 + 3 * 16)
        bodies.append(medium.body)
    assert bodies[0] == bodies[2] != bodies[1]


def test_uploads_are_kept() -> None:
    """What was uploaded can be looked at by its media id."""
    media = Media(Clock())
    medium = Medium("a.amr", "audio/amr", b"x")
    assert media.uploads[media.upload(medium)] is medium
