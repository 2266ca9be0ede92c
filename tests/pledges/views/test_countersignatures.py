"""Taking note of pacts on the pages: look, confirm who one is, sign once."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.choices import RoleName
from pledges.models import Countersignature, Signature
from pledges.services import pacts, register
from pledges.services.countersigning import acts, due
from pledges.todo import next_steps
from tests import factories, totp
from tests.annulling import annul
from tests.countersigning import countersign, head_of, made
from tests.pledges.pages import fields_of
from tests.pledges.views.pages import text_of as says
from tests.tampering import rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return factories.open_ceremony(factories.OpdFactory(), employees=2)


@pytest.fixture
def signature(ceremony):
    return factories.sign(factories.participant_of(ceremony))


@pytest.fixture
def head(ceremony, signature):
    return head_of(ceremony.organizer, first_name="Khairil Adli")


@pytest.fixture
def visitor(client, head):
    client.post(reverse("account_login"), {"login": head.username, "password": factories.PASSWORD})
    return client


def address(name, ceremony):
    arguments = [ceremony.uuid]
    if name != "countersignature-list":
        arguments.append(ceremony.organizer.uuid)
    return reverse(name, args=arguments)


def sign_address(ceremony, head):
    receipts = due.batch_of(head, ceremony.organizer, ceremony).values_list("receipt", flat=True)
    return f"{address('countersignature-sign', ceremony)}?isi={due.name_of(receipts)}"


def confirm(client, response):
    """Answer the question for the password, wherever it leads on to."""
    assert (response.status_code, response.url.split("?")[0]) == (302, again())
    return client.post(response.url, {"password": factories.PASSWORD})


def again():
    return reverse("account_reauthenticate")


def filled(response, **changes):
    """What the signing page sends once it is filled in."""
    given = {
        "batch": fields_of(response)["batch"],
        "method": "DRAWN",
        "strokes": json.dumps(factories.STROKES),
        "consent": "on",
    }
    return {**given, **changes}


def signing_page(client, ceremony, head):
    where = sign_address(ceremony, head)
    response = confirm(client, client.get(where))
    assert response.url == where
    return client.get(where)


def test_a_head_looks_confirms_and_signs_once(visitor, ceremony, signature, head):
    page = visitor.get(address("countersignature-list", ceremony)).content.decode()
    assert "1 pakta menunggu tanda tangan “Mengetahui” Anda" in page
    page = visitor.get(address("countersignature-check", ceremony)).content.decode()
    assert signature.participant.name in page
    assert reverse("pact-pdf", args=[ceremony.uuid, signature.participant.uuid]) in page
    assert sign_address(ceremony, head) in page
    response = signing_page(visitor, ceremony, head)
    assert "Anda baru saja mengonfirmasi diri dengan kata sandi" in response.content.decode()
    done = visitor.post(address("countersignature-sign", ceremony), filled(response), follow=True)
    assert done.redirect_chain == [(address("countersignature-list", ceremony), 302)]
    assert "dicatat untuk 1 pakta" in done.content.decode()
    countersignature = Countersignature.objects.get()
    assert (countersignature.signer, countersignature.confirmation) == (head, "PASSWORD")
    assert countersignature.strokes == factories.STROKES


def test_one_confirmation_serves_one_act(visitor, ceremony, head):
    response = signing_page(visitor, ceremony, head)
    visitor.post(address("countersignature-sign", ceremony), filled(response))
    factories.sign(factories.participant_of(ceremony, 1))
    response = visitor.get(sign_address(ceremony, head))
    assert (response.status_code, response.url.split("?")[0]) == (302, again())


def test_who_waits_too_long_confirms_again_and_what_was_drawn_is_not_lost(
    visitor, ceremony, head, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)
    response = signing_page(visitor, ceremony, head)
    time_machine.shift(acts.FRESH)
    asked = visitor.post(address("countersignature-sign", ceremony), filled(response))
    assert not Countersignature.objects.exists()
    done = confirm(visitor, asked)
    assert (done.status_code, done.url) == (302, address("countersignature-list", ceremony))
    assert Countersignature.objects.get().strokes == factories.STROKES


def test_a_second_factor_confirms_as_well(client, ceremony, head):
    secret = totp.enrol(head)
    client.force_login(head)
    where = sign_address(ceremony, head)
    response = client.get(where)
    factor = response.url.replace(again(), reverse("mfa_reauthenticate"))
    client.post(factor, {"code": totp.code_of(secret)})
    response = client.get(where)
    assert "dengan faktor kedua" in response.content.decode()
    client.post(address("countersignature-sign", ceremony), filled(response))
    assert Countersignature.objects.get().confirmation == "SECOND_FACTOR"


def test_who_can_confirm_in_no_way_is_led_to_a_second_factor(client, ceremony, head):
    head.set_unusable_password()
    head.save()
    client.force_login(head)
    response = client.get(sign_address(ceremony, head))
    assert (response.status_code, response.url) == (302, reverse("mfa_index"))


def test_a_login_is_no_confirmation(visitor, ceremony, head):
    response = visitor.post(address("countersignature-sign", ceremony), {"batch": "x"})
    assert (response.status_code, response.url.split("?")[0]) == (302, again())
    assert not Countersignature.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"strokes": ""}, "strokes"),
        ({"strokes": "[[[0,0],[9000,0]]]"}, "strokes"),
        ({"method": "TYPED", "typed_name": ""}, "typed_name"),
        ({"method": "TYPED", "typed_name": "Orang Lain"}, "typed_name"),
        ({"consent": ""}, "consent"),
    ],
)
def test_what_is_missing_is_said_and_the_page_shown_again(visitor, ceremony, head, changes, field):
    response = signing_page(visitor, ceremony, head)
    answer = visitor.post(address("countersignature-sign", ceremony), filled(response, **changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, [field])
    assert not Countersignature.objects.exists()


def test_a_typed_name_needs_no_script(visitor, ceremony, head):
    response = signing_page(visitor, ceremony, head)
    typed = filled(response, method="TYPED", strokes="", typed_name="khairil adli")
    visitor.post(address("countersignature-sign", ceremony), typed)
    assert Countersignature.objects.get().typed_name == "khairil adli"


def test_who_signs_meanwhile_waits_for_the_next(visitor, ceremony, signature, head):
    response = signing_page(visitor, ceremony, head)
    factories.sign(factories.participant_of(ceremony, 1))
    visitor.post(address("countersignature-sign", ceremony), filled(response))
    assert Countersignature.objects.get().pacts.get().signature == signature
    page = visitor.get(address("countersignature-list", ceremony)).content.decode()
    assert "1 pakta menunggu tanda tangan “Mengetahui” Anda" in page


def test_a_list_that_changed_is_shown_anew(visitor, ceremony, signature, head):
    factories.sign(factories.participant_of(ceremony, 1))
    response = signing_page(visitor, ceremony, head)
    annul(signature)
    answer = visitor.post(address("countersignature-sign", ceremony), filled(response), follow=True)
    assert answer.redirect_chain == [(address("countersignature-check", ceremony), 302)]
    assert "Daftar pakta berubah sejak Anda memeriksanya" in answer.content.decode()
    assert not Countersignature.objects.exists()


def test_a_long_list_needs_no_more_queries(visitor, ceremony, head):
    def queries():
        with CaptureQueriesContext(connection) as found:
            visitor.get(address("countersignature-check", ceremony), {"sort": "signed_at"})
        return len(found)

    queries()
    one = queries()
    factories.sign(factories.participant_of(ceremony, 1))
    assert queries() == one


def test_when_nothing_is_left_the_pages_say_so(visitor, ceremony, head):
    countersign(ceremony, head=head)
    page = visitor.get(address("countersignature-check", ceremony)).content.decode()
    assert "Tidak ada pakta yang menunggu" in page
    assert "Lanjut menandatangani" not in page


def test_supervisors_see_who_took_note_and_how_far_the_files_are(client, ceremony, head):
    countersignature = countersign(ceremony, head=head)
    government = factories.government_of(ceremony.organizer)
    client.force_login(factories.user_with_role(RoleName.AUDITOR, government))
    page = client.get(address("countersignature-list", ceremony)).content.decode()
    assert countersignature.name in page
    assert "Menunggu Anda" not in page
    made(countersignature)
    table = client.get(address("countersignature-list", ceremony)).context["table"]
    [row] = table.page.object_list
    assert (row.record.total, row.record.ready, row.record.failed) == (1, 1, 0)


def test_supervisors_see_whom_the_pacts_await_and_where_nobody_has_the_role(client, ceremony, head):
    government = factories.government_of(ceremony.organizer)
    other = factories.OpdFactory(parent=government, name="Dinas Perikanan")
    factories.EmployeeFactory.create_batch(2, agency=other)
    city = factories.open_ceremony(government, employees=0)
    for participant in city.participants.filter(opd=other):
        factories.sign(participant)
    client.force_login(factories.user_with_role(RoleName.HR, government))
    page = says(client.get(address("countersignature-list", ceremony)))
    assert f"{ceremony.organizer.name} {head} 1 pakta" in page
    page = says(client.get(address("countersignature-list", city)))
    assert "Dinas Perikanan Belum ada pengguna kepala 2 pakta" in page
    client.force_login(head)
    page = says(client.get(address("countersignature-list", ceremony)))
    assert "Menunggu tanda tangan kepala" not in page


def test_the_head_of_another_opd_sees_nothing_of_it(client, ceremony, head):
    countersign(ceremony, head=head)
    other = head_of(factories.OpdFactory(parent=factories.government_of(ceremony.organizer)))
    client.force_login(other)
    assert client.get(address("countersignature-list", ceremony)).status_code == 404


# What others read of it -------------------------------------------------------------------------


def test_heads_are_told_how_many_pacts_await_them(ceremony, head):
    def told():
        return [(step.url, step.count) for step in next_steps(head, [])]

    assert told() == [(address("countersignature-list", ceremony), 1)]
    countersign(ceremony, head=head)
    assert told() == []


def test_the_public_reads_by_which_office_and_when_and_never_the_name(client, ceremony, head):
    signature = Signature.objects.get()
    countersignature = countersign(ceremony, head=head)
    register.seal()
    page = client.get(reverse("verify-receipt", args=[signature.receipt]))
    text = says(page)
    assert f"Mengetahui Oleh {countersignature.position} Sebagai kepala" in text
    assert "Nomor dalam register 2 " in text
    assert countersignature.digest in text
    assert countersignature.name not in text
    proof = client.get(reverse("noted-proof", args=[signature.receipt])).json()
    assert (proof["leaf"], proof["index"]) == (countersignature.digest, 1)


def test_a_countersignature_that_was_changed_makes_the_pact_not_fit(client, ceremony, head):
    signature = Signature.objects.get()
    rewrite(countersign(ceremony, head=head), position="Bupati")
    page = client.get(reverse("verify-receipt", args=[signature.receipt]))
    assert page.status_code == 409
    assert "Data “Mengetahui” tidak cocok dengan catatannya." in says(page)


def test_an_annulled_pact_is_annulled_with_its_countersignature(client, ceremony, head):
    signature = Signature.objects.get()
    countersign(ceremony, head=head)
    annul(signature)
    page = client.get(reverse("verify-receipt", args=[signature.receipt]))
    assert page.status_code == 410
    assert "salinan dengan tanda tangan “Mengetahui” pun tidak berlaku lagi" in says(page)


def test_both_revisions_of_the_file_are_genuine(client, ceremony, head):
    signature = Signature.objects.get()
    first = pacts.content_of(signature)
    made(countersign(ceremony, head=head))
    second = pacts.content_of(signature)
    older = "sebelum “Mengetahui” dibubuhkan"
    for content, is_older in ((first, True), (second, False)):
        upload = {"pakta": SimpleUploadedFile("pakta.pdf", content)}
        text = says(client.post(reverse("verify-upload"), upload))
        assert "Berkas asli dan utuh" in text
        assert (older in text) is is_older


def test_the_page_of_a_participant_says_that_it_was_noted(client, ceremony, head):
    participant = Signature.objects.get().participant
    made(countersign(ceremony, head=head))
    client.force_login(head)
    page = client.get(reverse("participant-detail", args=[ceremony.uuid, participant.uuid]))
    assert "Disegel, tingkat B-B; sudah diketahui (“Mengetahui”)" in says(page)
