"""/pegawai/<uuid>/ubah/"""

import pytest
from django.urls import reverse

from agencies.models import Employee, Event
from tests import factories
from tests.agencies.pages import messages_of

NIP = "197906062001042001"


@pytest.fixture
def ani(city):
    return factories.EmployeeFactory(
        agency=city.unit, name="Ani Lestari", title_suffix="", number=NIP, phone="0812"
    )


def edit_address(employee):
    return reverse("employee-edit", args=[employee.uuid])


def page_as_sent(client, user, employee):
    """What the browser would send if nothing were changed: fields, and what they held before."""
    client.force_login(user)
    form = client.get(edit_address(employee)).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    return {**values, **{f"initial-{name}": value for name, value in values.items()}}


def post(client, employee, data):
    return client.post(edit_address(employee), data, follow=True)


def test_hr_corrects_a_field_and_is_led_back(client, city, ani):
    data = page_as_sent(client, city.hr, ani)
    response = post(client, ani, {**data, "name": "Ani Sri Lestari", "grade": "IV/a"})
    ani.refresh_from_db()
    assert (ani.name, ani.grade, ani.phone) == ("Ani Sri Lestari", "IV/a", "0812")
    assert response.redirect_chain[-1][0] == reverse("employee-detail", args=[ani.uuid])
    assert messages_of(response) == [("success", "Data Ani Sri Lestari disimpan.")]
    assert Event.objects.get(act="employee.changed").data == {"fields": ["name", "grade"]}


def test_the_page_holds_what_each_field_held(client, city, ani):
    client.force_login(city.hr)
    page = client.get(edit_address(ani)).content.decode()
    assert f'<input type="hidden" name="initial-number" value="{NIP}"' in page


def test_what_somebody_else_has_changed_meanwhile_is_left_alone(client, city, ani):
    data = page_as_sent(client, city.hr, ani)
    Employee.objects.filter(pk=ani.pk).update(phone="0899", position="Sandiman")
    post(client, ani, {**data, "name": "Ani Sri"})
    ani.refresh_from_db()
    assert (ani.name, ani.phone, ani.position) == ("Ani Sri", "0899", "Sandiman")


def test_nothing_changed_is_said_so(client, city, ani):
    response = post(client, ani, page_as_sent(client, city.hr, ani))
    assert messages_of(response) == [("info", "Tidak ada yang berubah.")]
    assert not Event.objects.filter(act="employee.changed").exists()


def test_an_odd_number_is_warned_of_until_it_is_mended(client, city, ani):
    data = page_as_sent(client, city.hr, ani)
    warning = "Periksa NIP: bulan TMT CPNS di dalam NIP tidak mungkin."
    for typed, odd in [("19790606 200199 2 001", True), ("19790606 200104 2 001", False)]:
        response = post(client, ani, {**data, "number": typed})
        assert (warning in response.content.decode()) is odd


def test_the_form_says_what_the_next_import_does(client, city, ani):
    client.force_login(city.hr)
    page = client.get(edit_address(ani)).content.decode()
    assert "Impor berikutnya menulis lagi data yang juga tercatat di SIASN." in page


def test_a_grade_that_only_an_import_knows_can_stay(client, city, ani):
    Employee.objects.filter(pk=ani.pk).update(grade="GOL. 9", echelon="Setara II")
    data = page_as_sent(client, city.hr, ani)
    post(client, ani, {**data, "name": "Ani Sri"})
    ani.refresh_from_db()
    assert (ani.name, ani.grade, ani.echelon) == ("Ani Sri", "GOL. 9", "Setara II")


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("number", "12345", "NIP harus 18 angka; tertulis 5 angka."),
        ("kind", "NON_ASN", None),
        ("name", " ", "Bidang ini tidak boleh kosong."),
        (
            "grade",
            "V/z",
            "Masukkan pilihan yang valid. V/z bukan salah satu dari pilihan yang tersedia.",
        ),
    ],
)
def test_what_cannot_be_stored_is_said_and_changes_nothing(client, city, ani, field, value, error):
    data = page_as_sent(client, city.hr, ani)
    response = post(client, ani, {**data, field: value})
    assert response.status_code == 400
    where = "number" if field == "kind" else field
    said = error or "NIK harus 16 angka; tertulis 18 angka."
    assert response.context["form"].errors == {where: [said]}
    assert "<h1>Ubah data pegawai</h1>" in response.content.decode()
    assert not Event.objects.filter(act="employee.changed").exists()


def test_insiders_without_the_right_and_strangers_cannot(client, city, regency, ani):
    expected = [(city.operator, 403), (city.head, 403), (city.auditor, 403), (regency.hr, 404)]
    for user, status in expected:
        client.force_login(user)
        assert client.get(edit_address(ani)).status_code == status
        assert client.post(edit_address(ani), {"name": "X"}).status_code == status
