"""Identity tokens: believed only with a good signature by a published key, for us, and in time."""

import json
import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from agencies.accounts.identity_tokens import claims_of

ISSUER = "https://sso.example.go.id/realms/asn"
CLIENT = "netralitas"
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANOTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())


def published(key, **fields):
    """A public key as the provider publishes it."""
    algorithm = ECAlgorithm if isinstance(key, ec.EllipticCurvePrivateKey) else RSAAlgorithm
    return {**json.loads(algorithm.to_jwk(key.public_key())), "use": "sig", **fields}


KEYS = {
    "keys": [
        published(RSA_KEY, kid="satu", alg="RS256"),
        published(EC_KEY, kid="dua", alg="ES256"),
        published(ANOTHER, kid="sandi", alg="RS256", use="enc"),
    ]
}


def token(key=RSA_KEY, alg="RS256", kid="satu", **changes):
    now = int(time.time())
    claims = {"iss": ISSUER, "sub": "s", "aud": CLIENT, "iat": now, "exp": now + 300, **changes}
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(claims, key, alg, headers={"kid": kid} if kid else {})


def read(text, keys=KEYS):
    return claims_of(text, keys=keys, issuer=ISSUER, client_id=CLIENT)


@pytest.mark.parametrize(
    ("key", "alg", "kid"), [(RSA_KEY, "RS256", "satu"), (EC_KEY, "ES256", "dua")]
)
def test_a_good_token_is_read(key, alg, kid):
    assert read(token(key, alg, kid, nip="1"))["nip"] == "1"


def test_a_token_that_names_no_key_is_read_where_there_is_only_one_for_signing():
    assert read(token(kid=None), {"keys": [KEYS["keys"][0], KEYS["keys"][2]]})["sub"] == "s"
    with pytest.raises(jwt.InvalidTokenError):
        read(token(kid=None))


def test_one_of_several_audiences_may_be_us():
    assert read(token(aud=["akun", CLIENT], azp=CLIENT))["aud"] == ["akun", CLIENT]


def test_clocks_may_differ_a_little():
    now = int(time.time())
    assert read(token(exp=now - 10, iat=now + 10))["sub"] == "s"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://jahat.example"},
        {"aud": "lain"},
        {"azp": "lain"},
        {"exp": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
        *({name: None} for name in ("iss", "sub", "aud", "exp", "iat")),
    ],
)
def test_a_token_for_others_or_another_time_is_not_believed(changes):
    with pytest.raises(jwt.PyJWTError):
        read(token(**changes))


@pytest.mark.parametrize(
    ("key", "alg", "kid"),
    [
        (ANOTHER, "RS256", "satu"),
        (ANOTHER, "RS256", "sandi"),
        (ANOTHER, "RS256", "tiga"),
        (EC_KEY, "ES256", "satu"),
        ("rahasia" * 8, "HS256", "satu"),
        (None, "none", "satu"),
    ],
)
def test_a_token_with_another_signature_is_not_believed(key, alg, kid):
    with pytest.raises(jwt.PyJWTError):
        read(token(key, alg, kid))


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "ééé", token()[:-10]])
def test_what_is_no_token_is_not_believed(text):
    with pytest.raises(jwt.PyJWTError):
        read(text)
