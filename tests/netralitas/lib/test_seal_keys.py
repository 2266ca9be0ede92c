"""Where the key of seals comes from, and that it is parsed once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from netralitas.lib import seal_keys
from netralitas.lib.seal_keys import KeyMissing, KeyUnreadable
from tests import seal_pki

NOW = datetime.now(UTC)


@pytest.fixture
def without_key(settings):
    settings.SEAL_PKCS12 = settings.SEAL_PKCS12_PASSWORD = ""


def test_a_pkcs12_file_gives_key_certificate_and_chain(settings, tmp_path):
    authority = seal_pki.Authority("http://127.0.0.1:1/akar.crl")
    private_key = ec.generate_private_key(ec.SECP256R1())
    certificate = authority.vouch_for("Kota Dumai", private_key)
    content = seal_pki.pkcs12_of(private_key, certificate, [authority.certificate])
    seal_pki.use(settings, tmp_path, content)
    key = seal_keys.current_key()
    assert (key.certificate, key.chain) == (certificate, (authority.certificate,))
    assert (key.facts.subject, key.facts.is_demo) == ("Kota Dumai", False)
    assert key.facts.not_after == certificate.not_valid_after_utc
    assert key.facts.pem.count("BEGIN CERTIFICATE") == 2


def test_a_key_is_parsed_once_and_again_when_its_file_is_replaced(settings, tmp_path):
    path = seal_pki.use(settings, tmp_path, seal_pki.own_pkcs12())
    first = seal_keys.current_key()
    assert seal_keys.current_key() is first
    replaced = tmp_path / "baru.p12"
    replaced.write_bytes(seal_pki.own_pkcs12("Kabupaten Murung Raya"))
    replaced.replace(path)
    assert seal_keys.current_key().facts.subject == "Kabupaten Murung Raya"


@pytest.mark.parametrize("named", ["none", "NONE"])
def test_a_machine_may_be_told_to_seal_nothing(settings, named):
    settings.SEAL_PKCS12 = named
    seal_keys.ensure_demo_key(NOW)
    with pytest.raises(KeyMissing):
        seal_keys.current_key()


def test_a_file_that_is_not_there_is_a_missing_key(settings, tmp_path):
    settings.SEAL_PKCS12 = str(tmp_path / "tidak-ada.p12")
    seal_keys.ensure_demo_key(NOW)
    with pytest.raises(KeyMissing, match="^Kunci segel tidak ada pada mesin ini.$"):
        seal_keys.current_key()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("password", ["salah", ""])
def test_a_wrong_password_is_told_without_it(settings, tmp_path, password):
    seal_pki.use(settings, tmp_path, seal_pki.own_pkcs12(), password=password)
    with pytest.raises(KeyUnreadable, match="atau kata sandinya salah.$"):
        seal_keys.current_key()


@pytest.mark.parametrize("content", [b"", b"bukan PKCS#12", bytes(5000)])
def test_a_file_that_is_no_pkcs12_is_told(settings, tmp_path, content):
    seal_pki.use(settings, tmp_path, content)
    with pytest.raises(KeyUnreadable, match="^Berkas kunci segel bukan PKCS#12"):
        seal_keys.current_key()


def test_a_key_that_cannot_seal_is_told(settings, tmp_path):
    private_key = ed25519.Ed25519PrivateKey.generate()
    content = pkcs12.serialize_key_and_certificates(b"x", private_key, None, None, NoEncryption())
    seal_pki.use(settings, tmp_path, content, password="")
    with pytest.raises(KeyUnreadable, match="tidak memuat kunci EC atau RSA"):
        seal_keys.current_key()


def test_a_folder_in_the_place_of_the_file_is_told(settings, tmp_path):
    settings.SEAL_PKCS12 = str(tmp_path)
    with pytest.raises(KeyUnreadable, match="tidak dapat dibuka"):
        seal_keys.current_key()


@pytest.mark.usefixtures("without_key")
def test_there_is_no_demo_key_until_somebody_makes_it():
    with pytest.raises(KeyMissing):
        seal_keys.current_key()


@pytest.mark.usefixtures("without_key")
def test_the_demo_key_says_that_it_is_one_and_is_for_its_owner_alone(settings):
    seal_keys.ensure_demo_key(NOW)
    facts = seal_keys.current_key().facts
    assert (facts.subject, facts.is_demo) == ("Netralitas – kunci demo", True)
    assert facts.not_before < NOW < facts.not_after - timedelta(days=3000)
    (path,) = settings.DATA_DIR.iterdir()
    assert (path.name, path.stat().st_mode & 0o777) == ("kunci-segel-demo.p12", 0o600)


@pytest.mark.usefixtures("without_key")
def test_many_who_make_the_demo_key_at_once_leave_one(settings):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(seal_keys.ensure_demo_key, [NOW] * 8))
    first = seal_keys.current_key()
    seal_keys.ensure_demo_key(NOW)
    assert seal_keys.current_key() is first
    assert len(list(settings.DATA_DIR.iterdir())) == 1
