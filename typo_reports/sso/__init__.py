"""Single sign-on by OpenID Connect: the only door to the identity provider, and to JOSE."""
