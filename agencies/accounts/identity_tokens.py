"""Reads identity tokens: nothing in one is believed before its signature is good."""

import jwt

# Signatures that only the provider can make; a shared secret or none at all is not among them.
ALGORITHMS = [
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA"),
]
REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
LEEWAY = 30


def claims_of(token, *, keys, issuer, client_id):
    """The claims of an identity token made for `client_id` (OpenID Connect Core 3.1.3.7).

    `keys` is the provider's JSON Web Key Set; clocks may differ by half a minute. Raises
    jwt.PyJWTError for a token that is not to be believed.
    """
    claims = jwt.decode(
        token,
        _key_for(token, keys),
        algorithms=ALGORITHMS,
        issuer=issuer,
        audience=client_id,
        leeway=LEEWAY,
        options={"require": REQUIRED},
    )
    if claims.get("azp", client_id) != client_id:
        raise jwt.InvalidTokenError("made for another client")
    return claims


def _key_for(token, keys):
    """The key the token names; one that names none is from a provider with a single key."""
    named = jwt.get_unverified_header(token).get("kid")
    signing = [key for key in jwt.PyJWKSet.from_dict(keys).keys if key.public_key_use != "enc"]
    fitting = [key for key in signing if named in {None, key.key_id}]
    if len(fitting) != 1:
        raise jwt.InvalidTokenError("signed with a key the provider does not publish")
    return fitting[0]
