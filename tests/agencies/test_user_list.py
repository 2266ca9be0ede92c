"""The list of accounts and its export."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from openpyxl import load_workbook

from agencies.models import AccountMail, Event, User
from tests import factories

ADDRESS = reverse("user-list")


@pytest.fixture
def found(client, city):
    """A function: the user names in the list, as `city.hr` finds them with a query string."""
    for name, user in vars(city).items():
        if isinstance(user, User):
            User.objects.filter(pk=user.pk).update(username=name)
    client.force_login(city.hr)

    def names(query=""):
        response = client.get(f"{ADDRESS}?{query}")
        return [row.record.username for row in response.context["table"].paginated_rows]

    return names


def test_hr_sees_the_accounts_of_its_government_alone(found, regency):
    assert sorted(found()) == ["auditor", "head", "hr", "operator"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=head", ["head"]),
        ("q=komunikasi", ["head", "operator"]),
        ("q=komunikasi+head", ["head"]),
        ("q=tidak-ada", []),
        ("role=AUDITOR", ["auditor"]),
        ("state=ENDED", ["operator"]),
        ("state=INVITED", ["head"]),
        ("state=ACTIVE", ["auditor", "hr"]),
        ("role=HEAD&state=INVITED", ["head"]),
    ],
)
def test_accounts_are_found_by_words_role_and_state(found, city, query, names):
    User.objects.filter(pk=city.operator.pk).update(is_active=False)
    User.objects.filter(pk=city.head.pk).update(password="!")
    assert sorted(found(query)) == names


def test_an_account_is_found_by_the_number_of_its_employee_as_printed(found, city):
    employee = factories.EmployeeFactory(
        agency=city.opd, number="197906062001042001", name="Suriyanto"
    )
    User.objects.filter(pk=city.head.pk).update(employee=employee)
    assert found("q=19790606+200104+2+001") == ["head"]
    assert found("q=suriyanto") == ["head"]


def test_whoever_logs_in_by_single_sign_on_is_active_without_a_password(found, city):
    User.objects.filter(pk=city.head.pk).update(password="!", last_login=datetime.now(UTC))
    assert "head" in found("state=ACTIVE")
    assert User.objects.get(pk=city.head.pk).state == "ACTIVE"


def row_of(client, user):
    """The cells of one account's row, as the page shows them."""
    table = client.get(ADDRESS).context["table"]
    (row,) = [row for row in table.rows if row.record == user]
    return dict(row.items())


def cells(client, user):
    return {column.name: cell for column, cell in row_of(client, user).items()}


def test_a_row_tells_roles_second_factor_last_login_and_state(client, city):
    client.force_login(city.hr)
    User.objects.filter(pk=city.head.pk).update(last_login=datetime(2023, 1, 11, 1, 0, tzinfo=UTC))
    Authenticator.objects.create(user=city.head, type="totp", data={})
    Authenticator.objects.create(user=city.operator, type="recovery_codes", data={})
    head, operator = cells(client, city.head), cells(client, city.operator)
    assert "Kepala OPD" in head["roles"]
    assert "Dinas Komunikasi dan Informatika" in head["roles"]
    assert (head["has_factor"], operator["has_factor"]) == ("Ya", "Belum")
    assert head["last_login"] == "Rabu, 11 Januari 2023, 08.00 WIB"
    assert operator["last_login"] == "Belum pernah"
    assert "Aktif" in head["state"]


def test_an_invitation_that_never_arrived_is_seen_in_the_list(client, city):
    client.force_login(city.hr)
    User.objects.filter(pk=city.head.pk).update(password="!")
    mail = {"user": city.head, "kind": "INVITATION"}
    AccountMail.objects.create(**mail, state="FAILED")
    assert "surel gagal dikirim" in cells(client, city.head)["state"]
    AccountMail.objects.create(**mail, state="WAITING", address="a@b.example")
    assert "surel gagal dikirim" not in cells(client, city.head)["state"]


def test_an_auditor_reads_and_cannot_add(client, city):
    client.force_login(city.auditor)
    page = client.get(ADDRESS).content.decode()
    assert "Unduh XLSX" in page
    assert reverse("user-create") not in page


# Export -----------------------------------------------------------------------------------------


def exported(client, query=""):
    response = client.get(f"{reverse('user-export')}?{query}")
    assert response.headers["Content-Disposition"] == 'attachment; filename="Pengguna.xlsx"'
    sheet = load_workbook(BytesIO(response.getvalue())).active
    return list(sheet.iter_rows(values_only=True))


def test_the_export_holds_what_was_found_with_number_and_user_name(client, city):
    city.head.employee = factories.EmployeeFactory(agency=city.opd, number="197906062001042001")
    city.head.first_name, city.head.username = "=SUM(A1)", "kepala"
    city.head.save()
    client.force_login(city.hr)
    heading, *rows = exported(client, "role=HEAD")
    assert heading == (
        *("Nama", "Nama pengguna", "NIP / NI PPPK / NIK", "Peran"),
        *("Faktor kedua", "Terakhir masuk", "Status"),
    )
    assert rows == [
        (
            *("=SUM(A1)", "kepala", "19790606 200104 2 001"),
            "Kepala OPD: Dinas Komunikasi dan Informatika",
            *("Belum", "Belum pernah", "Aktif"),
        )
    ]


def test_taking_the_list_along_is_an_event(client, city):
    client.force_login(city.auditor)
    exported(client, "q=a&state=ACTIVE")
    event = Event.objects.get(act="account.exported")
    assert (event.actor, event.government) == (city.auditor, city.government)
    assert event.data["filters"] == ["q", "state"]
