"""Second factors in a browser: the app's code, passkeys of the device, recovery codes."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from tests import factories as make
from tests.factories import PASSWORD
from tests.totp import code_of, enrol, recovery_codes_of

pytestmark = pytest.mark.page

INSIDE = "Beranda"
# A device with a fingerprint reader, as Windows Hello or a phone is one.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def hr(site, settings):
    """HR, whose role requires a second factor."""
    settings.SECOND_FACTOR_ROLES = ["HR"]
    return make.user_with_role(RoleName.HR, make.GovernmentFactory(), username="bkpsdm")


def with_device(page):
    """Give the browser a device that keeps passkeys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, added["authenticatorId"]


def give_password(page, user):
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def see(page, heading):
    page.get_by_role("heading", level=1, name=heading).wait_for()


def log_out(page):
    page.goto(reverse("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Keluar").click()
    see(page, "Ikrar netralitas")


def give_code(page, code):
    page.get_by_label("Kode").fill(code)
    page.get_by_role("button", name="Lanjutkan").click()


def test_hr_is_led_to_the_app_and_logs_in_with_its_code(phone, hr):
    give_password(phone, hr)
    see(phone, "Keamanan akun")
    phone.get_by_text("Peran Anda mewajibkan faktor kedua.").wait_for()
    phone.goto(reverse("ceremony-list"))
    see(phone, "Keamanan akun")
    phone.get_by_role("link", name="Pasang").click()
    drawn = "image => image.complete && image.naturalWidth > 0"
    assert phone.get_by_alt_text("Kode QR untuk aplikasi autentikator").evaluate(drawn)
    secret = phone.locator(".copyable .code").inner_text()
    phone.get_by_label("Kode dari aplikasi").fill(code_of(secret))
    phone.get_by_role("button", name="Pasang").click()
    see(phone, "Kode pemulihan")
    shown = phone.locator(".recovery-codes .code").all_inner_texts()
    assert [code.replace(" ", "") for code in shown] == recovery_codes_of(hr)
    assert phone.get_by_role("button", name="Cetak").is_visible()
    phone.get_by_role("link", name="Sudah saya simpan").click()
    see(phone, INSIDE)
    log_out(phone)
    give_password(phone, hr)
    see(phone, "Langkah kedua")
    give_code(phone, "000000")
    phone.get_by_text("Kode salah atau sudah kedaluwarsa.").wait_for()
    give_code(phone, code_of(secret, ahead=1))
    see(phone, INSIDE)


def test_a_recovery_code_stands_in_for_a_lost_phone(desktop, hr):
    enrol(hr)
    code = recovery_codes_of(hr)[3]
    give_password(desktop, hr)
    give_code(desktop, f"{code[:4]} {code[4:]}")
    see(desktop, INSIDE)
    assert code not in recovery_codes_of(hr)


def test_recovery_codes_are_taken_along_as_a_file(desktop, hr):
    secret = enrol(hr)
    give_password(desktop, hr)
    give_code(desktop, code_of(secret))
    see(desktop, INSIDE)
    desktop.goto(reverse("mfa_view_recovery_codes"))
    with desktop.expect_download() as download:
        desktop.get_by_role("link", name="Unduh").click()
    assert download.value.suggested_filename == "kode-pemulihan-netralitas.txt"


def add_passkey(page, *, alone):
    page.goto(reverse("mfa_index"))
    page.get_by_role("link", name="Tambah").click()
    page.get_by_label("Nama kunci").fill("Laptop kantor")
    page.get_by_label("Dapat dipakai masuk tanpa kata sandi").set_checked(alone)
    page.get_by_role("button", name="Buat kunci sandi").click()
    see(page, "Kode pemulihan")


def test_a_passkey_logs_in_without_a_password(desktop, hr):
    with_device(desktop)
    give_password(desktop, hr)
    see(desktop, "Keamanan akun")
    add_passkey(desktop, alone=True)
    log_out(desktop)
    desktop.goto(f"{reverse('account_login')}?next={reverse('ceremony-list')}")
    desktop.get_by_role("button", name="Masuk dengan kunci sandi").click()
    see(desktop, "Acara")
    way = Event.objects.filter(act="login.succeeded").latest("id").data
    assert way == {"way": "passkey", "second_factor": True}


def test_a_passkey_is_the_second_step_after_the_password(desktop, hr):
    with_device(desktop)
    give_password(desktop, hr)
    add_passkey(desktop, alone=False)
    log_out(desktop)
    give_password(desktop, hr)
    see(desktop, "Langkah kedua")
    buttons = desktop.get_by_role("main").get_by_role("button").all_inner_texts()
    assert buttons == ["Gunakan kunci sandi", "Lanjutkan", "Batal masuk"]
    desktop.get_by_role("button", name="Gunakan kunci sandi").click()
    see(desktop, INSIDE)


def test_a_passkey_is_renamed_and_removed_after_a_confirmation_by_passkey(desktop, hr, settings):
    with_device(desktop)
    give_password(desktop, hr)
    add_passkey(desktop, alone=True)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    desktop.goto(reverse("mfa_index"))
    desktop.get_by_role("link", name="Ganti nama Laptop kantor").click()
    see(desktop, "Konfirmasi bahwa ini Anda")
    desktop.get_by_role("link", name="Gunakan kunci sandi").click()
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    desktop.get_by_role("button", name="Gunakan kunci sandi").click()
    desktop.get_by_label("Nama kunci").fill("Laptop rumah")
    desktop.get_by_role("button", name="Simpan nama").click()
    desktop.get_by_role("link", name="Hapus Laptop rumah").click()
    desktop.get_by_role("button", name="Hapus").click()
    desktop.get_by_text("Kunci sandi dihapus.").wait_for()
    assert not Authenticator.objects.exists()


def test_a_passkey_that_is_not_given_leaves_a_sentence(desktop, hr):
    session, device = with_device(desktop)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    desktop.goto(reverse("account_login"))
    desktop.get_by_role("button", name="Masuk dengan kunci sandi").click()
    desktop.get_by_text("Permintaan dibatalkan atau waktunya habis.").wait_for()


def test_without_passkeys_in_the_browser_no_button_promises_them(desktop, hr):
    desktop.add_init_script("delete window.PublicKeyCredential")
    desktop.goto(reverse("account_login"))
    assert desktop.get_by_role("button", name="Masuk dengan kunci sandi").count() == 0
    assert desktop.get_by_role("button", name="Masuk", exact=True).is_visible()
