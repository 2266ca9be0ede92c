"""Stored pacts that are not what was made, as `verify_register` finds them."""

import io

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from netralitas.lib.canonical import sha256_hex
from pledges.models import Pact
from pledges.services import pact_check, pacts
from tests.pledges.register_damage import damage, sign_and_log

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(monkeypatch):
    return sign_and_log(monkeypatch)


def put(pact, content):
    default_storage.delete(pact.file.name)
    assert default_storage.save(pact.file.name, ContentFile(content)) == pact.file.name


def test_a_swapped_pdf_is_found(logged):
    one, other = pacts.issue(logged[0]), pacts.issue(logged[1])
    put(one, default_storage.open(other.file.name).read())
    assert damage() == {("pakta", logged[0].receipt, pact_check.REPLACED)}


def test_a_pdf_swapped_with_its_row_is_found_by_the_record_in_it(logged):
    one, other = pacts.issue(logged[0]), pacts.issue(logged[1])
    content = default_storage.open(other.file.name).read()
    put(one, content)
    Pact.objects.filter(pk=one.pk).update(sha256=sha256_hex(content))
    assert damage() == {("pakta", logged[0].receipt, pact_check.OTHER_RECORD)}


@pytest.mark.parametrize("content", [b"", b"bukan PDF"])
def test_a_file_that_is_no_pdf_is_found(logged, content):
    pact = pacts.issue(logged[0])
    put(pact, content)
    Pact.objects.filter(pk=pact.pk).update(sha256=sha256_hex(content))
    assert damage() == {("pakta", logged[0].receipt, pact_check.OTHER_RECORD)}


def test_a_pdf_without_record_is_found(logged):
    pact = pacts.issue(logged[0])
    target = io.BytesIO()
    empty = pikepdf.new()
    empty.add_blank_page()
    empty.save(target)
    put(pact, target.getvalue())
    Pact.objects.filter(pk=pact.pk).update(sha256=sha256_hex(target.getvalue()))
    assert damage() == {("pakta", logged[0].receipt, pact_check.OTHER_RECORD)}


def test_a_lost_pdf_is_found(logged):
    default_storage.delete(pacts.issue(logged[0]).file.name)
    assert damage() == {("pakta", logged[0].receipt, pact_check.LOST)}


def test_a_pdf_with_the_right_record_and_no_seal_is_found(logged):
    sealed, pact = pacts.issue(logged[0]), pacts.issue(logged[1])
    content = pacts._render(logged[1])
    put(pact, content)
    bare = {"sha256": sha256_hex(content), "seal_level": "", "certificate": None}
    Pact.objects.filter(pk=pact.pk).update(**bare, unsealed_sha256="")
    assert damage() == {("pakta", logged[1].receipt, pact_check.UNSEALED)}
    Pact.objects.filter(pk=sealed.pk).delete()
    assert damage() == set()  # from before there were seals


def test_a_seal_that_does_not_hold_is_found(logged):
    pact = pacts.issue(logged[0])
    content = default_storage.open(pact.file.name).read() + b"%"
    put(pact, content)
    Pact.objects.filter(pk=pact.pk).update(sha256=sha256_hex(content))
    ((kind, which, _),) = damage()
    assert (kind, which) == ("pakta", logged[0].receipt)


def test_an_altered_certificate_is_found(logged):
    pact = pacts.issue(logged[0])
    certificate = pact.certificate
    type(certificate).objects.filter(pk=certificate.pk).update(pem=certificate.pem + "x")
    assert damage() == {("pakta", logged[0].receipt, pact_check.FOREIGN_CERTIFICATE)}
