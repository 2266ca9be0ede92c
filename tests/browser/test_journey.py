"""The main job, end to end, on phones: from a roster to a pact that a stranger verifies."""

from io import BytesIO

from django.core.management import call_command
from django.urls import reverse
from pypdf import PdfReader

from agencies.choices import RoleName
from agencies.models import Agency, Employee
from netralitas.lib import numbers
from netralitas.lib.codes import grouped
from pledges.models import Ceremony, Participant, PledgeText, Signature
from tests import factories as make
from tests.agencies.roster.files import DATA, FILES, needs_data
from tests.conftest import PHONE

from .hand import draw, tick_all
from .staff import sign_in

OPD = "Dinas Perpustakaan dan Kearsipan"
TITLE = "Apel Ikrar Netralitas"


@needs_data
def test_from_a_roster_to_a_verified_pact(open_page, site, run_tasks):
    government = imported()
    make.ElectionFactory(government=government, name="Pemilu Tahun 2029", year=2029)
    officer = signed_in(open_page(PHONE), RoleName.HR, government)
    ceremony = opened_ceremony(officer)
    assert ceremony.participants.count() == Employee.objects.count() == 460

    signer = ceremony.participants.filter(opd_name=OPD, number_kind="NIP").first()
    code = sign(open_page(PHONE), personal_link(officer, ceremony, signer))
    run_tasks()

    head = signed_in(open_page(PHONE), RoleName.HEAD, signer.opd)
    text = pdf_text(downloaded_pact(head, ceremony, signer))
    assert TITLE not in text  # the pact names the election, not the assembly
    for words in (signer.name, numbers.printed(signer.number, "NIP"), OPD.upper(), code):
        assert words in text
    assert_verified(open_page(PHONE), code, signer)


def imported():
    """The government with the small roster, as HR imports it from the command line."""
    folder = DATA / "roster-small"
    files = [str(folder / name) for name in FILES]
    units = f"--units={folder / 'hierarki-unor.xlsx'}"
    call_command("import_roster", "--government=kota-dumai", units, *files, "--apply")
    return Agency.objects.governments().get()


def signed_in(page, role, agency):
    """A page on which a new user with this role has logged in."""
    sign_in(page, make.user_with_role(role, agency))
    return page


def opened_ceremony(page):
    """HR fills in the form, freezes the roster and opens the ceremony."""
    page.goto(reverse("ceremony-create"))
    page.get_by_label("Nama acara").fill(TITLE)
    for name, label in (
        ("kind", "Apel"),
        ("election", "Pemilu Tahun 2029"),
        ("organizer", "Pemerintah Kota Dumai"),
        ("text", str(PledgeText.objects.get(family="pemilu-dan-pemilihan-2024"))),
    ):
        page.locator(f"[name={name}]").select_option(label=label)
    page.get_by_label("Tempat").fill("Halaman Kantor Wali Kota")
    page.get_by_label("Tanggal*", exact=True).fill("2028-11-27")
    page.get_by_label("Pukul*", exact=True).fill("07:30")
    page.get_by_label("Pemimpin acara").fill("Indra Gunawan")
    page.get_by_role("button", name="Simpan konsep").click()
    page.get_by_text("Konsep acara disimpan.").wait_for()
    page.get_by_role("link", name="Bekukan daftar peserta").click()
    page.get_by_role("button", name="Bekukan").click()
    page.get_by_text("Daftar peserta dibekukan.").wait_for()
    page.get_by_role("button", name="Buka penandatanganan").click()
    page.get_by_role("dialog").get_by_role("button", name="Buka", exact=True).click()
    page.get_by_text("Penandatanganan dibuka.").wait_for()
    return Ceremony.objects.get()


def personal_link(page, ceremony, participant):
    """HR issues a personal link and reads it from the page."""
    page.goto(reverse("participant-detail", args=[ceremony.uuid, participant.uuid]))
    page.get_by_role("button", name="Terbitkan tautan pribadi").click()
    return page.locator(".copyable").get_by_text("/t/").inner_text()


def sign(page, link):
    """The employee ticks, draws and sends; returns the receipt code that the page shows."""
    page.goto(link)
    tick_all(page)
    draw(page)
    page.locator("[data-send]").click()
    page.get_by_role("heading", name="Diterima").wait_for()
    code = page.locator(".receipt-code .code").inner_text()
    assert code == grouped(Signature.objects.get().receipt)
    return code


def downloaded_pact(page, ceremony, participant):
    """The head goes from home to the one who has signed, and downloads the pact."""
    page.goto(reverse("participant-list", args=[ceremony.uuid]) + "?state=SIGNED")
    page.get_by_role("link", name=participant.name).click()
    address = page.get_by_role("link", name="Unduh pakta").get_attribute("href")
    response = page.request.get(address)
    assert response.headers["content-type"] == "application/pdf"
    return response.body()


def pdf_text(content):
    """The words of the pact's one page, on one line."""
    (page,) = PdfReader(BytesIO(content)).pages
    return " ".join(page.extract_text().split())


def assert_verified(page, code, participant: Participant):
    """A stranger types the code in lower case and learns that it holds, with the number masked."""
    page.goto(reverse("verify"))
    page.locator("[name=kode]").fill(code.lower())
    page.locator("[name=kode]").press("Enter")
    page.get_by_role("heading", name="Asli", exact=True).wait_for()
    shown = page.locator("main").inner_text()
    assert participant.name in shown
    assert numbers.masked(participant.number) in shown
    assert participant.number not in shown
