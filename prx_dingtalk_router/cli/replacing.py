"""Writes the new text of a file: it is either as before or whole, and keeps its owner, mode and byte order mark."""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Put a file with this text in the place of a file.

    Args:
        path: of the file; of a symbolic link, what it leads to is replaced.
        text: all of it, written as UTF-8.

    Raises:
        OSError: it cannot be written, or may not be; the file is as it was.
    """
    path = path.resolve()
    if not os.access(path, os.W_OK):  # another file in its place would need no such permission
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    was = path.stat()
    mark = codecs.BOM_UTF8 if path.read_bytes().startswith(codecs.BOM_UTF8) else b""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(mark + text.encode())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError, AttributeError):  # only root may give a file to its owner
            os.chown(name, was.st_uid, was.st_gid)
        shutil.copymode(path, name)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
