"""Which certificates are trusted."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest

from prx_dingtalk_router.errors import RouterError
from prx_dingtalk_router.net import tls_context


def test_the_file_adds_to_the_authorities_of_the_system(authority: Any) -> None:
    """A CA file is trusted besides what is trusted anyway, and certificates are always verified."""
    plain, added = tls_context(), tls_context(str(authority.ca_file))
    assert added.cert_store_stats()["x509_ca"] == plain.cert_store_stats()["x509_ca"] + 1
    assert added.verify_mode is ssl.CERT_REQUIRED
    assert added.check_hostname


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """A CA file that is not there is named in the error."""
    with pytest.raises(RouterError, match=r"nowhere\.pem"):
        tls_context(str(tmp_path / "nowhere.pem"))


def test_a_file_without_a_certificate_is_an_error(tmp_path: Path) -> None:
    """A file that is no PEM is told so."""
    (tmp_path / "ca.pem").write_text("hello", encoding="ascii")
    with pytest.raises(RouterError, match="PEM"):
        tls_context(str(tmp_path / "ca.pem"))
