"""What a reorganisation means for ceremonies and pacts (docs/decisions/0007-reorganisation.md)."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Agency, Event
from agencies.services import reorganisation
from netralitas.lib.errors import Refusal
from pledges.choices import Scope
from pledges.models import Participant
from pledges.services import ceremonies
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    """Two OPD of a city and a clinic in the first; one person works in each."""
    government = factories.GovernmentFactory(name="Pemerintah Kota Dumai")
    first = factories.OpdFactory(parent=government, name="Dinas Kesehatan")
    clinic = factories.UnitFactory(parent=first, name="Puskesmas Kota")
    second = factories.OpdFactory(parent=government, name="Dinas Sosial")
    agencies = {"Kota": government, "Satu": first, "Klinik": clinic, "Dua": second}
    for name, agency in agencies.items():
        factories.EmployeeFactory(agency=agency, name=name)
    return agencies


@pytest.fixture
def signed(city):
    """A ceremony of the whole city, before the reorganisation, at which everybody has signed."""
    ceremony = factories.open_ceremony(city["Kota"], employees=0)
    for participant in ceremony.participants.all():
        factories.sign(participant)
    return ceremony


def merge(source, target):
    reorganisation.merge_agency(actor=None, source=source, target=target, roles=[])


def fresh(agency):
    return Agency.objects.get(pk=agency.pk)


def archive_of(client, user, ceremony):
    """The names in the ZIP of all pacts that the user may read."""
    client.force_login(user)
    response = client.get(reverse("pact-zip", args=[ceremony.uuid]))
    assert response.status_code == 200
    return sorted(ZipFile(BytesIO(response.getvalue())).namelist())


# What was signed --------------------------------------------------------------------------------


def test_the_head_of_the_target_downloads_what_was_signed_in_the_merged_agency(
    client, city, signed
):
    head = factories.user_with_role(RoleName.HEAD, city["Dua"])
    merge(city["Satu"], city["Dua"])
    names = archive_of(client, head, signed)
    folders = sorted(name.rpartition("/")[0] for name in names)
    assert folders == ["Dinas Kesehatan", "Dinas Kesehatan/Puskesmas Kota", "Dinas Sosial"]
    for participant in signed.participants.exclude(bare_name="Kota"):
        address = reverse("pact-pdf", args=[signed.uuid, participant.uuid])
        assert client.get(address).getvalue().startswith(b"%PDF")


def test_before_the_merger_they_were_closed_to_that_head(client, city, signed):
    head = factories.user_with_role(RoleName.HEAD, city["Dua"])
    assert len(archive_of(client, head, signed)) == 1


def test_the_pacts_follow_through_several_mergers(client, city, signed):
    third = factories.OpdFactory(parent=city["Kota"], name="Dinas Baru")
    head = factories.user_with_role(RoleName.HEAD, third)
    merge(city["Satu"], city["Dua"])
    merge(fresh(city["Dua"]), third)
    assert len(archive_of(client, head, signed)) == 3


def test_what_was_signed_stays_under_the_name_of_the_day(city, signed):
    before = list(signed.participants.order_by("id").values("agency", "opd", "opd_name"))
    merge(city["Satu"], city["Dua"])
    assert list(signed.participants.order_by("id").values("agency", "opd", "opd_name")) == before


def test_a_role_on_the_merged_agency_still_reaches_what_was_signed_there(client, city, signed):
    head = factories.user_with_role(RoleName.HEAD, city["Satu"])
    merge(city["Satu"], city["Dua"])
    assert len(archive_of(client, head, signed)) == 2
    assert not Participant.objects.visible_to(head).filter(bare_name="Dua").exists()


def test_a_merged_units_pacts_stay_with_its_opd_when_it_goes_to_another(client, city, signed):
    old = factories.user_with_role(RoleName.HEAD, city["Satu"])
    new = factories.user_with_role(RoleName.HEAD, city["Dua"])
    merge(city["Klinik"], city["Dua"])
    assert len(archive_of(client, old, signed)) == 2
    assert len(archive_of(client, new, signed)) == 1


def test_a_unit_merged_within_its_opd_is_reached_from_its_successor(client, city, signed):
    other = factories.UnitFactory(parent=city["Satu"], name="Puskesmas Timur")
    head = factories.user_with_role(RoleName.HEAD, other)
    merge(city["Klinik"], other)
    names = archive_of(client, head, signed)
    assert [name.rpartition("/")[0] for name in names] == ["Dinas Kesehatan/Puskesmas Kota"]


def test_in_an_open_ceremony_the_operator_of_the_target_invites_the_merged_ones(client, city):
    ceremony = factories.open_ceremony(city["Kota"], employees=0)
    operator = factories.user_with_role(RoleName.OPERATOR, city["Dua"])
    merge(city["Satu"], city["Dua"])
    client.force_login(operator)
    participant = ceremony.participants.get(bare_name="Satu")
    address = reverse("link-issue", args=[ceremony.uuid, participant.uuid])
    assert client.post(address).status_code == 302


# New ceremonies ---------------------------------------------------------------------------------


def test_people_of_the_merged_agency_take_part_with_the_target(city):
    merge(city["Satu"], city["Dua"])
    ceremony = factories.open_ceremony(fresh(city["Dua"]), employees=0)
    found = ceremony.participants.values_list("bare_name", "agency_name", "opd_name")
    assert sorted(found) == [
        ("Dua", "Dinas Sosial", "Dinas Sosial"),
        ("Klinik", "Puskesmas Kota", "Dinas Sosial"),
        ("Satu", "Dinas Sosial", "Dinas Sosial"),
    ]


def draft_choosing(city, *agencies):
    """A draft of the city in which the chosen agencies take part."""
    ceremony = factories.draft_ceremony(city["Kota"])
    ceremony.scope = Scope.AGENCIES
    ceremonies.save_draft(
        actor=None,
        ceremony=ceremony,
        agencies=list(agencies),
        officials=[{"role": "LEADER", "name": "Khairil Adli", "position": "Kepala Dinas"}],
    )
    return ceremony


def test_a_draft_that_names_a_retired_agency_is_not_frozen_in_silence(city):
    ceremony = draft_choosing(city, city["Satu"], city["Dua"])
    merge(city["Satu"], city["Dua"])
    count = Event.objects.count()
    with pytest.raises(Refusal) as refused:
        ceremonies.freeze(actor=None, ceremony=ceremony)
    assert refused.value.message == "Dinas Kesehatan tidak dipakai lagi. Pilih penggantinya."
    assert refused.value.field == "agencies"
    assert not Participant.objects.exists()
    assert Event.objects.count() == count


def test_a_draft_of_a_retired_organiser_is_not_frozen(city):
    ceremony = factories.draft_ceremony(city["Satu"])
    merge(city["Satu"], city["Dua"])
    with pytest.raises(Refusal) as refused:
        ceremonies.freeze(actor=None, ceremony=ceremony)
    assert refused.value.field == "organizer"


def test_no_draft_is_saved_with_a_retired_agency(city):
    merge(city["Satu"], city["Dua"])
    with pytest.raises(Refusal) as refused:
        draft_choosing(city, fresh(city["Satu"]))
    assert refused.value.field == "agencies"


def test_a_retired_opd_is_not_offered_for_a_ceremony(client, city):
    empty = factories.OpdFactory(parent=city["Kota"], name="Dinas Kosong")
    client.force_login(factories.user_with_role(RoleName.HR, city["Kota"]))
    offered = [client.get(reverse("ceremony-create")).content.decode()]
    reorganisation.retire_agency(actor=None, agency=empty)
    offered.append(client.get(reverse("ceremony-create")).content.decode())
    assert ["Dinas Kosong" in page for page in offered] == [True, False]
