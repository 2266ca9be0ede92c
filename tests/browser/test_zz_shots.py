"""Throwaway: pictures of the import pages."""
import io, os
import pytest
from agencies.choices import RoleName
from agencies.models import *
from tests import factories
from tests.agencies.roster.files import *
from tests.conftest import DESKTOP, PHONE
from tests.browser.staff import sign_in
from tests.browser.test_import_journey import roster, hierarchy, upload, XLSX
OUT="/tmp/shots-imp"; os.makedirs(OUT, exist_ok=True)

@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone","desktop"])
def test_shots(open_page, site, run_tasks, screen, request):
    tag = request.node.callspec.id
    gov = factories.GovernmentFactory(name="Pemerintah Kota Dumai", slug="kota-dumai")
    page = open_page(screen)
    def shot(n):
        page.wait_for_timeout(150)
        page.screenshot(path=f"{OUT}/{n}-{tag}.png", full_page=True)
        w = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if w[0] > w[1]: print("TOO WIDE", n, tag, w)
    sign_in(page, factories.user_with_role(RoleName.HR, gov))
    shot("00-home")
    page.goto("/pegawai/"); shot("00-employees")
    page.goto("/impor/"); shot("01-list-empty")
    page.goto("/impor/baru/"); shot("02-create")
    page.get_by_label("Berkas daftar pegawai").set_input_files([roster(), {"name":"foto.pdf","mimeType":"application/pdf","buffer":b"%PDF"}])
    shot("03-create-bad")
    page.goto("/impor/baru/")
    upload(page, roster(), units=hierarchy(), extent="Berkas memuat seluruh pegawai")
    shot("04-reading")
    run_tasks(); page.get_by_text("Ada kolom yang belum dikenali").wait_for(); shot("05-columns-needed")
    page.get_by_role("link", name="Tentukan kolom").click(); shot("06-columns")
    page.get_by_role("button", name="Simpan dan baca berkas").click(); shot("07-columns-error")
    page.get_by_label("NOMOR INDUK", exact=True).select_option("NIP / NI PPPK *")
    page.get_by_role("button", name="Simpan dan baca berkas").click()
    run_tasks(); page.get_by_text("Menunggu persetujuan").wait_for(); shot("08-ready")
    page.get_by_role("button", name="Terapkan").click(); page.get_by_text("Sedang diterapkan", exact=True).wait_for(); shot("09-applying")
    run_tasks(); page.get_by_text("Impor ini sudah diterapkan").wait_for(); shot("10-applied")
    # a second import with everything
    rows=[pns(n) for n in range(10,70)]
    rows.append(pns(1, UNOR_ID="D2", UNOR_NAMA="Dinas Perhubungan", GOL_AKHIR_NAMA="III/d"))
    rows.append(pns(2, UNOR_ID="D2", UNOR_NAMA="Dinas Perhubungan", JABATAN_NAMA="KEPALA BIDANG PENGEMBANGAN SUMBER DAYA KESEHATAN", ESELON_NAMA="III.b", EMAIL_GOV="baru@example.go.id"))
    for i in range(80,85):
        r=pns(i); r["NIP BARU"]="1,97906E+17"; rows.append(r)
    rows.append(pns(90, UNOR_ID="ZZ", UNOR_NAMA="Sekretariat"))
    rows.append(pns(91, TANGGAL_LAHIR="07-06-1979"))
    from agencies.models import Employee, Agency
    factories.EmployeeFactory(agency=Agency.objects.get(siasn_id="D1"), name="Pegawai Lama", number="197906062001042999", siasn_id="PX")
    page.goto("/impor/baru/")
    upload(page, {"name":"siasn-pns-november.csv","mimeType":"text/csv","buffer":csv_bytes(rows)}, extent="Berkas memuat seluruh pegawai")
    run_tasks(); page.get_by_text("Menunggu persetujuan").wait_for(); shot("11-ready-big")
    base = page.url
    for g in ("CHANGED","MOVED","LEFT","REJECTED","WARNING"):
        page.goto(base+f"?group={g}"); shot(f"12-{g}")
    page.goto(base+"?q=tidakada"); shot("13-none")
    page.goto(base); page.get_by_role("button", name="Terapkan").click(); page.wait_for_timeout(300); shot("14-no-choice")
    page.goto(base)
    page.get_by_label("Nonaktifkan").check()
    page.get_by_role("button", name="Terapkan").click()
    page.get_by_text("Sedang diterapkan", exact=True).wait_for()
    run_tasks(); page.get_by_text("Impor ini sudah diterapkan").wait_for(); shot("15-applied-big")
    page.goto("/impor/baru/")
    upload(page, {"name":"rusak.xlsx","mimeType":XLSX,"buffer":b"PK\x03\x04bukan"}, extent="Berkas memuat seluruh pegawai")
    run_tasks(); page.get_by_text("Berkas ini tidak dapat diimpor").wait_for(); shot("16-refused")
    refused = page.url
    page.goto("/impor/baru/")
    same=[r for r in rows if not r["NIP BARU"].startswith("1,9") and r["UNOR ID"]!="ZZ"]
    upload(page, {"name":"sama.csv","mimeType":"text/csv","buffer":csv_bytes(same)}, extent="Berkas memuat seluruh pegawai")
    run_tasks(); page.get_by_text("Menunggu persetujuan").wait_for(); shot("17-unchanged")
    page.goto(refused)
    page.get_by_role("button", name="Buang").click(); page.wait_for_timeout(200); shot("18-discard-dialog")
    page.get_by_role("button", name="Buang").last.click(); page.wait_for_timeout(300); shot("19-list")
    page.goto(refused); shot("20-discarded")
    page.goto("/"); shot("21-home")
    from agencies.models import RosterImport
    aud = factories.user_with_role(RoleName.AUDITOR, gov)
    p2 = open_page(screen); sign_in(p2, aud)
    p2.goto(f"/impor/{RosterImport.objects.filter(state='READY').first().uuid}/"); p2.screenshot(path=f"{OUT}/22-auditor-ready-{tag}.png", full_page=True)
    p2.goto("/impor/"); p2.screenshot(path=f"{OUT}/23-auditor-list-{tag}.png", full_page=True)
