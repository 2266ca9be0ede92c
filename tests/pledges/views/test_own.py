"""/saya/: what an employee is to sign and has signed, with the own account."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from agencies.choices import RoleName
from agencies.models import Event
from pledges.choices import Channel, ParticipantState
from pledges.models import Invitation, Signature
from tests import factories

from .pages import links_of, text_of

pytestmark = pytest.mark.django_db
OWN = reverse("own-page")


@pytest.fixture
def employee():
    return factories.EmployeeFactory(name="Ani Lestari", title_suffix="")


@pytest.fixture
def user(employee):
    return factories.UserFactory(employee=employee, government=employee.government)


def place_in(employee, state, **fields):
    """The employee's place in a new ceremony of the own agency that is led to a state."""
    ceremony = factories.ceremony_in(state, employee.agency, employees=0, **fields)
    return ceremony.participants.get(employee=employee)


def address(name, participant):
    return reverse(name, args=[participant.uuid])


def sign_by_account(client, participant):
    """Open the pledge and sign it, as the browser does; the receipt's page."""
    page = client.post(address("own-sign", participant), follow=True)
    submission = factories.submission_for(participant)
    return client.post(
        reverse("sign", args=[participant.ceremony.code]),
        {
            "ticket": page.context["ticket"],
            "key": submission.key,
            "text_digest": submission.text_digest,
            "points": sorted(submission.points),
            "method": "TYPED",
            "typed_name": participant.bare_name,
            "consent": "on",
        },
        follow=True,
    )


# The page ---------------------------------------------------------------------------------------


def test_it_sorts_ceremonies_by_what_can_be_done_about_them(client, user, employee):
    for state in ("READY", "OPEN", "CLOSED"):
        place_in(employee, state, title=f"Apel {state}")
    signed = place_in(employee, "OPEN", title="Apel SIGNED")
    factories.sign(signed)
    absent = place_in(employee, "OPEN", title="Apel EXCUSED")
    absent.state, absent.reason = ParticipantState.EXCUSED, "Cuti"
    absent.save()
    client.force_login(user)
    own = client.get(OWN).context["own"]
    told = {
        name: [row.ceremony.title for row in getattr(own, name)]
        for name in ("to_sign", "upcoming", "signed", "missed", "absent")
    }
    assert told == {
        "to_sign": ["Apel OPEN"],
        "upcoming": ["Apel READY"],
        "signed": ["Apel SIGNED"],
        "missed": ["Apel CLOSED"],
        "absent": ["Apel EXCUSED"],
    }


def test_of_a_cancelled_ceremony_only_what_was_signed_is_told(client, user, employee):
    waiting, signed = (place_in(employee, "OPEN", title=title) for title in ("Apel A", "Apel B"))
    factories.sign(signed)
    for participant in (waiting, signed):
        factories.cancel(actor=None, ceremony=participant.ceremony)
    client.force_login(user)
    page = text_of(client.get(OWN))
    assert "Apel A" not in page
    assert "Apel B" in page


def test_it_shows_nothing_of_others(client, user, employee):
    factories.open_ceremony(employee.agency, title="Apel Kita")
    factories.open_ceremony(title="Apel Mereka")
    client.force_login(user)
    own = client.get(OWN).context["own"]
    assert [row.employee for row in own.to_sign] == [employee]
    assert "Apel Mereka" not in text_of(client.get(OWN))


def test_an_account_without_an_employee_is_told_what_the_page_is_for(client):
    client.force_login(factories.UserFactory())
    response = client.get(OWN)
    assert response.status_code == 200
    assert "Akun ini tidak terhubung dengan data pegawai" in text_of(response)


def test_no_search_engine_and_no_cache_keeps_it(client, user):
    client.force_login(user)
    response = client.get(OWN)
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_it_needs_no_more_queries_for_more_ceremonies(client, user, employee):
    def queries():
        client.force_login(user)
        with CaptureQueriesContext(connection) as captured:
            client.get(OWN)
        return len(captured)

    factories.sign(place_in(employee, "OPEN"))
    queries()
    before = queries()
    for state in ("READY", "OPEN", "CLOSED", "OPEN"):
        place_in(employee, state)
    factories.sign(place_in(employee, "OPEN"))
    assert queries() == before


# Home -------------------------------------------------------------------------------------------


def test_home_leads_an_employee_without_a_role_here(client, user):
    client.force_login(user)
    assert client.get(reverse("home")).headers["Location"] == OWN


def test_staff_who_are_to_sign_are_told_so_first_at_home(client, user, employee):
    place_in(employee, "OPEN", title="Apel Kota")
    user.roles.create(agency=employee.agency, role=RoleName.HEAD)
    client.force_login(user)
    response = client.get(reverse("home"))
    first, *others = response.context["steps"]
    assert (first.title, first.url) == ("Anda belum menandatangani: Apel Kota", OWN)
    assert [step.title for step in others] == ["Belum menandatangani: Apel Kota"]
    factories.sign(employee.participations.get())
    steps = client.get(reverse("home")).context["steps"]
    assert [step.title for step in steps if step.title.startswith("Anda")] == []


def test_the_menu_of_an_account_leads_here_if_an_employee_stands_behind_it(client, user):
    client.force_login(user)
    assert OWN in links_of(client.get(OWN))
    client.force_login(factories.UserFactory())
    assert OWN not in links_of(client.get(reverse("home")))


# Signing ----------------------------------------------------------------------------------------


