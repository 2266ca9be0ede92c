"""/acara/…/kiriman/: what is planned, looked at, stopped; and the spreadsheet of links."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from agencies.models import Event
from netralitas.lib.dates import date_only
from pledges.choices import Channel
from pledges.models import Ceremony, Invitation, Mailing
from pledges.services import ceremonies, invitations
from pledges.services.mailings import asking, hours, sending
from tests import campaigning, factories
from tests.mailing import invitees, mailing_of, officer_of, states_of

from .pages import text_of

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "REMINDER",
    "opd": "",
    "note": "Mohon segera.",
    "when": "now",
    "day": "",
    "clock": "",
    "earliest": "07:00",
    "latest": "20:00",
}


@pytest.fixture
def ceremony():
    """City-wide: two at Kesehatan who share a mailbox, one without; one at Pendidikan."""
    government = factories.GovernmentFactory()
    for name, addresses in [
        ("Dinas Kesehatan", ["dinkes@dumai.example", "DINKES@dumai.example", ""]),
        ("Dinas Pendidikan", ["guru@dumai.example"]),
    ]:
        opd = factories.OpdFactory(parent=government, name=name)
        for n, address in enumerate(addresses):
            factories.EmployeeFactory(agency=opd, email=address, name=f"{name} {n}")
    return factories.open_ceremony(government, employees=0)


@pytest.fixture
def health(ceremony):
    return ceremony.participants.filter(opd_name="Dinas Kesehatan").first().opd


def post(client, name, ceremony, **data):
    return client.post(reverse(name, args=[ceremony.uuid]), {**FORM, **data})


def address_of(name, mailing, *more):
    return reverse(name, args=[mailing.ceremony.uuid, mailing.uuid, *more])


def test_the_preview_tells_who_gets_what_and_changes_nothing(client, ceremony, mailoutbox):
    client.force_login(officer_of(ceremony))
    response = post(client, "mailing-preview", ceremony)
    words = text_of(response)
    assert "Mendapat surel 3" in words
    assert "Tanpa alamat surel 1" in words
    assert "Berbagi kotak surel 2" in words
    assert "Pengingat: Apel Ikrar Netralitas" in words
    assert "Mohon segera." in words
    assert "/t/tautan-pribadi/" in words
    assert (Mailing.objects.count(), Invitation.objects.count(), mailoutbox) == (0, 0, [])


def test_what_was_previewed_is_planned_and_sent(client, ceremony, mailoutbox):
    client.force_login(officer_of(ceremony))
    response = post(client, "mailing-create", ceremony, earliest="00:00", latest="23:59")
    mailing = Mailing.objects.get()
    assert response.url == address_of("mailing-detail", mailing)
    Mailing.objects.update(latest="23:59:59.999999")
    sending.work()
    assert sorted(mail.to[0] for mail in mailoutbox) == [
        "DINKES@dumai.example",
        "dinkes@dumai.example",
        "guru@dumai.example",
    ]
    words = text_of(client.get(response.url))
    assert "Terkirim 3" in words
    assert f'href="{response.url}?status=SENT"' in client.get(response.url).content.decode()
    assert client.get(f"{response.url}?status=BOUNCED").context["page"].paginator.count == 0
    assert "1 peserta yang belum menandatangani tidak mempunyai alamat surel" in words


def test_a_moment_is_that_of_the_ceremony_s_clock(client, ceremony):
    client.force_login(officer_of(ceremony))
    with time_machine.travel(datetime(2023, 1, 10, 1, 0, tzinfo=UTC)):
        post(client, "mailing-create", ceremony, when="later", day="2023-01-11", clock="08:00")
    assert Mailing.objects.get().send_at == datetime(2023, 1, 11, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"when": "later"}, "Isi tanggal dan jam kirim."),
        ({"when": "later", "day": "2020-01-01", "clock": "08:00"}, "Waktu kirim sudah lewat."),
        ({"earliest": "20:00", "latest": "07:00"}, "Jam paling malam harus sesudah"),
        ({"note": "Lihat https://palsu.example"}, "tidak boleh memuat alamat web"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(client, ceremony, changed, sentence):
    client.force_login(officer_of(ceremony))
    for name in ("mailing-preview", "mailing-create"):
        response = post(client, name, ceremony, **changed)
        assert (response.status_code, sentence in text_of(response)) == (400, True)
    assert Mailing.objects.count() == 0


def test_what_was_previewed_can_be_changed(client, ceremony):
    client.force_login(officer_of(ceremony))
    response = post(client, "mailing-create", ceremony, note="Bawa kartu.", ubah="1")
    assert response.status_code == 200
    assert "Bawa kartu." in response.text
    assert not Mailing.objects.exists()


@pytest.mark.parametrize(
    ("now", "begins"),
    [("23:30", "Kamis, 12 Januari 2023, 07.00"), ("05:30", "Rabu, 11 Januari 2023, 07.00")],
)
def test_at_night_the_preview_tells_when_it_begins(client, ceremony, now, begins):
    client.force_login(officer_of(ceremony))
    with time_machine.travel(f"2023-01-11T{now}:00+07:00", tick=False):
        page = text_of(post(client, "mailing-preview", ceremony))
    assert f"surel mulai dikirim {begins} WIB" in page


def test_the_preview_tells_who_has_just_got_one(client, ceremony, mailoutbox):
    client.force_login(officer_of(ceremony))
    told = "3 di antaranya sudah mendapat surel"
    assert told not in text_of(post(client, "mailing-preview", ceremony))
    mailing_of(ceremony)
    sending.work()
    assert told in text_of(post(client, "mailing-preview", ceremony))


def test_a_suggestion_that_is_planned_says_so(client, ceremony):
    client.force_login(officer_of(ceremony))
    with time_machine.travel("2023-01-09T10:00:00+07:00", tick=False):
        first = hours.suggestions(ceremony, datetime(2023, 1, 9, 3, tzinfo=UTC), ceremony.mailings)[
            0
        ]
        mailing_of(ceremony, kind=first.kind, send_at=first.send_at)
        page = client.get(reverse("mailing-list", args=[ceremony.uuid]))
    assert "Sehari sebelum acara Sudah dijadwalkan" in text_of(page)
    assert page.text.count("Sudah dijadwalkan") == 1


@pytest.mark.parametrize(
    ("deadline", "is_told"), [(date(2099, 1, 31), True), (date(2022, 1, 31), False)]
)
def test_the_last_day_of_the_campaign_stands_in_the_mail(mailoutbox, deadline, is_told):
    ceremony = invitees("a@dumai.example")
    campaign = campaigning.campaign(ceremony.organizer.government, deadline=deadline)
    Ceremony.objects.filter(pk=ceremony.pk).update(campaign=campaign)
    mailing_of(ceremony)
    sending.work()
    [mail] = mailoutbox
    told = f"Paling lambat: {date_only(campaign.deadline)}"
    assert (told in mail.body) is is_told
    assert (told in mail.alternatives[0][0].replace("<strong>", "")) is is_told


def test_suggested_moments_fill_in_the_form(client, ceremony):
    client.force_login(officer_of(ceremony))
    with time_machine.travel(datetime(2023, 1, 9, 1, 0, tzinfo=UTC)):
        page = text_of(client.get(reverse("mailing-list", args=[ceremony.uuid])))
        address = reverse("mailing-create", args=[ceremony.uuid])
        form = client.get(f"{address}?saran=sebelum").context["form"]
    assert "Sehari sebelum acara" in page
    assert "Selasa, 10 Januari 2023, 08.00 WIB" in page
    assert "Kamis, 12 Januari 2023, 08.00 WIB" in page
    assert (form["kind"].value(), str(form["day"].value())) == ("REMINDER", "2023-01-10")


def test_an_operator_sees_and_reaches_the_own_opd_alone(client, ceremony, health, mailoutbox):
    officer = officer_of(ceremony)
    to_all = mailing_of(ceremony, officer)
    school = ceremony.participants.get(opd_name="Dinas Pendidikan").opd
    elsewhere = mailing_of(ceremony, officer, opd=school)
    sending.work()
    client.force_login(factories.user_with_role("OPERATOR", health))
    words = text_of(client.get(address_of("mailing-detail", to_all)))
    assert "Dinas Kesehatan 0" in words
    assert "guru@dumai.example" not in words
    assert client.get(address_of("mailing-detail", elsewhere)).status_code == 404
    assert client.post(address_of("mailing-stop", to_all)).status_code == 403
    refused = post(client, "mailing-preview", ceremony, opd=school.uuid)
    assert refused.status_code == 400
    own = post(client, "mailing-preview", ceremony)
    assert "Mendapat surel 2" in text_of(own)


def test_an_operator_stops_the_own_mailing(client, ceremony, health):
    operator = factories.user_with_role("OPERATOR", health)
    mailing = mailing_of(ceremony, operator, send_at=datetime(2099, 1, 1, tzinfo=UTC))
    client.force_login(operator)
    assert client.post(address_of("mailing-stop", mailing)).status_code == 302
    mailing.refresh_from_db()
    assert mailing.state == "CANCELLED"
    assert client.post(address_of("mailing-stop", mailing)).status_code == 409


def test_a_mail_that_may_have_arrived_is_sent_again_only_by_hand(client, mailoutbox):
    ceremony = invitees("a@dumai.example")
    mailing = mailing_of(ceremony)
    sending.work()
    mail = mailing.mails.get()
    client.force_login(mailing.asked_by)
    again = address_of("mail-again", mailing, mail.uuid)
    assert client.post(again).status_code == 409
    mailing.mails.update(state="UNSURE")
    assert "Kirim lagi" in text_of(client.get(address_of("mailing-detail", mailing)))
    assert client.post(again).status_code == 302
    sending.work()
    assert (states_of(mailing), len(mailoutbox)) == ({"a@dumai.example": "SENT"}, 2)


def rows_of(response):
    content = b"".join(response.streaming_content)
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


def test_the_spreadsheet_holds_a_link_for_each_and_ends_older_ones(client, ceremony, health):
    person = ceremony.participants.filter(opd=health).order_by("bare_name").first()
    type(person).objects.filter(pk=person.pk).update(name="=1+1")
    old = factories.link_of(person)
    client.force_login(factories.user_with_role("OPERATOR", health))
    response = client.post(reverse("link-sheet", args=[ceremony.uuid]), {"opd": ""})
    [headings, *rows] = rows_of(response)
    assert headings[-1] == "Tautan pribadi"
    assert [row[2] for row in rows][0] == "=1+1"
    assert len(rows) == 3
    token = rows[0][-1].removeprefix("http://127.0.0.1:8000/t/").removesuffix("/")
    assert invitations.find_by_token(token).participant == person
    with pytest.raises(invitations.UnknownInvitation):
        invitations.find_by_token(old)
    issued = Invitation.objects.valid().filter(channel=Channel.LINK)
    assert issued.count() == 3
    assert Event.objects.get(act="links.listed").data == {"count": 3}


def test_after_the_closing_no_links_are_listed(client, ceremony):
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    client.force_login(officer_of(ceremony))
    response = client.post(reverse("link-sheet", args=[ceremony.uuid]), {"opd": ""})
    assert response.status_code == 409
    assert "sebelum penandatanganan ditutup" in text_of(response)
    assert post(client, "mailing-create", ceremony).status_code == 400


def test_a_mailing_for_nobody_is_told(client):
    ceremony = invitees("a@dumai.example")
    client.force_login(officer_of(ceremony))
    factories.sign(ceremony.participants.get())
    response = post(client, "mailing-preview", ceremony)
    assert (response.status_code, asking.NOBODY in text_of(response)) == (400, True)


def test_the_page_of_a_mailing_needs_no_more_queries_for_more_people(client):
    counts = []
    for people in (2, 9):
        ceremony = invitees(*[f"p{n}@dumai.example" for n in range(people)])
        mailing = mailing_of(ceremony)
        sending.begin(mailing)
        client.force_login(mailing.asked_by)
        with CaptureQueriesContext(connection) as queries:
            client.get(address_of("mailing-detail", mailing))
        counts.append(len(queries))
    assert counts[0] == counts[1]
