"""Ways of signing in without a password: passkeys, single sign-on, and their steps under way."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from typo_reports.storage.models.foundation import Base

if TYPE_CHECKING:
    from typo_reports.storage.models.people import Editor


class Passkey(Base):
    """A public key of an editor's device (W3C Web Authentication). Nothing here is secret."""

    __tablename__ = "passkeys"
    __table_args__ = (Index(None, "editor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    name: Mapped[str] = mapped_column(String(100))
    # What the device calls the key; up to 1,023 bytes by the standard.
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes]
    # What the device calls the editor: the same for all passkeys of one, and random.
    user_handle: Mapped[bytes] = mapped_column(LargeBinary(64))
    # How often the device says that it has signed, up to 2^32; always 0 for synced passkeys.
    sign_count: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    editor: Mapped[Editor] = relationship()


class SsoBinding(Base):
    """Who an editor is at the provider of single sign-on: its `iss` and `sub`, which never move."""

    __tablename__ = "sso_bindings"
    __table_args__ = (UniqueConstraint("editor_id", "issuer"),)

    issuer: Mapped[str] = mapped_column(String(255), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    bound_at: Mapped[datetime]

    editor: Mapped[Editor] = relationship()


class OneTimeStep(Base):
    """A step under way that may be finished once and soon, by whoever holds its token.

    Passkeys: the challenge. Single sign-on: state, nonce and verifier. Links: whose they are.
    """

    __tablename__ = "one_time_steps"
    __table_args__ = (Index(None, "expires_at"), Index(None, "editor_id"))

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))
    content: Mapped[dict[str, Any]]
    expires_at: Mapped[datetime]
