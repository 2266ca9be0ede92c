"""From a campaign to the minutes: HR, an operator, two employees and the head, each at a screen."""

import re
from datetime import time
from io import BytesIO

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from agencies.choices import RoleName
from pledges.models import Ceremony, Mailing
from pledges.services.mailings import queue
from tests import factories as make
from tests.conftest import PHONE
from tests.mailing import server_for

from .hand import draw, tick_all
from .staff import sign_in

OPD = "Dinas Kesehatan"
EARLY, LATE = "ani@dumaikota.example", "budi@dumaikota.example"


@pytest.fixture
def mail_server(settings):
    with server_for(settings) as server:
        yield server


@pytest.fixture
def opd(site):
    """An OPD with its head and two others; the head has signed at the government's own event."""
    government = make.GovernmentFactory(name="Pemerintah Kota Dumai")
    opd = make.OpdFactory(parent=government, name=OPD)
    opd.head = make.EmployeeFactory(agency=opd, name="Kartini", position="Kepala Dinas")
    opd.save()
    make.EmployeeFactory(agency=opd, name="Ani Lestari", email=EARLY)
    make.EmployeeFactory(agency=opd, name="Budi Santoso", email=LATE)
    lead = make.open_ceremony(
        government,
        employees=0,
        title="Ikrar Pejabat",
        scope="OFFICIALS",
        official_positions=["Kepala Dinas"],
    )
    make.sign(lead.participants.get())
    return opd


def test_from_a_campaign_to_the_minutes(open_page, desktop, opd, run_tasks, mail_server):
    sign_in(desktop, make.user_with_role(RoleName.HR, opd.government))
    ceremony = campaign_made(desktop)
    operator = open_page(PHONE)
    sign_in(operator, make.user_with_role(RoleName.OPERATOR, opd))
    schedule_set(operator, ceremony)

    opened(desktop, ceremony)
    invited(desktop, ceremony, run_tasks)
    signed(open_page(PHONE), mail_server, EARLY)
    closed_and_reopened(desktop)
    signed(open_page(PHONE), mail_server, LATE)
    run_tasks()

    head = open_page(PHONE)
    sign_in(head, make.user_with_role(RoleName.HEAD, opd, employee=opd.head))
    countersigned(head, ceremony)
    run_tasks()

    ani = ceremony.participants.get(bare_name="Ani Lestari")
    pact = pdf_of(head, reverse("pact-pdf", args=[ceremony.uuid, ani.uuid]))
    seals = {name: "/V" in field for name, field in pact.get_fields().items()}
    assert seals == {"SegelOrganisasi": True, "Mengetahui": True}
    minutes = words_of(pdf_of(desktop, reverse("minutes-pdf", args=[ceremony.uuid])))
    assert "Dari 2 (dua) peserta, 2 (dua) orang atau 100% menandatangani" in minutes
    assert "Di antaranya 1 orang menandatangani susulan" in minutes
    in_lead = (
        "1 pegawai Dinas Kesehatan menjadi peserta acara induk “Ikrar Pejabat”, 1 di antaranya"
    )
    assert in_lead in minutes


def campaign_made(page):
    """HR makes the campaign with the lead; the OPD gets a draft of its own."""
    lead = Ceremony.objects.get()
    page.goto(reverse("campaign-create"))
    page.get_by_label("Nama rangkaian").fill("Ikrar Netralitas 2023")
    page.locator("[name=text]").select_option(str(lead.text_id))
    page.locator("[name=lead]").select_option(str(lead.pk))
    page.get_by_label("Target selesai").fill("2023-01-31")
    page.get_by_label("Nama acara OPD").fill("Ikrar Netralitas Pegawai")
    page.locator("[name=kind]").select_option("APEL")
    page.locator("[name=day]").fill("2023-01-18")
    page.locator("[name=clock]").fill("07:30")
    page.get_by_role("button", name="Buat rangkaian").click()
    expect(page.get_by_text("1 acara OPD dibuat sebagai konsep.")).to_be_visible()
    return Ceremony.objects.get(organizer__name=OPD)


def schedule_set(page, ceremony):
    """The operator says when and where, from the step on the home page."""
    page.get_by_role("link", name=re.compile("Tetapkan jadwal")).first.click()
    page.locator("[name=day]").fill("2023-01-16")
    page.locator("[name=place]").fill("Aula Dinas Kesehatan")
    page.get_by_role("button", name="Tetapkan jadwal").click()
    expect(page.get_by_text("Aula Dinas Kesehatan").first).to_be_visible()


def opened(page, ceremony):
    """HR freezes two people, for the head takes part in the lead, and opens."""
    page.goto(reverse("ceremony-freeze", args=[ceremony.uuid]))
    page.get_by_role("button", name="Bekukan 2 peserta").click()
    page.get_by_role("button", name="Buka penandatanganan").click()
    page.get_by_role("dialog").get_by_role("button", name="Buka", exact=True).click()
    expect(page.get_by_text("Penandatanganan dibuka.")).to_be_visible()


def invited(page, ceremony, run_tasks):
    """HR looks at the preview and sends; the hour of the test is no quiet hour."""
    page.goto(reverse("mailing-create", args=[ceremony.uuid]))
    page.get_by_role("button", name="Lihat pratinjau").click()
    page.get_by_role("button", name="Kirim kepada 2 peserta").click()
    expect(page.get_by_role("heading", level=1, name="Undangan")).to_be_visible()
    Mailing.objects.update(earliest=time.min, latest=time.max)
    queue.enqueue_due()
    run_tasks()


def signed(page, mail_server, address):
    """An employee opens the link of the one mail, ticks, draws and sends."""
    body = mail_server.mail_to(address).get_body(("plain",)).get_content()
    page.goto(re.search(r"https?://\S+/t/\S+", body)[0])
    tick_all(page)
    draw(page)
    page.locator("[data-send]").click()
    expect(page.get_by_role("heading", name="Diterima")).to_be_visible()


def closed_and_reopened(page):
    """HR closes, and opens again for who is late."""
    page.get_by_role("link", name="Ikrar Netralitas Pegawai").first.click()
    page.get_by_role("button", name="Tutup penandatanganan").click()
    page.get_by_role("dialog").get_by_role("button", name="Tutup", exact=True).click()
    page.get_by_role("button", name="Buka susulan").click()
    page.get_by_role("dialog").get_by_role("button", name="Buka susulan").click()
    expect(page.get_by_text("Penandatanganan susulan dibuka.")).to_be_visible()


def countersigned(page, ceremony):
    """The head looks at both, confirms who it is, and signs once."""
    page.goto(reverse("countersignature-list", args=[ceremony.uuid]))
    page.get_by_role("link", name="Periksa").click()
    expect(page.get_by_role("link", name="Lihat pakta")).to_have_count(2)
    page.get_by_role("link", name="Lanjut menandatangani").click()
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    page.get_by_role("button", name="Konfirmasi").click()
    draw(page)
    page.get_by_label("Saya telah memeriksa").check()
    page.get_by_role("button", name="Tanda tangani 2 pakta").click()
    expect(page.get_by_text("dicatat untuk 2 pakta")).to_be_visible()


def pdf_of(page, address):
    """A PDF that somebody is given."""
    response = page.request.get(address)
    assert response.headers["content-type"] == "application/pdf"
    return PdfReader(BytesIO(response.body()))


def words_of(pdf):
    """The words of a PDF, on one line."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
