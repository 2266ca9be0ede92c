"""A wrong setting stops the start with one sentence that names the variable."""

import os
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.exceptions import ImproperlyConfigured

from netralitas.environment import Environment, is_loopback
from tests import seal_pki

from .repository import BASE_DIR


def env(**variables):
    return Environment(variables)


@pytest.mark.parametrize("value", ["", "ya", "truee", "2", "on off", "None"])
def test_a_switch_takes_on_and_off_only(value):
    if not value:
        assert env(DEBUG=value).switch("DEBUG", default=False) is False
        return
    with pytest.raises(ImproperlyConfigured, match=r"^DEBUG must be on or off, not"):
        env(DEBUG=value).switch("DEBUG", default=False)


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("on", True), ("TRUE", True), (" yes ", True), ("1", True), ("Off", False), ("no", False)],
)
def test_a_switch_reads_its_synonyms(value, meaning):
    assert env(DEBUG=value).switch("DEBUG", default=not meaning) is meaning


@pytest.mark.parametrize("value", ["mail.example.go.id", "https://x", "consolemail://"])
def test_a_mail_server_has_one_of_the_known_schemes(value):
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL must begin with smtp://"):
        env(EMAIL_URL=value).mail("EMAIL_URL", "filemail:///x")


def test_a_mail_server_that_cannot_be_read_is_refused():
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL cannot be read"):
        env(EMAIL_URL="smtp://host:port").mail("EMAIL_URL", "filemail:///x")


def test_a_mail_server_is_read():
    settings = env(EMAIL_URL="smtp+tls://u:p@mail.example.go.id:587").mail("EMAIL_URL", "")
    assert settings["EMAIL_HOST"] == "mail.example.go.id"
    assert settings["EMAIL_USE_TLS"] is True
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize("value", ["0", "65536", "-1", "80.0", "8e3", "delapan", "٨٠", "8 0"])
def test_a_number_stays_in_its_bounds(value):
    with pytest.raises(ImproperlyConfigured, match=r"^PORT must be a whole number from 1 to 65535"):
        env(PORT=value).number("PORT", default=8000, lowest=1, highest=65535)


@pytest.mark.parametrize(("value", "meaning"), [("1", 1), ("65535", 65535), ("", 8000)])
def test_a_number_is_read(value, meaning):
    assert env(PORT=value).number("PORT", default=8000, lowest=1, highest=65535) == meaning


@pytest.mark.parametrize(
    "value",
    [
        "netralitas.example.go.id",
        "ftp://netralitas.example.go.id",
        "https://netralitas.example.go.id/ikrar",
        "https://netralitas.example.go.id?a=1",
        "https://",
    ],
)
def test_a_site_address_is_scheme_and_host(value):
    with pytest.raises(ImproperlyConfigured, match=r"^SITE_URL must look like https://"):
        env(SITE_URL=value).site_url("SITE_URL", "http://127.0.0.1:8000")


@pytest.mark.parametrize("host", ["netralitas.example.go.id", "192.168.1.7", "0.0.0.0"])
def test_a_site_address_is_encrypted_unless_it_is_this_machine(host):
    with pytest.raises(ImproperlyConfigured, match=r"^SITE_URL must begin with https://"):
        env(SITE_URL=f"http://{host}").site_url("SITE_URL", "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("https://netralitas.example.go.id/", "https://netralitas.example.go.id"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("", "http://127.0.0.1:8000"),
    ],
)
def test_a_site_address_is_read_without_its_last_slash(value, meaning):
    assert env(SITE_URL=value).site_url("SITE_URL", "http://127.0.0.1:8000") == meaning


@pytest.mark.parametrize(
    ("host", "meaning"),
    [("localhost", True), ("127.0.0.9", True), ("::1", True), ("10.0.0.1", False), ("a", False)],
)
def test_a_loopback_host_is_recognised(host, meaning):
    assert is_loopback(host) is meaning


