"""A device for passkeys, made of software: makes keys and answers as browsers pass them on.

Built from the W3C standard (6.1, 6.5) and not from the library that checks its answers, so that
both would have to be wrong in the same way.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def data(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Authenticator:
    """One key on one device. Its attributes may be changed, to answer wrongly on purpose."""

    def __init__(self, *, origin: str, rp_id: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.origin = origin
        self.rp_id = rp_id
        self.flags = PRESENT | VERIFIED
        self.count = 0
        # What goes up by itself with each signature; 0 as with passkeys that are synced.
        self.step = 1
        self.handle: bytes | None = None

    def create(self, options: dict[str, Any]) -> str:
        """The answer of navigator.credentials.create()."""
        self.handle = data(options["user"]["id"])
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + self._public_key()
        attestation = {
            "fmt": "none",
            "attStmt": {},
            "authData": self._authenticator_data(ATTESTED) + attested,
        }
        return self._answer(
            {
                "clientDataJSON": text(self._client_data("webauthn.create", options)),
                "attestationObject": text(cbor2.dumps(attestation)),
            }
        )

    def get(self, options: dict[str, Any]) -> str:
        """The answer of navigator.credentials.get()."""
        self.count += self.step
        client_data = self._client_data("webauthn.get", options)
        authenticator_data = self._authenticator_data(0)
        signed = authenticator_data + hashlib.sha256(client_data).digest()
        return self._answer(
            {
                "clientDataJSON": text(client_data),
                "authenticatorData": text(authenticator_data),
                "signature": text(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
                "userHandle": text(self.handle) if self.handle is not None else None,
            }
        )

    def _answer(self, response: dict[str, Any]) -> str:
        own = {"id": text(self.id), "rawId": text(self.id), "type": "public-key"}
        return json.dumps(own | {"response": response})

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _authenticator_data(self, more: int) -> bytes:
        place = hashlib.sha256(self.rp_id.encode()).digest()
        return place + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _public_key(self) -> bytes:
        """COSE: an EC2 key on P-256 for ES256."""
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
