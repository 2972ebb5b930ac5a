"""The identity provider of an installation: where to send people, and who comes back."""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import msgspec
from joserfc.jwk import Key

from typo_reports.bounded_http import ExchangeError, get, post_form
from typo_reports.sso.id_token import Identity, import_keys, read_identity
from typo_reports.sso.metadata import Metadata, decoded, discovery_address, read_metadata
from typo_reports.sso.provider_error import ProviderError, UnknownKeyError

SECONDS = 5.0
BYTES_MOST = 256 * 1024
KEPT_SECONDS = 3600.0
# After a failure nobody waits for it again for so long.
REST_SECONDS = 10.0
# A slow provider may hold up so many of the server's threads, and the password still signs in.
AT_ONCE = 4


class _Keys(msgspec.Struct):
    keys: list[dict[str, Any]]


class _Tokens(msgspec.Struct):
    id_token: str


@dataclass(frozen=True, slots=True)
class Client:
    """Who we are at the provider, as its operator has registered us."""

    issuer: str
    id: str
    secret: str | None = field(repr=False)
    redirect_uri: str


class Provider:
    """One provider. What it publishes is kept for an hour, in this process. For many threads."""

    def __init__(
        self, client: Client, *, name: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.client = client
        self.name = name
        self._clock = clock
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._metadata: tuple[float, Metadata] | None = None
        self._keys: tuple[float, list[Key]] | None = None
        self._rests_until = 0.0

    def prepare(self) -> None:
        """Make sure that it can be reached, before anything is begun. Raises ProviderError."""
        with self._turn():
            self._known_metadata()

    def authorization_url(self, *, state: str, nonce: str, verifier: str) -> str:
        """Where to send somebody who wants to sign in. Raises ProviderError."""
        with self._turn():
            endpoint = self._known_metadata().authorization_endpoint
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": self.client.redirect_uri,
            "scope": "openid email profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked)}"

    def check_issuer(self, said: str | None) -> None:
        """Raise ProviderError when an answer comes from another provider (RFC 9207)."""
        if said is None:
            with self._turn():
                is_missing = self._known_metadata().authorization_response_iss_parameter_supported
            if not is_missing:
                return
        if said != self.client.issuer:
            raise ProviderError("The answer came from another provider.")

    def identity(self, *, code: str, verifier: str, nonce: str, now: datetime) -> Identity:
        """Who came back with this code. Raises ProviderError."""
        with self._turn():
            metadata = self._known_metadata()
            token = self._exchanged(metadata, code, verifier)
            try:
                return self._read(token, self._known_keys(metadata), metadata, nonce, now)
            except UnknownKeyError:
                # It changes its keys from time to time: look once whether there is a new one.
                self._keys = None
                return self._read(token, self._known_keys(metadata), metadata, nonce, now)

    def check(self) -> str:
        """Ask it for all that it publishes, as `doctor` does. Raises ProviderError."""
        with self._turn():
            metadata = self._known_metadata()
            keys = self._known_keys(metadata)
        return (
            f"{self.client.issuer} answers, with {len(keys)} "
            f"{'key' if len(keys) == 1 else 'keys'}. It must allow the redirect URI "
            f"{self.client.redirect_uri}"
        )

    def _read(
        self, token: str, keys: list[Key], metadata: Metadata, nonce: str, now: datetime
    ) -> Identity:
        return read_identity(
            token,
            keys,
            issuer=self.client.issuer,
            client_id=self.client.id,
            nonce=nonce,
            algorithms=metadata.algorithms,
            now=now,
        )

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(blocking=False):
            raise ProviderError("It is slow, and others wait for it. Try again in a moment.")
        try:
            yield
        finally:
            self._turns.release()

    def _known_metadata(self) -> Metadata:
        if self._metadata is None or self._clock() - self._metadata[0] > KEPT_SECONDS:
            body = self._got(discovery_address(self.client.issuer), "its metadata")
            self._metadata = self._clock(), read_metadata(body, issuer=self.client.issuer)
        return self._metadata[1]

    def _known_keys(self, metadata: Metadata) -> list[Key]:
        kept = self._keys
        if kept is None or self._clock() - kept[0] > KEPT_SECONDS:
            body = self._got(metadata.jwks_uri, "its keys")
            keys = import_keys(decoded(body, _Keys, "its keys").keys)
            if not keys:
                raise ProviderError("It publishes no key that can be used here.")
            kept = self._keys = self._clock(), keys
        return kept[1]

    def _got(self, address: str, what: str) -> bytes:
        if self._clock() < self._rests_until:
            raise ProviderError("It did not answer a moment ago. Try again in a few seconds.")
        try:
            status, body = get(address, seconds=SECONDS, most_bytes=BYTES_MOST)
        except ExchangeError as error:
            raise self._failed(f"Asking for {what}: {error}.") from error
        if status != 200:
            raise self._failed(f"Asking for {what}: it answers {status}.")
        return body

    def _exchanged(self, metadata: Metadata, code: str, verifier: str) -> str:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.redirect_uri,
            "code_verifier": verifier,
        }
        headers = self._authenticated(metadata, fields)
        try:
            status, body = post_form(
                metadata.token_endpoint,
                fields,
                headers=headers,
                seconds=SECONDS,
                most_bytes=BYTES_MOST,
            )
        except ExchangeError as error:
            raise self._failed(f"Handing in the code: {error}.") from error
        if status != 200:
            # What it says may hold the code; its status tells enough.
            raise ProviderError(f"Handing in the code: it answers {status}.")
        return decoded(body, _Tokens, "its answer").id_token

    def _authenticated(self, metadata: Metadata, fields: dict[str, str]) -> dict[str, str]:
        """Prove who we are: in a header (RFC 6749, 2.3.1), or in the fields if it wants that."""
        methods, secret = metadata.token_endpoint_auth_methods_supported, self.client.secret
        if secret is not None and "client_secret_basic" in methods:
            pair = f"{quote_plus(self.client.id)}:{quote_plus(secret)}"
            return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        fields["client_id"] = self.client.id
        if secret is not None:
            fields["client_secret"] = secret
        return {}

    def _failed(self, words: str) -> ProviderError:
        self._rests_until = self._clock() + REST_SECONDS
        return ProviderError(words)
