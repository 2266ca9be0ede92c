"""GET /opd/<uuid>/"""

from django.urls import reverse

from agencies.choices import EmployeeKind, TimeZone
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


def test_a_stranger_gets_404(client, city, regency):
    address = reverse("agency-detail", args=[city.opd.uuid])
    for user in (regency.hr, factories.UserFactory()):
        client.force_login(user)
        assert client.get(address).status_code == 404


def test_an_operator_does_not_see_another_opd(client, city):
    client.force_login(city.operator)
    assert client.get(reverse("agency-detail", args=[city.other_opd.uuid])).status_code == 404
    assert client.get(reverse("agency-detail", args=[city.government.uuid])).status_code == 404
