"""Fingerprints of rules as people compare them."""

from __future__ import annotations


def short(fingerprint: str) -> str:
    """The beginning of a fingerprint, as it stands in the log: enough to tell two sets apart."""
    return fingerprint.removeprefix("sha256:")[:12]
