"""Sealing as the settings say: the level holds or nothing is sealed; whose certificate is known."""

import time
from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.cache import cache
from django.utils import timezone

from netralitas.lib import seal_keys, timestamps
from pledges.models import Pact, PactFailure, SealCertificate
from pledges.services import pact_seals, pacts
from tests import factories, seal_pki

pytestmark = pytest.mark.django_db


@pytest.fixture
def services(settings, tmp_path):
    """A time-stamp server and an authority that are named in the settings, at level B-LTA."""
    timestamps.forget()
    with seal_pki.serving() as services:
        private_key = ec.generate_private_key(ec.SECP256R1())
        authority = services.authority
        certificate = authority.vouch_for("Pemerintah Kota Dumai", private_key)
        content = seal_pki.pkcs12_of(private_key, certificate, [authority.certificate])
        seal_pki.use(settings, tmp_path, content)
        roots = tmp_path / "akar.pem"
        roots.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
        settings.TSA_URL, settings.SEAL_TRUST_ROOTS = services.url, str(roots)
        settings.SEAL_LEVEL = "B-LTA"
        yield services
    timestamps.forget()
    cache.clear()


@pytest.fixture
def signature():
    return factories.sign(factories.participant_of(factories.open_ceremony()))


@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
def test_a_pact_reaches_the_level_that_is_set(services, signature, settings, level):
    settings.SEAL_LEVEL = level
    pact = pacts.issue(signature)
    seal = pact_seals.examine(pact.file.read())
    assert (pact.seal_level, seal.level, seal.faults) == (level, level, ())


@pytest.mark.parametrize(
    ("level", "manner"),
    [("B-LTA", "fails"), ("B-LTA", "another"), ("B-T", "rubbish"), ("B-T", "another")],
)
def test_a_server_that_fails_delays_sealing_and_never_lowers_the_level(
    services, signature, run_tasks, settings, level, manner
):
    services.manner, settings.SEAL_LEVEL = manner, level
    run_tasks()
    assert Pact.objects.count() == 0
    assert "disegel" in PactFailure.objects.get().reason
    services.manner = "well"
    pact_seals.ask_the_server_again()
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=True):
        assert pacts.make_or_note(signature) == ""
    assert Pact.objects.get().seal_level == level
    assert PactFailure.objects.count() == 0


def test_a_server_that_has_failed_is_left_in_peace_for_a_minute(services, signature):
    services.manner = "fails"
    other = factories.sign(factories.participant_of(factories.open_ceremony()))
    first = pacts.make_or_note(signature)
    asked, begun = services.requests, time.monotonic()
    assert pacts.make_or_note(other) == first
    assert services.requests == asked
    assert time.monotonic() - begun < 5
    pact_seals.ask_the_server_again()
    pacts.make_or_note(other)
    assert services.requests > asked


def test_level_b_b_needs_no_server_and_is_not_kept_from_sealing(services, signature, settings):
    services.manner = "fails"
    pacts.make_or_note(signature)
    settings.SEAL_LEVEL = "B-B"
    assert pacts.make_or_note(signature) == ""


def test_every_certificate_that_ever_sealed_stays_known(settings, tmp_path):
    made = []
    for organisation in ("Kota Dumai", "Kabupaten Murung Raya"):
        seal_pki.use(settings, tmp_path, seal_pki.own_pkcs12(organisation))
        signature = factories.sign(factories.participant_of(factories.open_ceremony()))
        made.append(pacts.issue(signature))
    assert [pact.certificate.subject for pact in made] == ["Kota Dumai", "Kabupaten Murung Raya"]
    assert all(pact_seals.examine(pact.file.read()).holds for pact in made)
    assert SealCertificate.objects.current() == made[1].certificate


def test_a_certificate_that_somebody_rewrote_vouches_for_nothing(signature):
    content = pacts.content_of(signature)
    SealCertificate.objects.update(digest="0" * 64)
    assert not pact_seals.examine(content).holds


def test_a_worker_begins_with_a_demo_key_where_none_is_named(settings):
    settings.SEAL_PKCS12 = settings.SEAL_PKCS12_PASSWORD = ""
    pact_seals.begin()
    certificate = SealCertificate.objects.get()
    assert (certificate.is_demo, certificate.subject) == (True, seal_keys.DEMO_ORGANISATION)


@pytest.mark.parametrize("named", ["none", "tidak-ada.p12"])
def test_a_worker_without_a_key_begins_all_the_same(settings, named):
    settings.SEAL_PKCS12 = named
    pact_seals.begin()
    assert SealCertificate.objects.count() == 0


def test_the_use_of_a_certificate_is_noted_now_and_then():
    pact_seals.begin()
    first = SealCertificate.objects.get().used_at
    pact_seals.note_current()
    assert SealCertificate.objects.get().used_at == first
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        pact_seals.note_current()
    assert SealCertificate.objects.get().used_at > first


@pytest.mark.parametrize(
    ("days", "title"),
    [(31, None), (29, pact_seals.EXPIRES), (1, pact_seals.EXPIRES), (-1, pact_seals.EXPIRED)],
)
def test_a_certificate_is_warned_of_for_thirty_days(days, title):
    pact_seals.begin()
    certificate = SealCertificate.objects.get()
    now = certificate.not_after - timedelta(days=days)
    warning = pact_seals.warning_of(certificate, now)
    assert (warning and warning.title) == title
    assert pact_seals.warning_of(None, now) is None


@pytest.mark.parametrize("public", [True, False])
def test_a_demo_key_is_warned_of_on_a_public_site(settings, public):
    settings.SEAL_PKCS12, settings.SEAL_PKCS12_PASSWORD, settings.SECURE = "", "", public
    pact_seals.begin()
    warning = pact_seals.warning_of(SealCertificate.objects.get(), timezone.now())
    assert (warning.title if warning else None) == (pact_seals.DEMO if public else None)
