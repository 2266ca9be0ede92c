"""GET /opd/<uuid>/"""

from datetime import UTC, datetime

from django.urls import reverse

from agencies.choices import EmployeeKind, RoleName, TimeZone
from agencies.models import Agency
from agencies.services.employees import deactivate_employee, move_employee
from agencies.services.logos import set_logo
from agencies.services.reorganisation import merge_agency, retire_agency
from tests import factories


def page_of(client, user, agency):
    client.force_login(user)
    response = client.get(reverse("agency-detail", args=[agency.uuid]))
    assert response.status_code == 200
    return response


def test_it_shows_head_letterhead_and_the_time_zone_of_the_government(client, city):
    city.government.time_zone = TimeZone.WITA
    city.government.save()
    city.opd.head = factories.EmployeeFactory(
        agency=city.opd, name="KHAIRIL ADLI", position="Kepala Dinas"
    )
    city.opd.address = "Jalan Putri Tujuh Nomor 7"
    city.opd.save()
    page = page_of(client, city.head, city.opd).content.decode()
    for shown in ("KHAIRIL ADLI, S.Kom.", "Kepala Dinas", "Jalan Putri Tujuh Nomor 7", "WITA"):
        assert shown in page


def test_it_counts_the_active_employees_below_it_by_kind(client, city):
    factories.EmployeeFactory.create_batch(2, agency=city.unit, kind=EmployeeKind.PNS)
    factories.EmployeeFactory(agency=city.opd, kind=EmployeeKind.NON_ASN)
    factories.EmployeeFactory(agency=city.opd, kind=EmployeeKind.PPPK, active=False)
    factories.EmployeeFactory(agency=city.other_opd, kind=EmployeeKind.CPNS)
    kinds = page_of(client, city.operator, city.opd).context["kinds"]
    assert [(kind.label, kind.employees) for kind in kinds] == [("PNS", 2), ("Non-ASN", 1)]


def test_it_lists_the_units_directly_below_with_all_people_below_them(client, city):
    section = factories.UnitFactory(parent=city.unit, name="Seksi Persandian")
    factories.EmployeeFactory(agency=section)
    rows = page_of(client, city.operator, city.opd).context["table"].paginated_rows
    assert [list(row.cells)[1:] for row in rows] == [["1", "1"]]
    assert [row.record for row in rows] == [city.unit]


def test_the_trail_leads_up_the_tree_only_as_far_as_the_user_may_go(client, city):
    detail = {
        agency.name: reverse("agency-detail", args=[agency.uuid])
        for agency in (city.government, city.opd)
    }
    up_to_opd = [("Instansi", "/opd/"), (city.opd.name, detail[city.opd.name])]
    all_the_way = [up_to_opd[0], (city.government.name, detail[city.government.name]), up_to_opd[1]]
    assert page_of(client, city.hr, city.unit).context["crumbs"] == all_the_way
    assert page_of(client, city.operator, city.unit).context["crumbs"] == up_to_opd


def test_it_leads_to_the_employees_of_the_agency_or_to_adding_the_first(client, city):
    add = f"{reverse('employee-create')}?opd={city.unit.uuid}"
    page = page_of(client, city.hr, city.unit).content.decode()
    assert add in page
    assert "/pegawai/?agency=" not in page
    factories.EmployeeFactory(agency=city.unit)
    assert add not in page_of(client, city.hr, city.unit).content.decode()
    page = page_of(client, city.operator, city.unit).content.decode()
    assert f'href="/pegawai/?agency={city.unit.uuid}"' in page


def test_only_hr_is_offered_to_edit(client, city):
    edit = reverse("agency-edit", args=[city.opd.uuid])
    assert f'href="{edit}"' in page_of(client, city.hr, city.opd).content.decode()
    for user in (city.operator, city.head, city.auditor):
        assert edit not in page_of(client, user, city.opd).content.decode()


def retire(agency, into=None):
    moment = datetime(2024, 1, 2, 18, tzinfo=UTC)
    Agency.objects.filter(pk=agency.pk).update(retired_at=moment, merged_into=into)


def test_a_retired_agency_says_so_and_which_one_took_it_over(client, city):
    retire(city.opd, into=city.other_opd)
    city.government.time_zone = TimeZone.WIB
    city.government.save()
    page = page_of(client, city.hr, city.opd).content.decode()
    successor = reverse("agency-detail", args=[city.other_opd.uuid])
    assert f'Sejak 3 Januari 2024, digabung ke <a href="{successor}">Dinas Kesehatan</a>.' in page


def test_a_retired_agency_without_people_offers_neither_them_nor_editing(client, city):
    retire(city.unit)
    page = page_of(client, city.hr, city.unit).content.decode()
    assert "Tidak ada lagi" in page
    for address in ("/pegawai/?agency=", reverse("agency-edit", args=[city.unit.uuid])):
        assert address not in page
    for name in ("employee-create", "agency-logo-edit"):
        arguments = [city.unit.uuid] if name == "agency-logo-edit" else []
        assert reverse(name, args=arguments) not in page
    for said in ("Belum ada", "Belum ditentukan", "Belum diisi"):
        assert said not in page


