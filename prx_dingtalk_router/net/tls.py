"""The certificates that are trusted: those of the system, and those of one file more when it is set."""

from __future__ import annotations

import ssl
from functools import lru_cache
from pathlib import Path

from prx_dingtalk_router.errors import RouterError


# Reading the system's authorities takes 20 ms, and every agent has a client of its own.
@lru_cache(maxsize=8)
def tls_context(ca_file: str = "") -> ssl.SSLContext:
    """A verifying client context that trusts the system's authorities and those in ``ca_file`` (PEM).

    Raises:
        RouterError: the file cannot be read or holds no certificate.
    """
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(cafile=Path(ca_file))
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
            raise RouterError(
                "stream.ca-file", path=ca_file, why=getattr(error, "strerror", None) or str(error)
            ) from error
    return context
