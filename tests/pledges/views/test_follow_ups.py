"""…/tindak-lanjut/: the work list, its figures and filters, and what is done for several."""

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from pledges.models import FollowUp
from pledges.services import absences, ceremonies, follow_ups
from tests import factories

from .pages import links_of, log_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ceremony():
    return factories.open_ceremony(factories.OpdFactory(name="Dinas Kesehatan"), employees=4)


@pytest.fixture
def people(ceremony):
    """One who has signed, one excused, one refusing, one expected, with names of their own."""
    people = list(ceremony.participants.order_by("pk").select_related("ceremony__organizer"))
    for participant, name in zip(people, ("Ani", "Budi", "Citra", "Dodi"), strict=True):
        participant.name = participant.bare_name = name
        participant.save()
    factories.sign(people[0])
    absences.excuse(actor=None, participant=people[1], reason="Cuti")
    absences.refuse(actor=None, participant=people[2], reason="Tidak setuju butir 3")
    return people


@pytest.fixture
def operator(client, ceremony):
    return log_in(client, RoleName.OPERATOR, ceremony.organizer)


def list_of(ceremony):
    return reverse("follow-up-list", args=[ceremony.uuid])


def of(name, participant):
    return reverse(name, args=[participant.ceremony.uuid, participant.uuid])


def listed(client, ceremony, **query):
    page = client.get(list_of(ceremony), query)
    return [row.record.name for row in page.context["table"].rows]


def test_the_figures_add_up_and_everybody_unsigned_is_listed(client, operator, ceremony, people):
    page = client.get(list_of(ceremony))
    assert "4 peserta = 1 sudah + 1 berhalangan + 1 menolak + 1 belum." in text_of(page)
    assert listed(client, ceremony) == ["Budi", "Citra", "Dodi"]
    assert list_of(ceremony) in links_of(
        client.get(reverse("ceremony-detail", args=[ceremony.uuid]))
    )


def test_each_filter_narrows_the_list(client, operator, ceremony, people):
    follow_ups.change(
        actor=None, participant=people[3], assignee=operator, signs_late=True, note=""
    )
    for query, names in (
        ({"state": "EXCUSED"}, ["Budi"]),
        ({"assigned": "mine"}, ["Dodi"]),
        ({"assigned": "nobody"}, ["Budi", "Citra"]),
        ({"plan": "late"}, ["Dodi"]),
        ({"plan": "look"}, ["Citra"]),
        ({"q": "dodi"}, ["Dodi"]),
    ):
        assert listed(client, ceremony, **query) == names
    assert "Tidak ada peserta yang cocok" in text_of(client.get(list_of(ceremony), {"q": "zzz"}))


def test_a_row_reminds_prints_and_notes_with_one_click(client, operator, ceremony, people):
    page = client.get(list_of(ceremony))
    send = of("link-send", people[3])
    ways = {f"{send}?cara=WHATSAPP&amp;daftar=", f"{send}?cara=EMAIL&amp;daftar="}
    assert ways <= set(links_of(page))
    assert reverse("kiosk-start", args=[ceremony.uuid]) in links_of(page)
    assert of("slip-renew", people[3]) in page.content.decode()
    assert of("slip-renew", people[1]) not in page.content.decode()
    assert of("follow-up-edit", people[1]) + "?daftar=" in links_of(page)
    employee = people[3].employee
    employee.phone, employee.email = "0812 3456 7890", "dodi@dumaikota.example"
    employee.save()
    for way, address in (("WHATSAPP", employee.phone), ("EMAIL", employee.email)):
        form = client.get(send, {"cara": way}).context["form"]
        assert (form["channel"].value(), form["sent_to"].value()) == (way, address)


