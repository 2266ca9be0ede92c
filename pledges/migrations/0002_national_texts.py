"""The national pledge texts, published with the installation."""

from django.db import migrations
from django.utils import timezone

from netralitas.lib.canonical import canonical, sha256_hex

CONTENT = (
    "heading",
    "opening",
    "points",
    "closing",
    "sanction",
    "legal_basis",
    "people_word",
)

CLOSING = (
    "Demikian ikrar ini kami buat dan dilaksanakan dengan penuh integritas dan rasa tanggung jawab "
    "dalam rangka mewujudkan netralitas Pegawai ASN yang bermartabat, beretika, dan demokratis "
    "demi terwujudnya persatuan dan kesatuan NKRI."
)
SANCTION = (
    "Apabila saya melanggar pernyataan ini, saya bersedia menerima sanksi sesuai ketentuan "
    "peraturan perundang-undangan."
)
CONFLICTS = (
    "Menghindari konflik kepentingan, tidak melakukan praktik-praktik intimidasi dan ancaman "
    "kepada Pegawai ASN dan seluruh elemen masyarakat serta tidak memihak kepada {candidates} "
    "tertentu."
)
MONEY = "Menolak politik uang dan segala jenis pemberian dalam bentuk apa pun."
SKB_2022 = (
    "Keputusan Bersama MenPANRB Nomor 2 Tahun 2022, Mendagri Nomor 800-5474 Tahun 2022, Kepala BKN "
    "Nomor 246 Tahun 2022, Ketua KASN Nomor 30 Tahun 2022, dan Ketua Bawaslu Nomor "
    "1447.1/PM.01/K.1/09/2022"
)
OFFICE_2024 = (
    "Menjaga dan menegakkan prinsip netralitas Pegawai ASN di instansi masing-masing dalam "
    "melaksanakan fungsi pelayanan publik baik sebelum, selama, maupun sesudah pelaksanaan Pemilu "
    "dan Pemilihan Tahun 2024."
)
LAW_2024 = (
    "Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum Pasal 280, Pasal 283, dan Pasal 494; "
    "Peraturan Pemerintah Nomor 94 Tahun 2021 Pasal 5 huruf n; " + SKB_2022 + "."
)
TEXTS = [
    {
        "family": "pemilu-dan-pemilihan-2024",
        "title": "Pemilu dan Pemilihan 2024 (nasional)",
        "heading": (
            "Ikrar Netralitas Pegawai Aparatur Sipil Negara pada Pemilu dan Pemilihan Tahun 2024"
        ),
        "opening": (
            "Dalam rangka menyukseskan pelaksanaan Pemilu dan Pemilihan Tahun 2024 kami berikrar:"
        ),
        "points": [
            OFFICE_2024,
            CONFLICTS.format(candidates="pasangan calon"),
            "Menggunakan media sosial secara bijak dan tidak menyebarkan ujaran kebencian serta "
            "berita bohong.",
            MONEY,
        ],
        "closing": CLOSING,
        "sanction": SANCTION,
        "legal_basis": LAW_2024,
        "people_word": "Pegawai ASN",
    },
    {
        "family": "pilkada-2020",
        "title": "Pilkada Serentak 2020 (nasional)",
        "heading": (
            "Ikrar Netralitas Pegawai Aparatur Sipil Negara pada Pilkada Serentak Tahun 2020"
        ),
        "opening": (
            "Dalam rangka menyukseskan pelaksanaan Pilkada Serentak Tahun 2020 kami berikrar:"
        ),
        "points": [
            "Menjaga dan menegakkan prinsip netralitas Pegawai ASN dalam melaksanakan fungsi "
            "pelayanan publik baik sebelum, selama, maupun sesudah pelaksanaan Pilkada Serentak "
            "Tahun 2020.",
            CONFLICTS.format(candidates="pasangan calon"),
            "Menggunakan media sosial secara bijak, tidak dipergunakan untuk kepentingan pasangan "
            "calon tertentu, tidak menyebarkan ujaran kebencian serta berita bohong.",
            MONEY,
        ],
        "closing": CLOSING,
        "sanction": SANCTION,
        "legal_basis": (
            "Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara; Undang-Undang Nomor "
            "10 Tahun 2016 Pasal 71; Peraturan Pemerintah Nomor 42 Tahun 2004 Pasal 11 huruf c."
        ),
        "people_word": "Pegawai ASN",
    },
]


def publish(apps, schema_editor):
    text_model = apps.get_model("pledges", "PledgeText")
    for text in TEXTS:
        digest = sha256_hex(canonical({name: text[name] for name in CONTENT}))
        text_model.objects.create(
            version=1, state="PUBLISHED", digest=digest, published_at=timezone.now(), **text
        )


def remove(apps, schema_editor):
    text_model = apps.get_model("pledges", "PledgeText")
    text_model.objects.filter(government=None).delete()


class Migration(migrations.Migration):
    dependencies = [("pledges", "0001_initial")]
    operations = [migrations.RunPython(publish, remove)]
