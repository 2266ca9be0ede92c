"""Contexts of pacts as they come in practice, and one at the edge of what a page holds."""

from dataclasses import replace

from netralitas.lib import codes
from pledges.documents import pact
from pledges.documents.pact_pictures import image_uri

RECEIPT = "4Q7ZK2M9XAB0CDEFGHJKMNPQRS"
ADDRESS = f"https://netralitas.example.go.id/v/{RECEIPT}/"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
DRAWING = [[[1200, 4100], [1900, 700], [2400, 4200], [3300, 1900], [3900, 3800], [6800, 2600]]]
LONG_NAME = (
    "Prof. Dr. Ir. H. Raden Mas Nguyễn Hoàng Việt Peña Šimon Ōtomo Muhammad Abdurrahman Wahid "
    "Kusumadiningrat Suryaningprang Hadiwidjojo Notonegoro, S.Kep., Ners., M.Kes., M.Si., Ph.D., "
    "Sp.PD-KGEH, FINASIM"
)
LONG_UNIT = ("Unit Pelaksana Teknis Daerah " + "Pelayanan Terpadu " * 20)[:255].strip()
POINTS = (
    "Menjaga dan menegakkan prinsip netralitas Pegawai ASN di instansi masing-masing dalam "
    "melaksanakan fungsi pelayanan publik baik sebelum, selama, maupun sesudah pelaksanaan "
    "Pemilu dan Pemilihan Tahun 2024.",
    "Menghindari konflik kepentingan, tidak melakukan praktik-praktik intimidasi dan ancaman "
    "kepada Pegawai ASN dan seluruh elemen masyarakat serta tidak memihak kepada pasangan calon "
    "tertentu.",
    "Menggunakan media sosial secara bijak dan tidak menyebarkan ujaran kebencian serta berita "
    "bohong.",
    "Menolak politik uang dan segala jenis pemberian dalam bentuk apa pun.",
)

PNS = pact.PactContext(
    document_title="Pakta Integritas – Siti Rahmawati, S.Kep., M.Kes.",
    identifier=RECEIPT,
    signed_at="2023-01-11T08:14:05+07:00",
    kop_government="PEMERINTAH KOTA DUMAI",
    kop_agency="DINAS KESEHATAN",
    kop_address="Jalan Tuanku Tambusai, Bagan Besar, Dumai 28826",
    emblem=image_uri(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'),
    heading=(
        "PAKTA INTEGRITAS",
        "NETRALITAS PEGAWAI APARATUR SIPIL NEGARA",
        "PADA PEMILU DAN PEMILIHAN TAHUN 2024",
    ),
    number="800.1.6/0042/DINKES/2023",
    identity=pact.identity_rows(
        name="Siti Rahmawati, S.Kep., M.Kes.",
        number="197906062001042001",
        kind="NIP",
        grade="III/d",
        position="Kepala Seksi Pelayanan Kesehatan Primer",
        unit="Bidang Pelayanan Kesehatan",
        government="Pemerintah Kota Dumai",
    ),
    opening="dengan ini menyatakan bahwa dalam rangka menyukseskan pelaksanaan Pemilu dan "
    "Pemilihan Tahun 2024, saya berikrar:",
    points=POINTS,
    sanction="Apabila saya melanggar pernyataan ini, saya bersedia menerima sanksi sesuai "
    "ketentuan peraturan perundang-undangan.",
    closing="Demikian pakta integritas ini saya buat dan saya laksanakan dengan penuh integritas "
    "dan rasa tanggung jawab demi terwujudnya persatuan dan kesatuan NKRI.",
    place_and_date="Dumai, 11 Januari 2023",
    signer_name="Siti Rahmawati, S.Kep., M.Kes.",
    signer_number="NIP 19790606 200104 2 001",
    strokes=DRAWING,
    acknowledger_title="Kepala Dinas Kesehatan",
    acknowledger_name="dr. Syaiful Anwar, M.Kes.",
    acknowledger_number="NIP 19700101 200003 1 004",
    verify_url=ADDRESS,
    receipt=codes.grouped(RECEIPT),
    digest=DIGEST,
    how_signed="Ditandatangani secara elektronik melalui tautan pribadi pada "
    "Rabu, 11 Januari 2023, 08.14.05 WIB.",
)

PPPK = replace(
    PNS,
    number="",
    identity=pact.identity_rows(
        name="Rudi Hartono, A.Md.Kep.",
        number="199003152023211007",
        kind="NI_PPPK",
        grade="VII",
        position="Perawat Terampil",
        unit="UPT Puskesmas Bukit Kayu Kapur",
        government="Pemerintah Kota Dumai",
    ),
    signer_name="Rudi Hartono, A.Md.Kep.",
    signer_number="NI PPPK 19900315 202321 1 007",
    acknowledger_name="",
    acknowledger_number="",
)

NON_ASN = replace(
    PNS,
    identity=pact.identity_rows(
        name="Lestari",
        number="1472011701940001",
        kind="NIK",
        grade="",
        position="Tenaga Kebersihan (TKPK)",
        unit="Sekretariat",
        government="Pemerintah Kota Dumai",
    ),
    signer_name="Lestari",
    signer_number="NIK 1472 0117 0194 0001",
    strokes=(),
    typed_name="Lestari binti Ahmad",
    acknowledger_title="",
    acknowledger_name="",
    acknowledger_number="",
    late_label="Diterima setelah penutupan, dalam masa tenggang",
)

EXTREME = replace(
    PNS,
    kop_agency="DINAS KOMUNIKASI, INFORMATIKA, STATISTIK, PERSANDIAN, PEMBERDAYAAN PEREMPUAN, "
    "PERLINDUNGAN ANAK, PENGENDALIAN PENDUDUK DAN KELUARGA BERENCANA",
    identity=pact.identity_rows(
        name=LONG_NAME,
        number="197906062001042001",
        kind="NIP",
        grade="II/b",
        position=LONG_UNIT,
        unit=LONG_UNIT,
        government="Pemerintah Kabupaten Kepulauan Siau Tagulandang Biaro",
    ),
    points=tuple(" ".join([point] * 3) for point in POINTS + POINTS),
    signer_name=LONG_NAME,
    acknowledger_title=f"Kepala {LONG_UNIT}",
    acknowledger_name=LONG_NAME,
)
