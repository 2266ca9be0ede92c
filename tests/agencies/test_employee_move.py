"""Moving somebody, taking them out of the roster and back: the pages."""

import pytest
from django.urls import reverse

from agencies.models import Agency, Employee, Event
from tests import factories
from tests.agencies.pages import messages_of


@pytest.fixture
def ani(city):
    return factories.EmployeeFactory(agency=city.opd, name="Ani Lestari", title_suffix="")


def act(client, user, name, employee, data=None):
    client.force_login(user)
    return client.post(reverse(name, args=[employee.uuid]), data or {}, follow=True)


def test_hr_moves_somebody_to_another_agency(client, city, ani):
    response = act(client, city.hr, "employee-move", ani, {"agency": city.other_opd.uuid})
    ani.refresh_from_db()
    assert ani.agency == city.other_opd
    assert response.redirect_chain[-1][0] == reverse("employee-detail", args=[ani.uuid])
    assert messages_of(response) == [("success", "Ani Lestari dipindahkan ke Dinas Kesehatan.")]


def test_a_post_that_became_vacant_is_said(client, city, ani):
    Agency.objects.filter(pk=city.opd.pk).update(head=ani)
    response = act(client, city.hr, "employee-move", ani, {"agency": city.other_opd.uuid})
    sentence = (
        "Jabatan kepala Dinas Komunikasi dan Informatika sekarang kosong. Tentukan penggantinya."
    )
    assert ("warning", sentence) in messages_of(response)


def test_a_place_that_is_none_is_said_next_to_the_field(client, city, regency, ani):
    for agency, said in [
        (city.opd.uuid, "Pegawai ini sudah bekerja di unit itu."),
        (regency.opd.uuid, None),
        ("", "Bidang ini tidak boleh kosong."),
    ]:
        response = act(client, city.hr, "employee-move", ani, {"agency": agency})
        assert response.status_code == 400
        errors = response.context["form"].errors
        assert list(errors) == ["agency"]
        assert said is None or errors["agency"] == [said]
    assert Employee.objects.get(pk=ani.pk).agency == city.opd


def test_hr_takes_somebody_out_and_back(client, city, ani):
    Agency.objects.filter(pk=city.opd.pk).update(head=ani)
    factories.UserFactory(username="ani", employee=ani, government=city.government)
    response = act(client, city.hr, "employee-deactivate", ani)
    assert messages_of(response) == [
        ("success", "Ani Lestari dinonaktifkan."),
        (
            "warning",
            "Jabatan kepala Dinas Komunikasi dan Informatika sekarang kosong. "
            "Tentukan penggantinya.",
        ),
        ("warning", "Akun ani milik pegawai ini masih berlaku. Akhiri bila perlu."),
    ]
    assert "Aktifkan kembali" in response.content.decode()
    response = act(client, city.hr, "employee-activate", ani)
    assert messages_of(response) == [("success", "Ani Lestari diaktifkan kembali.")]
    assert Employee.objects.active().get() == ani


def test_nobody_else_moves_people_or_takes_them_out(client, city, regency, ani):
    expected = [(city.operator, 403), (city.head, 403), (city.auditor, 403), (regency.hr, 404)]
    for user, status in expected:
        for name in ("employee-move", "employee-deactivate", "employee-activate"):
            data = {"agency": city.other_opd.uuid}
            assert act(client, user, name, ani, data).status_code == status
    assert not Event.objects.filter(act__startswith="employee.").exists()
