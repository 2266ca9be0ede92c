"""GET /opd/<uuid>/"""

from datetime import UTC, datetime

from django.urls import reverse

from agencies.choices import EmployeeKind, RoleName, TimeZone
from agencies.models import Agency
from agencies.services.logos import set_logo
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


def test_it_leads_to_the_employees_of_the_agency(client, city):
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
