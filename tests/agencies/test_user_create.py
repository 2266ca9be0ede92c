"""HR lets somebody in: the form, and what it says when something is missing."""

import pytest
from django.core import mail
from django.urls import reverse

from agencies.choices import ROLE_PURPOSES
from agencies.models import User
from tests import factories

ADDRESS = reverse("user-create")
EMAIL = "khairil@dumaikota.example"


@pytest.fixture
def send(client, city):
    """A function that sends the form as HR and returns the answer."""
    client.force_login(city.hr)

    def post(**changes):
        data = {
            "name": "Khairil Adli",
            "email": EMAIL,
            "role": "HEAD",
            "agency": city.opd.uuid,
            **changes,
        }
        return client.post(ADDRESS, data)

    return post


def errors_of(response):
    assert response.status_code == 400
    return response.context["form"].errors


def test_the_form_explains_each_role_and_offers_the_agencies_in_use(client, city, regency):
    factories.UnitFactory(parent=city.opd, name="Bidang Lama", retired_at=city.hr.date_joined)
    client.force_login(city.hr)
    page = client.get(ADDRESS).content.decode()
    assert [purpose in page for purpose in ROLE_PURPOSES.values()] == [True] * 4
    assert "Bidang Persandian" in page
    assert "Bidang Lama" not in page
    assert regency.opd.name not in page


def test_a_new_user_is_invited_by_mail_and_shown(send, city, run_tasks):
    answer = send()
    user = User.objects.get(email=EMAIL)
    assert answer.headers["Location"] == reverse("user-detail", args=[user.uuid])
    assert user.rights.grants == (("HEAD", city.opd.path),)
    run_tasks()
    assert mail.outbox[0].to == [EMAIL]


def test_an_employee_brings_name_and_address_along(send, city):
    factories.EmployeeFactory(
        agency=city.opd, name="Khairil Adli", email=EMAIL, number="197906062001042001"
    )
    send(employee="19790606 200104 2 001", name="", email="")
    user = User.objects.get(username="197906062001042001")
    assert (user.first_name, user.email) == ("Khairil Adli, S.Kom.", EMAIL)
    assert user.employee.number == user.username


def test_what_the_list_of_employees_does_not_know_must_be_typed(send, city):
    employee = factories.EmployeeFactory(agency=city.opd)
    errors = errors_of(send(employee=employee.number, name="", email=""))
    assert errors == {"email": ["Isi alamat surel: undangan dikirim ke sana."]}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "name", "Isi nama, atau NIP pegawainya."),
        ({"email": ""}, "email", "Isi alamat surel: undangan dikirim ke sana."),
        ({"email": "bukan surel"}, "email", "Masukkan alamat email yang valid."),
        (
            {"employee": "197906062001042009"},
            "employee",
            "Tidak ada pegawai dengan nomor ini dalam daftar pegawai.",
        ),
        (
            {"role": "HR"},
            "agency",
            "Peran BKPSDM hanya dapat diberikan pada pemerintah daerah, tidak pada OPD atau unit.",
        ),
        ({"username": "lama"}, "username", "Nama pengguna lama sudah dipakai."),
    ],
)
def test_a_refusal_stands_next_to_its_field_and_makes_nobody(send, changes, field, sentence):
    factories.UserFactory(username="lama")
    before = User.objects.count()
    assert errors_of(send(**changes)) == {field: [sentence]}
    assert User.objects.count() == before


def test_an_employee_who_has_an_account_is_refused_next_to_the_number(send, city):
    employee = factories.EmployeeFactory(agency=city.opd)
    factories.UserFactory(employee=employee, government=city.government)
    errors = errors_of(send(employee=employee.number))
    assert errors == {"employee": ["Pegawai ini sudah memiliki akun."]}


def test_an_agency_of_another_government_cannot_be_chosen(send, regency):
    assert list(errors_of(send(agency=regency.opd.uuid))) == ["agency"]


def test_an_employee_of_another_government_is_not_known(send, regency):
    assert list(errors_of(send(employee=regency.employee.number))) == ["employee"]
