"""The big screen: who opens it, how long its address holds, and that it tells what the rows say."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Event
from netralitas.lib import tickets
from pledges import reports
from pledges.models import Participant, Wave
from pledges.services import boards, ceremonies
from tests import factories as make

from .pages import text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 1, 11, 1, 0, tzinfo=UTC)


@pytest.fixture
def ceremony():
    return make.open_ceremony(employees=3)


def figures(client, ceremony, **headers):
    address = reverse("display-figures", args=[boards.new_display(ceremony)])
    return client.get(address, headers=headers)


def shown(client, ceremony):
    return json.loads(figures(client, ceremony).content)


def officer(client, role, agency):
    client.force_login(make.user_with_role(role, agency))


@pytest.mark.parametrize("role", ["HR", "OPERATOR", "AUDITOR"])
def test_an_officer_is_led_to_a_screen_that_needs_no_login(client, ceremony, role):
    officer(client, role, ceremony.organizer)
    response = client.get(reverse("board", args=[ceremony.uuid]))
    client.logout()
    page = client.get(response["Location"])
    assert (response.status_code, page.status_code) == (302, 200)
    text = page.content.decode()
    assert ceremony.title in text
    assert f"{ceremony.code[:4]} {ceremony.code[4:]}" in text
    assert all(point in text for point in ceremony.text.points)


@pytest.mark.parametrize(
    ("role", "of_government", "shown"),
    [
        ("HR", True, True),
        ("OPERATOR", True, True),
        ("AUDITOR", True, True),
        ("HEAD", True, False),
        ("OPERATOR", False, False),
        ("HEAD", False, False),
    ],
)
def test_a_screen_of_every_opd_is_not_for_whoever_serves_one(client, role, of_government, shown):
    opd = make.OpdFactory()
    make.EmployeeFactory(agency=opd)
    government = make.government_of(opd)
    ceremony = make.open_ceremony(government, employees=0)
    officer(client, role, government if of_government else opd)
    address = reverse("board", args=[ceremony.uuid])
    assert client.get(address).status_code == (302 if shown else 403)
    detail = client.get(reverse("ceremony-detail", args=[ceremony.uuid])).content.decode()
    assert (f'href="{address}"' in detail) is shown


@pytest.mark.parametrize("state", ["DRAFT", "CANCELLED"])
def test_there_is_no_screen_of_what_nobody_signs(client, state):
    ceremony = make.ceremony_in(state)
    officer(client, "HR", ceremony.organizer)
    response = client.get(reverse("board", args=[ceremony.uuid]))
    assert response.status_code == 409
    assert "Layar besar tersedia setelah" in response.content.decode()


def test_the_figures_are_those_of_the_rows_after_any_acts(client):
    government = make.GovernmentFactory()
    opds = make.OpdFactory.create_batch(3, parent=government)
    for opd in opds:
        make.EmployeeFactory.create_batch(3, agency=opd)
    ceremony = make.open_ceremony(government, employees=0)
    make.sign(make.participant_of(ceremony, 0))
    make.sign(make.participant_of(ceremony, 4))
    rows = ceremony.participants.order_by("id")
    rows.filter(pk=rows[1].pk).update(state="EXCUSED", reason="Cuti")
    rows.filter(pk=rows[5].pk).update(state="REFUSED", reason="Menolak")
    rows.filter(pk=rows[8].pk).delete()
    told = shown(client, ceremony)
    counted = {str(one.uuid): one for one in reports.progress_by_opd(ceremony.participants)}
    assert [opd["name"] for opd in told["opds"]] == sorted(opd.name for opd in opds)
    assert {opd["id"]: (opd["invited"], opd["signed"], opd["pending"]) for opd in told["opds"]} == {
        key: (one.invited, one.signed, one.pending) for key, one in counted.items()
    }
    total = {
        key: told["total"][key] for key in ("invited", "signed", "pending", "absent", "percent")
    }
    assert total == {"invited": 8, "signed": 2, "pending": 4, "absent": 2, "percent": "25%"}


def test_waves_say_whose_turn_it_is(client):
    opd = make.OpdFactory()
    make.EmployeeFactory(agency=opd, position="Kepala Dinas")
    make.EmployeeFactory.create_batch(2, agency=opd)
    ceremony = make.draft_ceremony(opd)
    waves = [{"name": "Kepala", "positions": ["Kepala"]}, {"name": "Pegawai"}]
    ceremonies.save_draft(actor=None, ceremony=ceremony, agencies=[], officials=[], waves=waves)
    ceremonies.freeze(actor=None, ceremony=ceremony)

    def turns():
        return [(w["sentence"], w["invited"]) for w in shown(client, ceremony)["waves"]]

    with time_machine.travel(NOW, tick=False) as clock:
        assert turns() == [("menunggu", 1), ("menunggu", 2)]
        ceremonies.open_signing(actor=None, ceremony=ceremony)
        Wave.objects.filter(order=2).update(opens_at=NOW + timedelta(minutes=30))
        assert turns() == [("dibuka", 1), ("mulai 08.30 WIB", 2)]
        clock.shift(timedelta(minutes=30))
        assert turns() == [("dibuka", 1), ("dibuka", 2)]
        ceremonies.close_signing(actor=None, ceremony=ceremony)
        assert turns() == [("ditutup", 1), ("ditutup", 2)]


def test_less_than_one_in_a_hundred_is_not_told_as_none(client, ceremony):
    Participant.objects.filter(pk=make.participant_of(ceremony).pk).update(state="SIGNED")
    connection.cursor().execute("UPDATE pledges_tally SET invited = 8379")
    assert shown(client, ceremony)["total"]["percent"] == "<1%"


def test_whoever_has_the_figures_is_not_sent_them_again(client, ceremony):
    first = figures(client, ceremony)
    etag = first["ETag"]
    again = figures(client, ceremony, if_none_match=etag)
    weak = figures(client, ceremony, if_none_match=f"W/{etag}")
    make.sign(make.participant_of(ceremony))
    changed = figures(client, ceremony, if_none_match=etag)
    assert [again.status_code, weak.status_code, changed.status_code] == [304, 304, 200]
    assert again.content == b""
    assert changed["ETag"] != etag


def test_the_figures_need_as_many_queries_for_many_as_for_one(client):
    def queries(people):
        ceremony = make.open_ceremony(employees=people)
        boards.show_names(actor=None, ceremony=ceremony)
        for participant in ceremony.participants.all():
            make.sign(participant)
        address = reverse("display-figures", args=[boards.new_display(ceremony)])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    assert queries(1) == queries(30) == 4


def test_an_address_holds_two_days_and_while_people_can_sign(client):
    ceremony = make.ceremony_in("READY")
    with time_machine.travel(NOW, tick=False) as clock:
        ticket = boards.new_display(ceremony)
        clock.shift(timedelta(hours=48))
        assert client.get(reverse("display", args=[ticket])).status_code == 200
        clock.shift(timedelta(seconds=1))
        page = client.get(reverse("display", args=[ticket]))
        assert page.status_code == client.get(f"/layar/{ticket}/angka.json").status_code == 410
        assert "Layar ini sudah berakhir" in page.content.decode()
        ceremonies.open_signing(actor=None, ceremony=ceremony)
        clock.move_to(NOW + timedelta(days=7))
        assert client.get(reverse("display", args=[ticket])).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert client.get(reverse("display", args=[ticket])).status_code == 410


@pytest.mark.parametrize("purpose", [tickets.START, tickets.INVITATION])
def test_a_ticket_for_something_else_opens_no_screen(client, ceremony, purpose):
    ticket = tickets.issue(ceremony.code, purpose)
    assert client.get(reverse("display", args=[ticket])).status_code == 410
    assert client.get(reverse("display", args=["palsu"])).status_code == 410


def test_the_address_names_the_ceremony_by_its_public_code(ceremony):
    ticket = tickets.read(boards.new_display(ceremony), tickets.BOARD)
    assert ticket.subject == ceremony.code


def test_closing_ends_the_address_an_hour_later_but_not_a_new_one(client, ceremony):
    with time_machine.travel(NOW, tick=False) as clock:
        ticket = boards.new_display(ceremony)
        clock.shift(timedelta(minutes=30))
        ceremonies.close_signing(actor=None, ceremony=ceremony)
        clock.shift(timedelta(hours=1))
        answer = client.get(reverse("display-figures", args=[ticket]))
        assert answer.json()["sentence"] == "Penandatanganan ditutup"
        clock.shift(timedelta(seconds=1))
        assert client.get(reverse("display-figures", args=[ticket])).status_code == 410
        assert figures(client, ceremony).status_code == 200


def test_cancelling_ends_the_address_at_once(client, ceremony):
    ticket = boards.new_display(ceremony)
    make.cancel(actor=None, ceremony=ceremony)
    assert client.get(reverse("display", args=[ticket])).status_code == 410


def test_nobody_is_named_until_hr_says_so(client, ceremony):
    people = [make.participant_of(ceremony, at) for at in range(2)]
    for person in people:
        make.sign(person)
    display = reverse("display", args=[boards.new_display(ceremony)])
    assert shown(client, ceremony)["names"] is None
    assert people[0].bare_name not in client.get(display).content.decode()
    officer(client, "HR", make.government_of(ceremony.organizer))
    client.post(reverse("board-names-show", args=[ceremony.uuid]))
    assert shown(client, ceremony)["names"] == [people[1].name, people[0].name]
    page = client.get(display).content.decode()
    assert people[0].name in page
    assert people[0].number not in page
    client.post(reverse("board-names-hide", args=[ceremony.uuid]))
    assert shown(client, ceremony)["names"] is None
    acts = Event.objects.filter(act__startswith="board.").order_by("id")
    assert [event.act for event in acts] == ["board.names_shown", "board.names_hidden"]


def test_names_go_with_the_closing(client, ceremony):
    make.sign(make.participant_of(ceremony))
    boards.show_names(actor=None, ceremony=ceremony)
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    assert shown(client, ceremony)["names"] is None
    officer(client, "HR", make.government_of(ceremony.organizer))
    assert client.post(reverse("board-names-show", args=[ceremony.uuid])).status_code == 409


def test_a_screen_names_only_signers_of_its_own_ceremony(client, ceremony):
    boards.show_names(actor=None, ceremony=ceremony)
    make.sign(make.participant_of(make.open_ceremony()))
    assert shown(client, ceremony)["names"] == []


def test_the_screen_names_leader_reader_and_witnesses_with_their_institution(client, ceremony):
    ceremony.officials.create(role="READER", name="Indra Gunawan", position="Sekretaris Daerah")
    ceremony.officials.create(role="WITNESS", name="Ketua", institution="Bawaslu Kota Dumai")
    page = client.get(reverse("display", args=[boards.new_display(ceremony)]))
    told = text_of(page)
    for words in (
        "Pemimpin Khairil Adli Kepala Dinas",
        "Pembaca ikrar Indra Gunawan Sekretaris Daerah",
        "Saksi Ketua Bawaslu Kota Dumai",
    ):
        assert words in told