@pytest.mark.parametrize("value", ["mysql://u:p@db/n", "netralitas.sqlite3", "/var/db.sqlite3"])
def test_a_database_is_sqlite_or_postgresql(value):
    with pytest.raises(
        ImproperlyConfigured, match=r"^DATABASE_URL must begin with sqlite:/// or postgres://"
    ):
        env(DATABASE_URL=value).database("DATABASE_URL", "sqlite:///x")


def test_a_database_address_that_cannot_be_read_is_refused():
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL cannot be read"):
        env(DATABASE_URL="postgres://u@h:port/n").database("DATABASE_URL", "sqlite:///x")


def test_a_secret_is_long_enough_and_never_repeated_in_the_message():
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY must have at least") as raised:
        env(SECRET_KEY="rahasia").secret("SECRET_KEY", least=32)
    assert "rahasia" not in str(raised.value)


def test_secrets_are_a_list_each_of_them_long_enough():
    assert env().secrets("SECRET_KEY_FALLBACKS", least=3) == []
    given = env(SECRET_KEY_FALLBACKS="satu, dua1,")
    assert given.secrets("SECRET_KEY_FALLBACKS", least=4) == ["satu", "dua1"]
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY_FALLBACKS must have") as raised:
        given.secrets("SECRET_KEY_FALLBACKS", least=5)
    assert "satu" not in str(raised.value)


def test_public_keys_are_hexadecimal_in_either_case():
    assert env().public_keys("REGISTER_FORMER_KEYS") == []
    given = env(REGISTER_FORMER_KEYS=f"{'AB' * 32}, {'01' * 32}").public_keys
    assert given("REGISTER_FORMER_KEYS") == ["ab" * 32, "01" * 32]


@pytest.mark.parametrize("value", ["ab", "zz" * 32, "ab" * 33])
def test_what_is_no_public_key_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match=r"^REGISTER_FORMER_KEYS must be public keys"):
        env(REGISTER_FORMER_KEYS=value).public_keys("REGISTER_FORMER_KEYS")


def test_a_setting_without_default_must_be_given():
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY is not set"):
        env(SECRET_KEY="  ").text("SECRET_KEY")


def test_a_folder_is_made(tmp_path):
    wanted = tmp_path / "a" / "b"
    assert env(DATA_DIR=str(wanted)).folder("DATA_DIR", tmp_path) == wanted
    assert wanted.is_dir()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match=r"^DATA_DIR: .* cannot be made"):
        env(DATA_DIR=str(tmp_path / "file" / "b")).folder("DATA_DIR", tmp_path)


def test_a_choice_is_one_of_a_list_however_it_is_written():
    levels = ["INFO", "ERROR"]
    assert env(LOG_LEVEL="error").choice("LOG_LEVEL", "INFO", levels) == "ERROR"
    assert env().choice("LOG_LEVEL", "INFO", levels) == "INFO"
    with pytest.raises(ImproperlyConfigured, match=r"^LOG_LEVEL must be one of INFO, ERROR, not"):
        env(LOG_LEVEL="LOUD").choice("LOG_LEVEL", "INFO", levels)


def test_names_are_split_at_commas():
    assert env(ALLOWED_HOSTS=" a.go.id, ,b.go.id,").names("ALLOWED_HOSTS") == ["a.go.id", "b.go.id"]
    assert env().names("ALLOWED_HOSTS") == []


ROLES = ["HR", "OPERATOR", "HEAD"]


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("", ["HR"]),
        ("none", []),
        (" None ", []),
        ("head, hr,", ["HR", "HEAD"]),
        ("OPERATOR,OPERATOR", ["OPERATOR"]),
    ],
)
def test_a_subset_is_read_in_the_order_of_its_choices(value, meaning):
    assert env(WHO=value).subset("WHO", ["HR"], ROLES) == meaning


@pytest.mark.parametrize("value", ["BKPSDM", "HR,none", "HR OPERATOR", "all"])
def test_a_subset_takes_its_choices_only(value):
    with pytest.raises(ImproperlyConfigured, match=r"^WHO must be none or some of HR, OPERATOR"):
        env(WHO=value).subset("WHO", ["HR"], ROLES)


