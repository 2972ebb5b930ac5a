"""What can go wrong with an identity provider, in words for whoever signs in."""

from __future__ import annotations

from typo_reports.domain.errors import TypoReportsError


class ProviderError(TypoReportsError):
    """The provider can't be reached, is set up wrongly, or answers what can't be right."""


class UnknownKeyError(ProviderError):
    """A token names a key that the provider had not published when we last looked."""
