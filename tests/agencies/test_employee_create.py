"""/pegawai/tambah/"""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Employee
from tests import factories
from tests.agencies.pages import messages_of

CREATE = reverse("employee-create")
NIP = "197906062001042001"


def form_for(city, **fields):
    values = {"kind": "PNS", "number": NIP, "name": "Ani Lestari", "agency": city.unit.uuid}
    return {**values, **fields}


def post(client, user, data):
    client.force_login(user)
    return client.post(CREATE, data, follow=True)


def test_hr_adds_somebody_and_is_led_to_their_page(client, city):
    response = post(
        client,
        city.hr,
        form_for(
            city,
            name="  Ani \t Lestari ",
            number="19790606 200104 2 001",
            title_suffix="S.Kom.",
            grade="III/d",
            position="Sandiman Ahli Muda",
            echelon="",
            email="ani@example.go.id",
            phone="0812",
        ),
    )
    ani = Employee.objects.get()
    assert (ani.name, ani.number, ani.agency) == ("Ani Lestari", NIP, city.unit)
    assert (ani.grade, ani.position, ani.phone) == ("III/d", "Sandiman Ahli Muda", "0812")
    assert response.redirect_chain[-1][0] == reverse("employee-detail", args=[ani.uuid])
    assert messages_of(response) == [("success", "Ani Lestari, S.Kom. ditambahkan.")]


def test_an_odd_number_is_taken_with_a_warning(client, city):
    response = post(client, city.hr, form_for(city, number="197913062001042001"))
    assert Employee.objects.count() == 1
    warning = "Periksa NIP: tanggal lahir di dalam nomor tidak mungkin."
    assert warning in response.content.decode()
    assert warning not in str(messages_of(response))


@pytest.mark.parametrize(
    ("fields", "field", "error"),
    [
        ({"number": "1979"}, "number", "NIP harus 18 angka; tertulis 4 angka."),
        ({"number": "NIP saya"}, "number", "NIP harus 18 angka saja."),
        ({"kind": "NON_ASN"}, "number", "NIK harus 16 angka; tertulis 18 angka."),
        ({"name": ""}, "name", "Bidang ini tidak boleh kosong."),
        ({"name": "\u200b"}, "name", "Field ini tidak boleh kosong."),
        ({"agency": ""}, "agency", "Bidang ini tidak boleh kosong."),
        ({"email": "bukan surel"}, "email", "Masukkan alamat email yang valid."),
    ],
)
def test_what_cannot_be_stored_is_said_next_to_its_field(client, city, fields, field, error):
    response = post(client, city.hr, form_for(city, **fields))
    assert response.status_code == 400
    assert response.context["form"].errors == {field: [error]}
    assert not Employee.objects.exists()


def test_a_number_that_is_taken_is_said_with_its_owner(client, city):
    factories.EmployeeFactory(agency=city.other_opd, number=NIP, name="Budi", title_suffix="")
    response = post(client, city.hr, form_for(city))
    assert response.context["form"].errors == {
        "number": ["Nomor ini sudah dipakai Budi (Dinas Kesehatan)."]
    }


def test_the_agencies_to_choose_are_those_in_use_of_the_own_government_by_opd(
    client, city, regency
):
    room = factories.UnitFactory(parent=city.unit, name="Subbagian Umum")
    retired = factories.OpdFactory(parent=city.government, name="Dinas Lama")
    retired.retired_at = timezone.now()
    retired.save()
    client.force_login(city.hr)
    choices = client.get(CREATE).context["form"].fields["agency"].choices
    assert list(choices) == [
        ("", "Pilih unit kerja"),
        (city.government.uuid, "Pemerintah Kota Dumai"),
        (
            "Dinas Komunikasi dan Informatika",
            [
                (city.opd.uuid, "Dinas Komunikasi dan Informatika"),
                (city.unit.uuid, f"Bidang Persandian — {city.opd.name}"),
                (room.uuid, f"Subbagian Umum — Bidang Persandian — {city.opd.name}"),
            ],
        ),
        ("Dinas Kesehatan", [(city.other_opd.uuid, "Dinas Kesehatan")]),
    ]
    for stranger in (retired, regency.opd):
        response = post(client, city.hr, form_for(city, agency=stranger.uuid))
        assert list(response.context["form"].errors) == ["agency"]


def test_the_address_may_name_the_agency(client, city, regency):
    def chosen(opd):
        client.force_login(city.hr)
        return client.get(CREATE, {"opd": opd}).context["form"]["agency"].value()

    assert chosen(city.unit.uuid) == city.unit.uuid
    for stranger in (regency.opd.uuid, "bogus", ""):
        assert chosen(stranger) is None


def test_only_hr_adds_people(client, city, regency):
    for user in (city.operator, city.head, city.auditor, factories.UserFactory()):
        assert post(client, user, form_for(city)).status_code == 403
    response = post(client, regency.hr, form_for(city))
    assert list(response.context["form"].errors) == ["agency"]
    assert not Employee.objects.filter(number=NIP).exists()
