"""The identity provider that the settings name."""

from __future__ import annotations

from typo_reports.settings import Settings
from typo_reports.sso.provider import Client, Provider

WAY_BACK = "/sign-in/sso/callback"


def provider_of(settings: Settings) -> Provider | None:
    """The provider of this installation, or None without single sign-on. Nothing is asked yet."""
    if settings.oidc_issuer is None or settings.oidc_client_id is None:
        return None
    client = Client(
        issuer=settings.oidc_issuer,
        id=settings.oidc_client_id,
        secret=settings.oidc_client_secret,
        redirect_uri=settings.base_url + WAY_BACK,
    )
    return Provider(client, name=settings.oidc_name)
