"""Fingerprints of rules as people compare them."""

from __future__ import annotations


def short(fingerprint: str | None) -> str:
    """Return the beginning of a fingerprint, enough to tell two sets apart; a dash where there is none."""
    return fingerprint.removeprefix("sha256:")[:12] if fingerprint else "-"