def test_a_note_is_kept_and_read_by_those_who_follow_up(client, operator, ceremony, people):
    address = of("follow-up-edit", people[3])
    sent = {"assignee": operator.uuid, "signs_late": "on", "note": "Dirawat, pulang Senin"}
    response = client.post(address, sent)
    assert (response.status_code, response.url) == (302, of("participant-detail", people[3]))
    told = "Tindak lanjut Ditangani oleh Pengguna Rencana Akan menandatangani susulan"
    assert told in text_of(client.get(response.url))
    assert client.get(address).context["form"]["note"].value() == "Dirawat, pulang Senin"
    log_in(client, RoleName.AUDITOR, ceremony.organizer)
    assert "Dirawat" not in text_of(client.get(response.url))
    log_in(client, RoleName.HEAD, ceremony.organizer)
    assert "Dirawat" in text_of(client.get(list_of(ceremony)))


def test_several_are_assigned_and_excused_at_once(client, operator, ceremony, people):
    chosen = [people[2].uuid, people[3].uuid, people[0].uuid]
    address = reverse("follow-up-assign", args=[ceremony.uuid])
    page = text_of(client.get(address, {"p": chosen}))
    assert "2 peserta dipilih" in page
    response = client.post(address, {"p": chosen, "assignee": operator.uuid})
    assert "2 peserta ditugaskan." in text_of(client.get(response.url))
    assert FollowUp.objects.filter(assignee=operator).count() == 2
    address = reverse("follow-up-excuse", args=[ceremony.uuid])
    assert client.post(address, {"p": chosen}).status_code == 400
    response = client.post(address, {"p": chosen, "kind": "TRAVEL"})
    page = text_of(client.get(response.url))
    assert "1 peserta dicatat berhalangan." in page
    assert "1 peserta tidak diubah" in page
    people[3].refresh_from_db()
    assert (people[3].state, people[3].reason) == ("EXCUSED", "Dinas luar")


@pytest.mark.parametrize("given", [[], ["x"], ["00000000-0000-4000-8000-000000000000"]])
def test_nobody_chosen_leads_back_to_the_list(client, operator, ceremony, given):
    for name in ("follow-up-assign", "follow-up-excuse"):
        response = client.get(reverse(name, args=[ceremony.uuid]), {"p": given}, follow=True)
        assert "Pilih dahulu peserta di daftar ini." in text_of(response)


def test_an_operator_reads_and_acts_only_for_the_own_opd(client, ceremony):
    government = factories.government_of(ceremony.organizer)
    other = factories.OpdFactory(parent=government)
    factories.EmployeeFactory(agency=other, name="Eko")
    whole = factories.open_ceremony(government, employees=0)
    operator = log_in(client, RoleName.OPERATOR, other)
    near = whole.participants.get(opd=other)
    far = whole.participants.filter(opd=ceremony.organizer).first()
    page = client.get(list_of(whole))
    assert [row.record for row in page.context["table"].rows] == [near]
    assert "1 peserta = 0 sudah + 0 berhalangan + 0 menolak + 1 belum" in text_of(page)
    sent = {"p": [far.uuid, near.uuid], "assignee": operator.uuid, "kind": "TRAVEL"}
    client.post(reverse("follow-up-assign", args=[whole.uuid]), sent)
    assert list(FollowUp.objects.values_list("participant", flat=True)) == [near.pk]
    client.post(reverse("follow-up-excuse", args=[whole.uuid]), sent)
    assert list(whole.participants.filter(state="EXCUSED")) == [near]
    for name in ("follow-up-assign", "follow-up-excuse"):
        page = client.get(reverse(name, args=[whole.uuid]), {"p": [far.uuid]}, follow=True)
        assert "Pilih dahulu peserta di daftar ini." in text_of(page)
    assert client.get(of("follow-up-edit", far)).status_code == 404


