"""A stand-in OpenID Connect provider on loopback, with real keys, that can be told to misbehave.

Its signatures are made by hand from RFC 7515, so that both sides would have to be wrong alike.
As a program it serves the browser's tests: it prints its issuer and runs until it is stopped.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import html
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

Claims = dict[str, Any]
CLIENT_ID, CLIENT_SECRET = "typo reports", "a:secret/of the client"


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value: int) -> str:
    return text(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class SigningKey:
    """A key of the provider: RS256 or ES256."""

    def __init__(self, alg: str = "RS256") -> None:
        self.alg, self.kid = alg, secrets.token_hex(4)
        self.private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
        if alg == "RS256":
            self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        else:
            self.private = ec.generate_private_key(ec.SECP256R1())

    @classmethod
    @cache
    def first(cls, alg: str) -> SigningKey:
        """The same for all providers of a run: making an RSA key takes long."""
        return cls(alg)

    def published(self) -> dict[str, str]:
        own = {"kid": self.kid, "alg": self.alg, "use": "sig"}
        if isinstance(self.private, rsa.RSAPrivateKey):
            rsa_numbers = self.private.public_key().public_numbers()
            return own | {"kty": "RSA", "n": number(rsa_numbers.n), "e": number(rsa_numbers.e)}
        ec_numbers = self.private.public_key().public_numbers()
        x, y = (text(one.to_bytes(32, "big")) for one in (ec_numbers.x, ec_numbers.y))
        return own | {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    def signature(self, signed: bytes) -> bytes:
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        r, s = decode_dss_signature(self.private.sign(signed, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def token(self, claims: Claims, **header: Any) -> str:
        said = {"alg": self.alg, "kid": self.kid, "typ": "JWT"} | header
        signed = unsigned({name: one for name, one in said.items() if one is not None}, claims)
        return f"{signed}.{text(self.signature(signed.encode()))}"


def unsigned(header: Claims, claims: Claims) -> str:
    return f"{text(json.dumps(header).encode())}.{text(json.dumps(claims).encode())}"


def hmac_token(header: Claims, claims: Claims, secret: bytes) -> str:
    signed = unsigned(header, claims)
    return f"{signed}.{text(hmac.digest(secret, signed.encode(), 'sha256'))}"


@dataclass
class Person:
    """Who sits before the provider's page."""

    sub: str = "person-1"
    email: str = "bob@planet.example"
    email_verified: Any = True
    name: str = "Bob Provided"


@dataclass
class Misdeeds:
    """What the provider does wrongly: changed claims, tokens, metadata, answers."""

    claims: Claims = field(default_factory=dict)
    metadata: Claims = field(default_factory=dict)
    make_token: Callable[[IdentityProvider, Claims], str] | None = None
    # By path: the status and the body to answer instead.
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    # By path: seconds to wait first.
    waits: dict[str, float] = field(default_factory=dict)
    # By path: where to send the asker instead.
    redirects: dict[str, str] = field(default_factory=dict)


class IdentityProvider(ThreadingHTTPServer):
    """One provider with one client, one person and at least one key."""

    daemon_threads = True

    def __init__(
        self, redirect_uri: str, *, alg: str = "RS256", clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.redirect_uri = redirect_uri
        self.clock = clock
        self.keys = [SigningKey.first(alg)]
        self.person = Person()
        self.misdeeds = Misdeeds()
        self.asked: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def metadata(self) -> Claims:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        } | self.misdeeds.metadata

    def approve(self, asked: dict[str, str]) -> str:
        """The person agrees to what the desk has asked: the address that leads back."""
        assert asked["client_id"] == CLIENT_ID
        assert asked["redirect_uri"] == self.redirect_uri
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{self.redirect_uri}?{urlencode(back)}"

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(self.clock())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": self.person.sub,
            "email": self.person.email,
            "email_verified": self.person.email_verified,
            "name": self.person.name,
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 300,
        } | self.misdeeds.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.misdeeds.make_token is not None:
            return self.misdeeds.make_token(self, claims)
        return self.keys[0].token(claims)

    def exchange(self, fields: dict[str, str], authorization: str) -> tuple[int, Claims]:
        """A code for tokens, if all is as it should be (RFC 6749, RFC 7636)."""
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        client_id, _, secret = pair.partition(":")
        if (unquote_plus(client_id), unquote_plus(secret)) != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        asked = self._codes.pop(fields["code"], None)
        digest = hashlib.sha256(fields["code_verifier"].encode()).digest()
        if asked is None or text(digest) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if fields["redirect_uri"] != self.redirect_uri:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(asked)}


class _Handler(BaseHTTPRequestHandler):
    server: IdentityProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if self._misbehaves(parts.path):
            return
        if parts.path == "/.well-known/openid-configuration":
            self._json(200, self.server.metadata())
        elif parts.path == "/keys":
            self._json(200, {"keys": [key.published() for key in self.server.keys]})
        elif parts.path == "/authorize":
            self._page(dict(parse_qsl(parts.query)))
        else:
            self._json(404, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = dict(parse_qsl(body, keep_blank_values=True))
        if self._misbehaves(self.path):
            return
        if self.path == "/token":
            self._json(*self.server.exchange(fields, self.headers.get("Authorization", "")))
        elif fields.pop("deed") == "agree":
            self._redirect(self.server.approve(fields))
        else:
            back = {"error": "access_denied", "state": fields["state"]}
            self._redirect(f"{self.server.redirect_uri}?{urlencode(back)}")

    def _misbehaves(self, path: str) -> bool:
        self.server.asked.append(path)
        misdeeds = self.server.misdeeds
        time.sleep(misdeeds.waits.get(path, 0))
        if path in misdeeds.redirects:
            self._redirect(misdeeds.redirects[path])
            return True
        if path in misdeeds.answers:
            self._answer(*misdeeds.answers[path], "application/json")
            return True
        return False

    def _page(self, asked: dict[str, str]) -> None:
        hidden = "".join(
            f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
            for name, value in asked.items()
        )
        page = (
            f"<!doctype html><title>Paper Login</title><form method=post action=/agree>{hidden}"
            f"<button name=deed value=agree>I am {html.escape(self.server.person.email)}</button>"
            "<button name=deed value=cancel>Cancel</button></form>"
        )
        self._answer(200, page.encode(), "text/html")

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, status: int, content: Claims) -> None:
        self._answer(status, json.dumps(content).encode(), "application/json")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nothing in the tests' output."""


@contextmanager
def running_provider(
    redirect_uri: str, *, alg: str = "RS256", clock: Callable[[], float] = time.time
) -> Iterator[IdentityProvider]:
    """The provider, serving until the end of the `with`."""
    with IdentityProvider(redirect_uri, alg=alg, clock=clock) as provider:
        thread = threading.Thread(target=provider.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            provider.shutdown()
            thread.join()


def main() -> None:
    """Serve one person until stopped; the first line printed is the issuer."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--redirect-uri", required=True)
    parser.add_argument("--email", required=True)
    given = parser.parse_args()
    with IdentityProvider(given.redirect_uri) as provider:
        provider.person.email = given.email
        print(provider.issuer, flush=True)
        provider.serve_forever()


if __name__ == "__main__":
    main()