SIGN_ON = {
    "OIDC_SERVER_URL": "https://sso.example.go.id/realms/asn/",
    "OIDC_CLIENT_ID": "netralitas",
    "OIDC_CLIENT_SECRET": "rahasia",
}


def test_single_sign_on_is_off_unless_it_is_named():
    assert env().sign_on() is None
    assert env(OIDC_NAME="SSO ASN", OIDC_NIP_CLAIM="nip").sign_on() is None


def test_single_sign_on_is_read():
    assert env(**SIGN_ON).sign_on() == {
        "server_url": "https://sso.example.go.id/realms/asn",
        "client_id": "netralitas",
        "client_secret": "rahasia",
        "name": "SSO",
        "nip_claim": "nip",
    }
    named = env(**SIGN_ON, OIDC_NAME="SSO ASN", OIDC_NIP_CLAIM="employee_number").sign_on()
    assert (named["name"], named["nip_claim"]) == ("SSO ASN", "employee_number")


@pytest.mark.parametrize("missing", SIGN_ON)
def test_single_sign_on_is_named_whole_or_not_at_all(missing):
    with pytest.raises(ImproperlyConfigured, match=f"^{missing} is not set, but single sign-on"):
        env(**{**SIGN_ON, missing: ""}).sign_on()


def test_the_secret_of_single_sign_on_is_never_repeated_in_a_message():
    with pytest.raises(ImproperlyConfigured) as raised:
        env(**{**SIGN_ON, "OIDC_SERVER_URL": "sso"}).sign_on()
    assert str(raised.value).startswith("OIDC_SERVER_URL must look like https://sso.example.go.id")
    assert "rahasia" not in str(raised.value)


@pytest.mark.parametrize("host", ["sso.example.go.id", "10.0.0.4"])
def test_single_sign_on_is_encrypted_unless_it_is_on_this_machine(host):
    with pytest.raises(ImproperlyConfigured, match=r"^OIDC_SERVER_URL must begin with https://"):
        env(**{**SIGN_ON, "OIDC_SERVER_URL": f"http://{host}/realms/asn"}).sign_on()
    local = env(**{**SIGN_ON, "OIDC_SERVER_URL": "http://localhost:8080/realms/asn"}).sign_on()
    assert local["server_url"] == "http://localhost:8080/realms/asn"


TSA = "http://tsa.example.go.id/tsr"
LEVELS = ["B-B", "B-T", "B-LT", "B-LTA"]


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({}, "B-B"),
        ({"TSA_URL": TSA}, "B-T"),
        ({"TSA_URL": TSA, "SEAL_LEVEL": "b-b"}, "B-B"),
        ({"TSA_URL": TSA, "SEAL_LEVEL": "B-LTA", "SEAL_TRUST_ROOTS": "akar.pem"}, "B-LTA"),
    ],
)
def test_seals_are_stamped_where_a_time_stamp_server_is_named(given, level):
    assert env(**given).seal_level("SEAL_LEVEL", LEVELS) == level


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SEAL_LEVEL": "B-T"}, "SEAL_LEVEL B-T needs TSA_URL."),
        ({"SEAL_LEVEL": "B-LT", "TSA_URL": TSA}, "SEAL_LEVEL B-LT needs SEAL_TRUST_ROOTS."),
        ({"TSA_URL": "ftp://tsa"}, "TSA_URL must look like http://tsa.example.go.id/tsr."),
    ],
)
def test_a_level_of_seals_that_lacks_what_it_needs_is_refused(given, said):
    with pytest.raises(ImproperlyConfigured) as raised:
        env(**given).seal_level("SEAL_LEVEL", LEVELS)
    assert str(raised.value) == said


