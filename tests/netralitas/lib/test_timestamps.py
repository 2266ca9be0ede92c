"""Seals with a stamp of time: what a server and an authority on this machine make of them."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from netralitas.lib import seal_keys, seals, timestamps
from netralitas.lib.appearances import Mark
from netralitas.lib.coroutines import result_of
from netralitas.lib.seal_examination import examine_seal
from pledges.documents.pact import render_pact
from tests import seal_pki
from tests.pledges.documents import specimens

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def pdf():
    return render_pact(specimens.PNS, b'{"a":1}')


@pytest.fixture
def services():
    timestamps.forget()
    with seal_pki.serving() as services:
        yield services
    timestamps.forget()


@pytest.fixture
def key(settings, tmp_path, services):
    """A key for which the authority of the services vouches."""
    private_key = ec.generate_private_key(ec.SECP256R1())
    certificate = services.authority.vouch_for("Pemerintah Kota Dumai", private_key)
    chain = [services.authority.certificate]
    seal_pki.use(settings, tmp_path, seal_pki.pkcs12_of(private_key, certificate, chain))
    return seal_keys.current_key()


@pytest.fixture
def roots(tmp_path, services):
    path = tmp_path / "akar.pem"
    path.write_bytes(services.authority.certificate.public_bytes(Encoding.PEM))
    return path


def terms(level, services, roots, read=2):
    trust = timestamps.trust_in(roots, NOW) if level in {"B-LT", "B-LTA"} else None
    stamper = timestamps.BoundedTimeStamper(services.url, read=read)
    return seals.Terms(level, "Dumai", stamper, trust)


@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
def test_a_countersignature_has_the_same_level_and_leaves_the_seal_valid(
    pdf, key, services, roots, level
):
    mark = Mark((((0, 0), (5000, 2500), (9000, 0)),), "", ("Khairil Adli", "Kepala Dinas"))
    said = seals.Countersigning("Khairil Adli", "Mengetahui", mark)
    sealed = seals.seal(pdf, key, terms(level, services, roots), NOW)
    content = seals.countersign(sealed, key, terms(level, services, roots), NOW, said)
    seal = examine_seal(content, [key.facts.pem])
    assert content.startswith(sealed)
    assert (seal.faults, seal.level, seal.countersigned, seal.later) == ((), level, "Mengetahui", 0)


@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
def test_each_level_holds_what_it_should(pdf, key, services, roots, level):
    content = seals.seal(pdf, key, terms(level, services, roots), NOW)
    seal = examine_seal(content, [key.facts.pem])
    assert (seal.faults, seal.level, seal.later) == ((), level, 0)
    assert abs(seal.stamped_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert content.startswith(pdf)


@pytest.mark.parametrize("level", ["B-T", "B-LTA"])
def test_a_changed_byte_is_found_under_a_stamp_too(pdf, key, services, roots, level):
    content = seals.seal(pdf, key, terms(level, services, roots), NOW)
    for position in range(100, len(pdf) + 400, 4001):
        changed = bytearray(content)
        changed[position] ^= 1
        assert not examine_seal(bytes(changed), [key.facts.pem]).holds


def test_what_was_fetched_for_one_serves_the_next(pdf, key, services, roots):
    shared = terms("B-LT", services, roots)
    made = [seals.seal(pdf, key, shared, NOW) for _ in range(2)]
    assert [examine_seal(each, [key.facts.pem]).level for each in made] == ["B-LT", "B-LT"]
    assert services.requests == 3  # one to learn how large a stamp is


@pytest.mark.parametrize(
    ("manner", "sentence"),
    [
        ("hangs", timestamps.AWAY),
        ("fails", timestamps.REFUSED.format(status=500)),
        ("rubbish", timestamps.RUBBISH),
        ("floods", timestamps.RUBBISH),
    ],
)
def test_a_server_that_gives_no_stamp_keeps_from_sealing(
    pdf, key, services, roots, manner, sentence
):
    services.manner = manner
    begun = time.monotonic()
    with pytest.raises(timestamps.StampMissing) as raised:
        seals.seal(pdf, key, terms("B-T", services, roots, read=1), NOW)
    assert raised.value.message == sentence
    assert time.monotonic() - begun < 10


def test_a_server_that_is_not_there_keeps_from_sealing(pdf, key):
    stamper = timestamps.BoundedTimeStamper("http://127.0.0.1:9/tsr")
    with pytest.raises(timestamps.StampMissing, match="tidak menjawab"):
        seals.seal(pdf, key, seals.Terms("B-T", "", stamper), NOW)


def test_a_stamp_that_somebody_bent_is_found(pdf, key, services, roots):
    services.manner = "another"
    content = seals.seal(pdf, key, terms("B-T", services, roots), NOW)
    assert not examine_seal(content, [key.facts.pem]).holds


def test_an_authority_that_is_away_keeps_from_sealing_at_a_higher_level(
    pdf, settings, tmp_path, services, roots
):
    elsewhere = seal_pki.Authority("http://127.0.0.1:9/akar.crl")
    private_key = ec.generate_private_key(ec.SECP256R1())
    certificate = elsewhere.vouch_for("Pemerintah Kota Dumai", private_key)
    content = seal_pki.pkcs12_of(private_key, certificate, [elsewhere.certificate])
    seal_pki.use(settings, tmp_path, content)
    with pytest.raises(seal_keys.Delayed) as raised:
        seals.seal(pdf, seal_keys.current_key(), terms("B-LT", services, roots), NOW)
    assert raised.value.message == seals.NOT_VOUCHED_FOR


def test_an_authority_that_sends_without_end_keeps_from_sealing_at_a_higher_level(
    pdf, key, services, roots, monkeypatch
):
    monkeypatch.setattr(timestamps, "MOST_FETCHED", len(services.authority.crl()) - 1)
    with pytest.raises(seal_keys.Delayed) as raised:
        seals.seal(pdf, key, terms("B-LT", services, roots), NOW)
    assert raised.value.message == seals.NOT_VOUCHED_FOR


@pytest.mark.parametrize("fetcher", ["BoundedOCSPFetcher", "BoundedCertificateFetcher"])
def test_whatever_is_fetched_of_authorities_has_an_end(services, monkeypatch, fetcher):
    asking = getattr(timestamps, fetcher)(per_request_timeout=2)

    def fetched():
        kinds = {"acceptable_content_types": ("x/y",)}
        if fetcher == "BoundedOCSPFetcher":
            asked = asking._post(services.url, b"", content_type="x/y", **kinds)
        else:
            asked = asking._get(services.url, **kinds)
        return result_of(asyncio.wait_for(asked, 10))

    services.manner = "rubbish"
    answer = fetched()
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    monkeypatch.setattr(timestamps, "MOST_FETCHED", len(answer.content) - 1)
    with pytest.raises(timestamps.TooLarge):
        fetched()


def test_a_revoked_certificate_seals_nothing_at_a_higher_level(pdf, key, services, roots):
    services.authority.revoked.append(key.certificate)
    with pytest.raises(seal_keys.Delayed) as raised:
        seals.seal(pdf, key, terms("B-LT", services, roots), NOW)
    assert raised.value.message == seals.NOT_VOUCHED_FOR


def test_roots_that_cannot_be_read_are_told(tmp_path):
    timestamps.forget()
    with pytest.raises(seal_keys.SealError) as raised:
        timestamps.trust_in(tmp_path / "tidak-ada.pem", NOW)
    assert raised.value.message == timestamps.NO_ROOTS
