"""From an invitation to a second factor: HR invites a head, who sets a password and comes in."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from agencies.choices import RoleName
from agencies.models import User
from tests import factories

from .staff import sign_in

OPD = "Dinas Komunikasi dan Informatika"
NEW_PASSWORD = "sandi-kepala-dinas-2028"
PERIOD = 30


def test_a_head_is_invited_sets_a_password_enrols_an_app_and_comes_back_with_it(
    desktop, phone, site, run_tasks
):
    government = factories.GovernmentFactory(name="Pemerintah Kota Dumai")
    opd = factories.OpdFactory(parent=government, name=OPD)
    factories.UnitFactory(parent=opd, name="Bidang Persandian")
    sign_in(desktop, factories.user_with_role(RoleName.HR, government))

    invite(desktop)
    run_tasks()
    set_password(phone, link_for("khairil@dumaikota.example"))
    log_in(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Beranda")

    secret = enrol_app(phone)
    log_out(phone)
    log_in(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Langkah kedua")
    phone.get_by_label("Kode", exact=True).fill(code_of(secret, ahead=1))
    phone.get_by_role("button", name="Lanjutkan").click()
    see_opd(phone)

    desktop.reload()
    facts = desktop.locator("main")
    expect(facts.get_by_text("Aktif", exact=True)).to_be_visible()
    expect(facts.get_by_text("Terpasang", exact=True)).to_be_visible()
    assert User.objects.get(username="khairil").rights.grants == (("HEAD", opd.path),)


def invite(page):
    """HR finds the form in the menu and fills it in; the agency is found by typing."""
    page.get_by_role("link", name="Pengguna").click()
    page.get_by_role("link", name="Undang pengguna").click()
    page.get_by_label("Nama", exact=True).fill("Khairil Adli")
    page.get_by_label("Surel").fill("khairil@dumaikota.example")
    page.get_by_label("Kepala OPD").check()
    page.get_by_placeholder("Cari nama unit atau OPD").fill("komunikasi")
    page.locator("[name=agency]").select_option(label=OPD)
    page.get_by_role("button", name="Undang", exact=True).click()
    expect(page.get_by_text("Akun dibuat. Undangan segera dikirim ke khairil@")).to_be_visible()
    expect(page.locator("main").get_by_text("Diundang")).to_be_visible()


def link_for(address):
    """The link in the only mail that was sent."""
    (message,) = mail.outbox
    assert message.to == [address]
    return re.search(r"http://\S+/sandi/\S+", message.body).group()


def set_password(page, link):
    page.goto(link)
    assert link.rpartition("-")[2].strip("/") not in page.url  # the key is gone from the address
    expect(page.get_by_role("heading", level=1)).to_have_text("Selamat datang, Khairil Adli")
    page.locator("[name=password1]").fill(NEW_PASSWORD)
    page.locator("[name=password2]").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Simpan kata sandi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kata sandi disimpan")


def log_in(page):
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill("khairil")
    page.locator("[name=password]").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def enrol_app(page):
    """The head adds an authenticator app and keeps the recovery codes; returns the app's secret."""
    page.get_by_role("button", name="Menu pengguna").click()
    page.get_by_role("link", name="Keamanan akun").click()
    page.get_by_role("link", name="Pasang", exact=True).click()
    secret = page.locator(".copyable .code").inner_text().replace(" ", "")
    page.get_by_label("Kode dari aplikasi").fill(code_of(secret))
    page.get_by_role("button", name="Pasang", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kode pemulihan")
    page.get_by_role("link", name="Sudah saya simpan").click()
    return secret


def code_of(secret, ahead=0):
    """What the app shows now, or so many periods later: a code counts only once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + ahead))


def log_out(page):
    page.get_by_role("button", name="Menu pengguna").click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("link", name="Masuk petugas")).to_be_visible()


def see_opd(page):
    """The head finds the own OPD in the menu."""
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("link", name="Instansi").click()
    page.get_by_role("link", name=OPD).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(OPD)