def manage(*arguments, **variables):
    """manage.py in a process of its own, with a good production environment but for `variables`."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "netralitas.settings",
        "DEBUG": "off",
        "SECRET_KEY": "kunci-untuk-uji-yang-cukup-panjang-dan-beragam-0123456789-abcdefghij",
        "SITE_URL": "https://netralitas.example.go.id",
        **variables,
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def own_folder(tmp_path):
    return {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}


def register_key(folder):
    """The settings that name a new key of the register."""
    key = Ed25519PrivateKey.generate()
    path = folder / "register.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path.chmod(0o600)
    return {"REGISTER_KEY": str(path)}


def test_the_deployment_check_is_clean_with_production_settings(own_folder, tmp_path):
    seal = tmp_path / "segel.p12"
    seal.write_bytes(seal_pki.own_pkcs12())
    seal.chmod(0o600)
    keys = register_key(tmp_path) | {
        "SEAL_PKCS12": str(seal),
        "SEAL_PKCS12_PASSWORD": seal_pki.PASSWORD,
    }
    done = manage("check", "--deploy", "--fail-level", "WARNING", **own_folder, **keys)
    assert done.stdout + done.stderr == "System check identified no issues (0 silenced).\n"
    assert done.returncode == 0


PRINT_ROLES = "from django.conf import settings; print(settings.SECOND_FACTOR_ROLES)"


@pytest.mark.parametrize(
    ("site", "roles"),
    [("https://netralitas.example.go.id", "['HR']"), ("http://127.0.0.1:8000", "[]")],
)
def test_hr_needs_a_second_factor_unless_the_site_is_for_trying_out(own_folder, site, roles):
    done = manage("shell", "--no-imports", "-c", PRINT_ROLES, **own_folder, SITE_URL=site)
    assert done.stdout == f"{roles}\n"


PRINT_SEALED = """
from netralitas.lib import envelopes, vault
import json
print(json.dumps([envelopes.seal(b"x"), vault.lock(b"y", "a").hex()]))
"""
PRINT_OPENED = """
import json, os
from netralitas.lib import envelopes, vault
envelope, locked = json.loads(os.environ["SEALED"])
print(envelopes.unseal(envelope), vault.unlock(bytes.fromhex(locked), "a"))
"""


def test_what_was_sealed_opens_after_a_change_of_the_key_that_names_the_old_one(own_folder):
    old, new = "kunci-lama" * 5, "kunci-baru" * 5
    shell = ("shell", "--no-imports", "-c")
    sealed = manage(*shell, PRINT_SEALED, **own_folder, SECRET_KEY=old).stdout
    lost = manage(*shell, PRINT_OPENED, **own_folder, SECRET_KEY=new, SEALED=sealed)
    assert lost.stderr.rstrip().endswith("sealed to another key, or altered")
    keys = {"SECRET_KEY": new, "SECRET_KEY_FALLBACKS": f"kunci-lain-yang-cukup-panjang-itu,{old}"}
    opened = manage(*shell, PRINT_OPENED, **own_folder, **keys, SEALED=sealed)
    assert opened.stdout == "b'x' b'y'\n"


def test_single_sign_on_named_in_part_stops_the_start(own_folder):
    done = manage("check", **own_folder, OIDC_SERVER_URL="https://sso.example.go.id")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: OIDC_CLIENT_ID is not set, but single sign-on needs all")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DEBUG", "maybe"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY_FALLBACKS", "short"),
        ("DATA_DIR", "/dev/null/data"),
        ("SITE_URL", "http://netralitas.example.go.id"),
        ("DATABASE_URL", "mysql://u:p@db/n"),
        ("TRUST_FORWARDED_PROTO", "perhaps"),
        ("LOG_LEVEL", "LOUD"),
        ("SECOND_FACTOR_ROLES", "BKPSDM"),
        ("TRUSTED_PROXIES", "satu"),
        ("TSA_URL", "tsa.example.go.id"),
        ("SEAL_LEVEL", "tinggi"),
        ("SEAL_LEVEL", "B-T"),
        ("REGISTER_FORMER_KEYS", "kunci"),
    ],
)
def test_a_wrong_setting_stops_the_start(own_folder, variable, value):
    done = manage("check", **{**own_folder, variable: value})
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {variable}")
    assert done.stderr.count("\n") == 1
