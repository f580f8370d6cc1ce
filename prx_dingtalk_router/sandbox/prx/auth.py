"""The three layers of authentication (prx-gateway.md section 4.1) and what identifies a credential."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping

from prx_dingtalk_router.sandbox.prx.settings import PrxSettings

_SHA256_HEX = re.compile(r"[0-9a-fA-F]{64}")
_SIGNATURE_PREFIX = "sha256="


class Tokens:
    """Bearer tokens, kept as SHA-256 hex only.

    Args:
        entries: as in ``gateway.paired_tokens``: 64 hex digits are taken as a hash, anything else is hashed.
    """

    def __init__(self, entries: Iterable[str] = ()) -> None:
        self._persisted = {
            entry.lower() if self.is_hash(entry) else token_hash(entry) for entry in entries if entry
        }
        self._until_restart: set[str] = set()

    @staticmethod
    def is_hash(entry: str) -> bool:
        """Whether an entry of the configuration is a hash, and not a token in plain text."""
        return _SHA256_HEX.fullmatch(entry) is not None

    def __bool__(self) -> bool:
        return bool(self._persisted or self._until_restart)

    def issue(self, *, persist: bool) -> str:
        """Make a token, store its hash and hand it out once; without ``persist`` it is gone after a restart."""
        token = f"zc_{secrets.token_hex(32)}"
        (self._persisted if persist else self._until_restart).add(token_hash(token))
        return token

    def accepts(self, token: str) -> bool:
        """Whether ``token`` is known; an empty one never is."""
        digest = token_hash(token)
        return bool(token) and (digest in self._persisted or digest in self._until_restart)

    def restarted(self) -> None:
        """Forget what was not persisted."""
        self._until_restart.clear()


def token_hash(token: str) -> str:
    """SHA-256 hex of a token's UTF-8 bytes."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def bearer_of(headers: Mapping[str, str]) -> str:
    """The bearer token that was sent, trimmed; "" without one. ``Bearer`` and its blank are case-sensitive."""
    value = headers.get("Authorization", "")
    return value.removeprefix("Bearer ").strip() if value.startswith("Bearer ") else ""


def sign(secret: str, body: bytes) -> str:
    """HMAC-SHA256 hex of the exact ``body`` under the trimmed ``secret``."""
    return hmac.new(secret.strip().encode(), body, hashlib.sha256).hexdigest()


class Credentials:
    """Checks the layers that are configured and names the credential that came with a request.

    Args:
        settings: which layers are on; read once, as PRX does.
        tokens: the bearer tokens.
    """

    def __init__(self, settings: PrxSettings, tokens: Tokens) -> None:
        self._pairing = settings.require_pairing
        self._webhook_token = settings.webhook_token.strip()
        self._secret = settings.signing_secret.strip()
        self._tokens = tokens

    def bearer_refusal(self, headers: Mapping[str, str]) -> str | None:
        """Why the bearer token does not pass, or ``None``. All of `/api` needs no more than this."""
        if not self._pairing or self._tokens.accepts(bearer_of(headers)):
            return None
        return "unauthorized: send a valid bearer token, or pair first"

    def webhook_refusal(self, headers: Mapping[str, str], body: bytes) -> str | None:
        """Why a `POST /webhook` does not pass, or ``None``; bearer first, then webhook token, then signature."""
        refusal = self.bearer_refusal(headers)
        if refusal is not None:
            return refusal
        if self._webhook_token and not _same(_webhook_token_of(headers), self._webhook_token):
            return "unauthorized: the webhook token is missing or wrong"
        if self._secret and not self._signed(_signature_of(headers), body):
            return "unauthorized: the webhook signature is missing or wrong"
        return None

    def _signed(self, signature: str, body: bytes) -> bool:
        digest = signature.removeprefix(_SIGNATURE_PREFIX)
        return bool(_SHA256_HEX.fullmatch(digest)) and _same(digest.lower(), sign(self._secret, body))

    def namespace(self, headers: Mapping[str, str]) -> str:
        """The namespace of idempotency keys: the credential that authenticated (prx-gateway.md section 5.4)."""
        if self._pairing:
            return f"bearer:{token_hash(bearer_of(headers))}"
        if self._webhook_token:
            return f"webhook-token:{token_hash(self._webhook_token)}"
        if self._secret:
            return f"signing-secret:{token_hash(self._secret)}"
        return "public"

    def bucket(self, headers: Mapping[str, str]) -> str:
        """The key of the second webhook limit: what was sent, whether it was needed or not (section 10)."""
        for kind, sent in (
            ("bearer", bearer_of(headers)),
            ("webhook-token", _webhook_token_of(headers)),
            ("signature", _signature_of(headers)),
        ):
            if sent:
                return f"{kind}:{token_hash(sent)}"
        return "shared"


def _webhook_token_of(headers: Mapping[str, str]) -> str:
    return headers.get("X-Webhook-Token", "").strip()


def _signature_of(headers: Mapping[str, str]) -> str:
    return headers.get("X-Webhook-Signature", "").strip()


def _same(sent: str, expected: str) -> bool:
    return hmac.compare_digest(sent.encode("utf-8", "surrogateescape"), expected.encode())
