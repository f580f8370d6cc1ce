"""Media: download codes of received pictures and files, signed links to them, and uploads (sections 6 and 8)."""

from __future__ import annotations

import base64
import secrets
import struct
import zlib
from dataclasses import dataclass

from prx_dingtalk_router.sandbox.dingtalk.clock import Clock

LINK_LIFE = 600.0
"""Seconds that a download link lives; the documents only say that it is short."""

UPLOAD_LIMITS = {"image": 20 << 20, "voice": 2 << 20, "video": 20 << 20, "file": 20 << 20}
"""Bytes an upload may have, by its ``type``."""


UPLOAD_ENDINGS = {
    "image": frozenset({"jpg", "jpeg", "gif", "png", "bmp"}),
    "voice": frozenset({"amr", "mp3", "wav"}),
    "video": frozenset({"mp4"}),
}
"""How the file name of an upload may end, by its ``type``; a ``file`` may be anything."""


@dataclass(frozen=True, slots=True)
class Medium:
    """Something to download."""

    name: str
    content_type: str
    body: bytes


class Media:
    """What people sent along and robots uploaded."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._codes: dict[str, tuple[str, Medium]] = {}
        self._links: dict[str, tuple[int, Medium]] = {}
        self.uploads: dict[str, Medium] = {}

    def code(self, robot_code: str, name: str, kind: str) -> str:
        """A download code for something that a person sent to this robot."""
        code = secrets.token_urlsafe(32)
        self._codes[code] = (robot_code, _medium(name, kind))
        return code

    def link(self, robot_code: str, code: str) -> str | None:
        """The key of a short-lived link, or ``None`` for a code that is not this robot's."""
        owner, medium = self._codes.get(code, ("", None))
        if medium is None or owner != robot_code:
            return None
        key = secrets.token_urlsafe(24)
        self._links[key] = (self._clock.after(self._clock.now(), LINK_LIFE), medium)
        return key

    def fetch(self, key: str) -> Medium | None:
        """What a link leads to, while it lives."""
        expires, medium = self._links.get(key, (0, None))
        return medium if medium and self._clock.now() < expires else None

    def upload(self, medium: Medium) -> str:
        """Store what a robot uploads; the answer is its media id."""
        media_id = f"@{secrets.token_urlsafe(21)}"
        self.uploads[media_id] = medium
        return media_id


def fits(kind: str, name: str) -> bool:
    """Whether a file of this name can be uploaded as ``kind``; one without an ending is not judged by it."""
    _, dot, ending = name.rpartition(".")
    return not dot or kind not in UPLOAD_ENDINGS or ending.lower() in UPLOAD_ENDINGS[kind]


def _medium(name: str, kind: str) -> Medium:
    if kind == "picture":
        return Medium(name, "image/png", _png(name))
    if kind == "audio":
        return Medium(name, "audio/amr", b"#!AMR\n" + bytes(64))
    if kind == "video":
        return Medium(name, "video/mp4", struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 512))
    return Medium(name, "application/octet-stream", f"sandbox file {name}\n".encode())


def _png(name: str) -> bytes:
    """A small one-coloured PNG; the colour follows from the name."""
    side, colour = 16, zlib.crc32(name.encode()).to_bytes(4, "big")[:3]
    rows = zlib.compress((b"\0" + colour * side) * side)
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return base64.b64decode("iVBORw0KGgo=") + body