def test_a_merged_agency_is_not_read_as_a_unit_of_its_successor(client, city):
    merge_agency(actor=city.hr, source=city.opd, target=city.other_opd, roles=[])
    merged = Agency.objects.get(pk=city.opd.pk)
    former = factories.EmployeeFactory(agency=merged, active=False)
    page = page_of(client, city.hr, city.opd)
    assert [label for label, _ in page.context["crumbs"]] == ["Instansi", city.government.name]
    assert (page.context["parent"], page.context["level"]) == (city.government, "")
    response = client.get(reverse("employee-detail", args=[former.uuid]))
    above = [label for label, _ in response.context["agencies"]]
    assert above == [city.government.name, city.opd.name]
    table = client.get(reverse("employee-list"), {"active": "tidak"}).context["table"]
    assert [row.get_cell("agency") for row in table.rows] == [merged.title] == [city.opd.name]
    page = page_of(client, city.hr, city.other_opd)
    assert page.context["taken_over"] == [city.opd]
    assert "Instansi yang digabung ke sini" in page.content.decode()
    found = client.get(reverse("agency-list"), {"q": "komunikasi", "use": "tidak"})
    (row,) = found.context["table"].rows
    assert row.get_cell("way") == "Digabung ke Dinas Kesehatan"


def test_a_retired_unit_belongs_to_what_was_merged_wherever_it_is_named(client, city):
    person = factories.EmployeeFactory(agency=city.opd)
    move_employee(actor=city.hr, employee=person, agency=city.unit)
    deactivate_employee(actor=city.hr, employee=person)
    retire_agency(actor=city.hr, agency=city.unit)
    merge_agency(actor=city.hr, source=city.opd, target=city.other_opd, roles=[])
    unit = Agency.objects.get(pk=city.unit.pk)
    assert unit.path.startswith(Agency.objects.get(pk=city.other_opd.pk).path)
    assert unit.title == "Bidang Persandian, Dinas Komunikasi dan Informatika"
    above = [label for label, _ in page_of(client, city.hr, unit).context["crumbs"]]
    assert above == ["Instansi", city.government.name, city.opd.name]
    response = client.get(reverse("employee-detail", args=[person.uuid]))
    assert response.context["places"][0].opd == city.opd.name
    table = client.get(reverse("employee-list"), {"active": "tidak"}).context["table"]
    assert city.opd.name in table.rows[0].get_cell("agency")


def test_who_may_not_open_the_successor_reads_its_name(client, city):
    retire(city.opd, into=city.other_opd)
    page = page_of(client, city.operator, city.opd).content.decode()
    assert "digabung ke Dinas Kesehatan." in page
    assert str(city.other_opd.uuid) not in page


def test_retired_units_stand_in_a_list_of_their_own(client, city):
    factories.UnitFactory(parent=city.opd, name="Sekretariat")
    retire(city.unit)
    response = page_of(client, city.operator, city.opd)
    rows = response.context["table"].paginated_rows
    assert [row.record.name for row in rows] == ["Sekretariat"]
    assert response.context["retired_units"] == [city.unit]
    assert "Unit yang tidak dipakai lagi" in response.content.decode()


def offered(client, user, agency):
    """Which acts of a reorganisation the page offers."""
    acts = ("create", "move", "merge", "retire", "revive")
    page = page_of(client, user, agency).content.decode()
    return {act for act in acts if reverse(f"agency-{act}", args=[agency.uuid]) in page}


def test_hr_is_offered_what_can_be_done_with_the_agency(client, city):
    assert offered(client, city.hr, city.government) == {"create"}
    assert offered(client, city.hr, city.opd) == {"create", "move", "merge", "retire"}
    factories.EmployeeFactory(agency=city.unit)
    assert offered(client, city.hr, city.opd) == {"create", "move", "merge"}
    retire(city.other_opd)
    assert offered(client, city.hr, city.other_opd) == {"revive"}


def test_nobody_else_is_offered_any_of_it(client, city):
    for user in (city.operator, city.head, city.auditor):
        assert offered(client, user, city.opd) == set()


def test_the_logo_is_shown_with_whose_it_is(client, city):
    address = reverse("agency-logo", args=[city.opd.uuid])
    edit = reverse("agency-logo-edit", args=[city.opd.uuid])
    page = page_of(client, city.hr, city.opd).content.decode()
    assert "Lambang netral" in page
    assert f'href="{edit}">Unggah logo' in page
    set_logo(actor=None, agency=city.government, content=factories.picture())
    page = page_of(client, city.operator, city.opd).content.decode()
    assert f'src="{address}" alt="Logo Pemerintah Kota Dumai"' in page
    assert edit not in page
    set_logo(actor=None, agency=city.opd, content=factories.picture())
    assert f'href="{edit}">Ganti logo' in page_of(client, city.hr, city.opd).content.decode()


def test_the_operator_is_led_to_inviting_the_employees(client, city):
    invite = reverse("agency-invite", args=[city.opd.uuid])
    assert invite in page_of(client, city.operator, city.opd).content.decode()
    assert invite not in page_of(client, city.head, city.opd).content.decode()
    retire(city.opd)
    assert invite not in page_of(client, city.operator, city.opd).content.decode()


def test_a_role_on_a_retired_agency_still_opens_it(client, city):
    retire(city.unit)
    head = factories.user_with_role(RoleName.HEAD, city.unit)
    assert "Tidak dipakai lagi" in page_of(client, head, city.unit).content.decode()


def test_a_stranger_gets_404(client, city, regency):
    address = reverse("agency-detail", args=[city.opd.uuid])
    for user in (regency.hr, factories.UserFactory()):
        client.force_login(user)
        assert client.get(address).status_code == 404


def test_an_operator_does_not_see_another_opd(client, city):
    client.force_login(city.operator)
    assert client.get(reverse("agency-detail", args=[city.other_opd.uuid])).status_code == 404
    assert client.get(reverse("agency-detail", args=[city.government.uuid])).status_code == 404
