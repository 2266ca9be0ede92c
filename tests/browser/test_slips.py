"""A sheet of slips from the asking to the paper: HR watches it being made and takes it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agencies.choices import RoleName
from pledges.models import Invitation, SlipBatch
from tests import factories

from .staff import sign_in

pytestmark = pytest.mark.page


def test_hr_asks_sees_it_made_and_takes_it_only_after_a_question(desktop, run_tasks):
    government = factories.GovernmentFactory()
    for name in ("Dinas Kesehatan", "Dinas Pendidikan"):
        factories.EmployeeFactory(agency=factories.OpdFactory(parent=government, name=name))
    ceremony = factories.open_ceremony(government, employees=0)
    factories.pin_of(factories.participant_of(ceremony))
    sign_in(desktop, factories.user_with_role(RoleName.HR, government))
    desktop.goto(reverse("slip-list", args=[ceremony.uuid]))
    desktop.get_by_label("Semua yang belum menandatangani").check()
    desktop.get_by_label("Nama", exact=True).check()
    desktop.get_by_role("button", name="Buat slip semua OPD").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Semua OPD")
    expect(desktop.get_by_text("Menunggu giliran")).to_be_visible()

    SlipBatch.objects.update(state="MAKING", done=1)
    expect(desktop.get_by_text("1 dari 2 (50%)")).to_be_visible()
    run_tasks()
    take = desktop.get_by_role("button", name="Ambil PDF")
    take.click()
    desktop.get_by_role("button", name="Kembali", exact=True).click()
    assert Invitation.objects.count() == 1
    take.click()
    expect(desktop.get_by_text("1 slip yang masih berlaku dicabut sekarang.")).to_be_visible()
    with desktop.expect_download() as download:
        desktop.get_by_role("button", name="Ambil", exact=True).click()
    assert download.value.suggested_filename == "Slip PIN Semua OPD.pdf"
    assert Invitation.objects.valid().count() == 2
    # The page finds out by itself, and at once, that the sheet was taken.
    expect(desktop.get_by_role("button", name="Ambil lagi")).to_be_visible(timeout=2500)
    assert SlipBatch.objects.get().order == "NAME"


def test_an_operator_asks_on_a_phone(phone, run_tasks):
    opd = factories.OpdFactory(name="Dinas Kesehatan")
    ceremony = factories.open_ceremony(opd)
    sign_in(phone, factories.user_with_role(RoleName.OPERATOR, opd))
    phone.goto(reverse("slip-list", args=[ceremony.uuid]))
    phone.get_by_role("button", name="Buat slip Dinas Kesehatan").click()
    expect(phone.get_by_text("Menunggu giliran")).to_be_visible()
    run_tasks()
    expect(phone.get_by_role("button", name="Ambil PDF")).to_be_visible()