def test_whoever_comes_from_a_filtered_list_goes_back_to_it(client, operator, ceremony, people):
    narrowed = f"{list_of(ceremony)}?state=PENDING&sort=name"
    shown = narrowed.replace("&", "&amp;")
    page = client.get(narrowed)
    edit = next(each for each in links_of(page) if each.startswith(of("follow-up-edit", people[3])))
    assert 'name="daftar" value="state=PENDING&amp;sort=name"' in page.content.decode()
    sent = {"assignee": "nobody", "note": "Pulang Senin"}
    assert client.post(edit, sent).url == narrowed
    query = edit.partition("?")[2]
    for name in ("follow-up-assign", "follow-up-excuse"):
        address = f"{reverse(name, args=[ceremony.uuid])}?{query}"
        assert client.get(address).url == narrowed
        assert shown in links_of(client.get(f"{address}&p={people[3].uuid}"))
    sent = {"p": [people[3].uuid], "kind": "TRAVEL"}
    assert client.post(address, sent).url == narrowed
    assert shown in links_of(client.get(of("participant-detail", people[3]) + f"?{query}"))
    assert shown in links_of(client.get(of("link-send", people[3]) + f"?{query}"))


def test_the_way_back_leads_nowhere_else(client, operator, ceremony, people):
    address = of("follow-up-edit", people[3])
    response = client.post(f"{address}?daftar=//x.example/%0d%0aA:b", {"assignee": "nobody"})
    assert response.status_code == 302
    assert response.url.startswith(f"{list_of(ceremony)}?")


def test_nobody_is_unassigned_without_saying_so(client, operator, ceremony, people):
    FollowUp.objects.create(participant=people[3], assignee=operator)
    address = reverse("follow-up-assign", args=[ceremony.uuid])
    assert client.post(address, {"p": [people[3].uuid], "assignee": ""}).status_code == 400
    assert FollowUp.objects.get(participant=people[3]).assignee == operator
    response = client.post(address, {"p": [people[3].uuid], "assignee": "nobody"})
    assert "1 peserta tidak ditugaskan lagi." in text_of(client.get(response.url))
    assert FollowUp.objects.get(participant=people[3]).assignee is None


def test_a_note_keeps_an_assignee_whose_account_has_ended(client, operator, ceremony, people):
    gone = factories.user_with_role(RoleName.OPERATOR, ceremony.organizer, is_active=False)
    FollowUp.objects.create(participant=people[3], assignee=gone)
    address = of("follow-up-edit", people[3])
    shown = client.get(address).context["form"]["assignee"].value()
    client.post(address, {"assignee": shown, "note": "Pulang Senin"})
    kept = FollowUp.objects.get(participant=people[3])
    assert (kept.assignee, kept.note) == (gone, "Pulang Senin")


def test_a_refusal_waits_at_home_for_the_second_person(client, ceremony, people):
    head = log_in(client, RoleName.HEAD, ceremony.organizer)
    assert f"Telaah penolakan: {ceremony.title}" in text_of(client.get("/"))
    page = client.get(list_of(ceremony), {"plan": "look"})
    assert "1 penolakan menunggu ditelaah orang kedua" in text_of(page)
    assert "Perlu ditelaah" in text_of(page)
    to_look = of("participant-detail", people[2]) + "?daftar=plan%3Dlook"
    assert f'href="{to_look}" aria-label="Telaah penolakan' in page.content.decode()
    page = client.get(to_look)
    look = of("refusal-look", people[2]) + "?daftar=plan%3Dlook"
    assert look in page.content.decode()
    response = client.post(look)
    assert response.url == f"{list_of(ceremony)}?plan=look"
    assert "Penolakan dicatat sudah ditelaah." in text_of(client.get(response.url))
    assert f"Ditelaah {head}," in text_of(client.get(of("participant-detail", people[2])))
    assert "Telaah penolakan" not in text_of(client.get("/"))
    assert client.post(of("refusal-look", people[2])).status_code == 409


def test_after_the_closing_notes_go_on_and_invitations_wait(client, operator, ceremony, people):
    ceremonies.close_signing(actor=None, ceremony=ceremony)
    page = client.get(list_of(ceremony)).content.decode()
    assert of("follow-up-edit", people[3]) in page
    assert of("link-send", people[3]) not in page


def test_all_signed_says_so(client):
    ceremony = factories.open_ceremony()
    log_in(client, RoleName.OPERATOR, ceremony.organizer)
    factories.sign(factories.participant_of(ceremony))
    assert "Semua sudah menandatangani" in text_of(client.get(list_of(ceremony)))
