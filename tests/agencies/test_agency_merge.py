"""/opd/<uuid>/gabung/ and /opd/<uuid>/gabung/<uuid>/: choosing, looking, merging."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.choices import RoleName
from agencies.models import Agency, Employee, Event, Role
from tests import factories


def chooser_of(agency):
    return reverse("agency-merge", args=[agency.uuid])


def preview_of(agency, target):
    return reverse("agency-merge-into", args=[agency.uuid, target.uuid])


def fact(page, label):
    """The value beside a label of the list of facts."""
    return page.split(f"<dt>{label}</dt>")[1].split("<dd>")[1].split("</dd>")[0].strip()


def test_first_the_agency_that_takes_over_is_chosen(client, city):
    client.force_login(city.hr)
    response = client.get(chooser_of(city.opd))
    offered = [one.name for one in response.context["form"].fields["target"].queryset]
    assert offered == ["Dinas Kesehatan"]
    assert '<form  method="get" >' in response.content.decode()
    response = client.get(chooser_of(city.opd), {"target": city.other_opd.uuid})
    assert response["Location"] == preview_of(city.opd, city.other_opd)


def test_a_target_that_is_not_offered_is_refused_next_to_the_field(client, city):
    client.force_login(city.hr)
    response = client.get(chooser_of(city.opd), {"target": city.unit.uuid})
    assert list(response.context["form"].errors) == ["target"]


def test_then_the_page_shows_what_will_happen_and_changes_nothing(client, city):
    factories.EmployeeFactory.create_batch(2, agency=city.opd)
    factories.EmployeeFactory.create_batch(3, agency=city.unit)
    client.force_login(city.hr)
    page = client.get(preview_of(city.opd, city.other_opd)).content.decode()
    assert fact(page, "Pegawai yang berpindah") == "2"
    assert fact(page, "Unit yang berpindah").startswith("1, beserta 3 pegawai di dalamnya")
    assert fact(page, "Tidak dipakai lagi") == "Dinas Komunikasi dan Informatika"
    assert fact(page, "Kepala tetap") == "Belum ditentukan"
    assert "<li>Bidang Persandian</li>" in page
    assert not Event.objects.exists()
    assert Agency.objects.in_use().count() == Agency.objects.count()


def test_the_page_says_who_gets_what_was_signed(client, city):
    unit = factories.UnitFactory(parent=city.opd, name="Bidang Kedua")
    client.force_login(city.hr)
    for source, target, told in [
        (city.opd, city.other_opd, "Kepala Dinas Kesehatan dapat mengunduhnya."),
        (city.unit, unit, "Kepala Bidang Kedua dapat mengunduhnya."),
        (city.unit, city.other_opd, "OPD lama tetap menyimpannya."),
    ]:
        assert told in client.get(preview_of(source, target)).content.decode()


def test_units_of_one_name_are_pointed_out(client, city):
    client.force_login(city.hr)
    address = preview_of(city.opd, city.other_opd)
    assert "Unit bernama sama" not in client.get(address).content.decode()
    factories.UnitFactory(parent=city.other_opd, name="Bidang Persandian")
    assert "Dinas Kesehatan sudah memiliki: Bidang Persandian." in (
        client.get(address).content.decode()
    )


def test_hr_decides_about_each_role(client, city):
    client.force_login(city.hr)
    address = preview_of(city.opd, city.other_opd)
    choices = client.get(address).context["form"].fields["roles"].choices
    assert [(code, str(label)) for code, label in choices] == sorted(
        [
            (f"{city.operator.uuid} OPERATOR", "Pengguna — Operator OPD"),
            (f"{city.head.uuid} HEAD", "Pengguna — Kepala OPD"),
        ],
        key=lambda choice: (
            city.operator.username if "OPERATOR" in choice[0] else city.head.username
        ),
    )
    client.post(address, {"roles": [f"{city.operator.uuid} OPERATOR"]})
    granted = Role.objects.filter(agency=city.other_opd)
    assert [(role.user, role.role) for role in granted] == [(city.operator, RoleName.OPERATOR)]


def test_after_merging_one_is_led_to_the_agency_that_stays(client, city):
    person = factories.EmployeeFactory(agency=city.opd)
    client.force_login(city.hr)
    response = client.post(preview_of(city.opd, city.other_opd), follow=True)
    assert response.redirect_chain == [(reverse("agency-detail", args=[city.other_opd.uuid]), 302)]
    told = "Dinas Komunikasi dan Informatika digabung ke Dinas Kesehatan."
    assert told in response.content.decode()
    assert Employee.objects.get(pk=person.pk).agency == city.other_opd
    assert not Role.objects.filter(agency=city.other_opd).exists()


def test_units_are_named_with_their_opd(client, city):
    source = factories.UnitFactory(parent=city.opd, name="Bidang I")
    target = factories.UnitFactory(parent=city.other_opd, name="Bidang I")
    client.force_login(city.hr)
    page = client.get(preview_of(source, target)).content.decode()
    assert fact(page, "Tidak dipakai lagi") == "Bidang I, Dinas Komunikasi dan Informatika"
    assert "Digabung ke Bidang I, Dinas Kesehatan" in page
    response = client.post(preview_of(source, target), follow=True)
    told = "Bidang I, Dinas Komunikasi dan Informatika digabung ke Bidang I, Dinas Kesehatan."
    assert told in response.content.decode()


def test_a_role_from_elsewhere_is_refused_and_nothing_merged(client, city):
    client.force_login(city.hr)
    response = client.post(
        preview_of(city.opd, city.other_opd), {"roles": [f"{city.auditor.uuid} AUDITOR"]}
    )
    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["roles"]
    assert Agency.objects.get(pk=city.opd.pk).retired_at is None


def test_where_nobody_holds_a_role_the_page_says_so(client, city):
    client.force_login(city.hr)
    response = client.get(preview_of(city.unit, city.other_opd))
    assert "Tidak ada pengguna yang memegang peran pada Bidang Persandian." in (
        response.content.decode()
    )
    assert client.post(preview_of(city.unit, city.other_opd)).status_code == 302


def test_what_cannot_be_merged_into_is_not_there(client, city, regency):
    client.force_login(city.hr)
    for target in (city.opd, city.unit, regency.opd):
        assert client.get(preview_of(city.opd, target)).status_code == 404
        assert client.post(preview_of(city.opd, target)).status_code == 404
    assert client.get(preview_of(city.opd, city.government)).status_code == 409


def test_a_government_and_a_retired_agency_are_not_merged(client, city):
    client.force_login(city.hr)
    Agency.objects.filter(pk=city.opd.pk).update(retired_at=timezone.now())
    for agency in (city.government, city.opd):
        assert client.get(chooser_of(agency)).status_code == 409
        assert client.post(preview_of(agency, city.other_opd)).status_code == 409


@pytest.mark.parametrize("role", ["operator", "head", "auditor"])
def test_nobody_else_merges_agencies(client, city, role):
    client.force_login(getattr(city, role))
    assert client.get(chooser_of(city.opd)).status_code == 403
    assert client.post(preview_of(city.opd, city.other_opd)).status_code == 403