def test_an_employee_signs_by_the_own_account(client, user, employee):
    participant = place_in(employee, "OPEN")
    client.force_login(user)
    page = text_of(sign_by_account(client, participant))
    signature = Signature.objects.get()
    assert (signature.participant, signature.channel) == (participant, Channel.ACCOUNT)
    assert signature.invitation.issued_by == user
    assert "Pakta Anda sebagai PDF tersedia di halaman Anda" in page
    assert '"channel":"ACCOUNT"' in signature.record
    event = Event.objects.get(act="signature.given")
    assert (event.actor, event.employee) == (user, employee)


def test_the_pact_says_that_the_signer_used_the_own_account(client, user, employee):
    participant = place_in(employee, "OPEN")
    client.force_login(user)
    sign_by_account(client, participant)
    response = client.get(address("own-pact-file", participant))
    text = " ".join(PdfReader(BytesIO(response.getvalue())).pages[0].extract_text().split())
    assert "melalui akun sendiri pada aplikasi ini" in text


def test_opening_it_again_leaves_a_page_opened_before_good(client, user, employee):
    participant = place_in(employee, "OPEN")
    client.force_login(user)
    for _ in range(3):
        client.post(address("own-sign", participant))
    invitation = Invitation.objects.get()
    assert (invitation.channel, invitation.revoked_at) == (Channel.ACCOUNT, None)
    event = Event.objects.get(act="invitation.issued")
    assert (event.actor, event.employee) == (user, employee)
    assert event.data == {"channel": "ACCOUNT", "count": 1}


def test_reading_alone_opens_nothing(client, user, employee):
    participant = place_in(employee, "OPEN")
    client.force_login(user)
    assert client.get(address("own-sign", participant)).headers["Location"] == OWN
    assert not Invitation.objects.exists()


def test_other_ways_in_stay_valid(client, user, employee):
    participant = place_in(employee, "OPEN")
    token, pin = factories.link_of(participant), factories.pin_of(participant)
    client.force_login(user)
    client.post(address("own-sign", participant))
    assert Invitation.objects.valid().count() == 3
    assert client.get(reverse("personal-link", args=[token])).status_code == 200
    assert pin


def test_once_signed_the_pledge_is_the_receipt_and_cannot_be_opened_anew(client, user, employee):
    participant = place_in(employee, "OPEN")
    client.force_login(user)
    sign_by_account(client, participant)
    response = client.get(address("own-sign", participant))
    assert address("own-pact-file", participant) in links_of(response)
    assert client.post(address("own-sign", participant)).status_code == 409
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("state", ["CANCELLED", "ARCHIVED"])
def test_a_ceremony_that_is_over_for_good_is_not_opened(client, user, employee, state):
    participant = place_in(employee, "CLOSED" if state == "ARCHIVED" else "OPEN")
    end = factories.ceremonies.archive if state == "ARCHIVED" else factories.cancel
    end(actor=None, ceremony=participant.ceremony)
    client.force_login(user)
    assert client.post(address("own-sign", participant)).status_code == 409
    assert not Invitation.objects.exists()


def test_a_page_opened_by_an_account_that_has_ended_since_signs_nothing(client, user, employee):
    participant = place_in(employee, "OPEN")
    client.force_login(user)
    opened = client.post(address("own-sign", participant), follow=True)
    user.is_active = False
    user.save()
    submission = factories.submission_for(participant)
    response = client.post(
        reverse("sign", args=[participant.ceremony.code]),
        {
            "ticket": opened.context["ticket"],
            "key": submission.key,
            "text_digest": submission.text_digest,
            "points": sorted(submission.points),
            "method": "TYPED",
            "typed_name": participant.bare_name,
            "consent": "on",
        },
    )
    assert response.status_code == 403
    assert "Halaman ini tidak berlaku lagi. Buka lagi Halaman saya; bila Anda" in text_of(response)
    assert not Signature.objects.exists()


def test_the_invitation_of_an_account_that_was_given_to_another_stands_no_more(user, employee):
    participant = place_in(employee, "OPEN")
    invitation = factories.invitations.open_by_account(account=user, participant=participant)
    assert invitation.stands
    user.employee = factories.EmployeeFactory(agency=employee.agency)
    user.save()
    assert not Invitation.objects.get().stands


# The pact ---------------------------------------------------------------------------------------


def test_the_own_pact_is_handed_out_whichever_way_it_was_signed(client, user, employee):
    participant = place_in(employee, "OPEN")
    factories.sign(participant)
    client.force_login(user)
    response = client.get(address("own-pact-file", participant))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    event = Event.objects.get(act="pact.downloaded")
    assert (event.actor, event.employee, event.data) == (user, employee, {"count": 1})


def test_there_is_no_pact_before_signing(client, user, employee):
    client.force_login(user)
    participant = place_in(employee, "OPEN")
    assert client.get(address("own-pact-file", participant)).status_code == 404


def test_nobody_opens_or_gets_what_is_anothers(client, user, employee):
    participant = place_in(employee, "OPEN")
    factories.sign(participant)
    colleague = factories.UserFactory(employee=factories.EmployeeFactory(agency=employee.agency))
    hr = factories.user_with_role(RoleName.HR, employee.government)
    for other in (colleague, hr, factories.UserFactory()):
        client.force_login(other)
        assert client.get(address("own-sign", participant)).status_code == 404
        assert client.post(address("own-sign", participant)).status_code == 404
        assert client.get(address("own-pact-file", participant)).status_code == 404
