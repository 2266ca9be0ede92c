"""The pledges as the articles quote them, word for word, and the two made from others.

What an article leaves out (opening, sanction, often the closing) has the usual wording.
"""

from ..models import PledgeText
from ..models.text import CONTENT_FIELDS
from ..services import texts

OPENING = "Dalam rangka menyukseskan pelaksanaan {election} kami berikrar:"
CLOSING = (
    "Demikian ikrar ini kami buat dan dilaksanakan dengan penuh integritas dan rasa tanggung jawab "
    "dalam rangka mewujudkan netralitas {people} yang bermartabat, beretika, dan demokratis demi "
    "terwujudnya persatuan dan kesatuan NKRI."
)
SANCTION = (
    "Apabila saya melanggar pernyataan ini, saya bersedia menerima sanksi sesuai ketentuan "
    "peraturan perundang-undangan."
)
ASN_LAW_2014 = "Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur Sipil Negara"
ASN_LAW_2023 = (
    "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara Pasal 9 ayat (2) dan Pasal 24 "
    "ayat (1) huruf d"
)
DISCIPLINE = "Peraturan Pemerintah Nomor 94 Tahun 2021 Pasal 5 huruf n"

LIBRARY_2020 = {
    "title": "Pilkada Serentak 2020 (Dinas Perpustakaan dan Kearsipan)",
    "heading": "Ikrar Netralitas Aparatur Sipil Negara pada Pilkada Serentak Tahun 2020",
    "opening": OPENING.format(election="Pilkada Serentak Tahun 2020"),
    "points": [
        "Menjaga dan menegakkan prinsip netralitas Aparatur Sipil Negara (ASN) dalam melaksanakan "
        "fungsi pelayanan publik baik sebelum, selama maupun sesudah pelaksanaan Pilkada Serentak "
        "Tahun 2020.",
        "Menghindari konflik kepentingan, tidak melakukan praktik-praktik intimidasi dan ancaman "
        "kepada pegawai ASN dan seluruh elemen masyarakat serta tidak memihak kepada pasangan "
        "calon tertentu.",
        "Menggunakan media sosial secara bijak, tidak dipergunakan untuk kepentingan Pasangan "
        "Calon tertentu, tidak menyebar ujaran kebencian serta berita bohong.",
        "Menolak politik uang dan segala jenis pemberian dalam bentuk apapun.",
    ],
    "closing": CLOSING.format(people="Pegawai ASN"),
    "sanction": SANCTION,
    "legal_basis": f"{ASN_LAW_2014}; Undang-Undang Nomor 10 Tahun 2016 Pasal 71; Peraturan "
    "Pemerintah Nomor 42 Tahun 2004 tentang Pembinaan Jiwa Korps dan Kode Etik Pegawai Negeri "
    "Sipil.",
    "people_word": "Pegawai ASN",
}
DUMAI_2023 = {
    "title": "Ikrar Netralitas Pegawai Kota Dumai",
    "heading": "Ikrar Netralitas Pegawai pada Pemilu Tahun 2024",
    "opening": OPENING.format(election="Pemilu Tahun 2024"),
    "points": [
        "Menjaga dan menegakkan prinsip netralitas pegawai dalam melaksanakan pelayanan publik "
        "baik sebelum selama maupun sesudah pelaksanaan Pemilu 2024.",
        "Menghindari konflik kepentingan, tidak melakukan praktik-praktik intimidasi dan ancaman "
        "kepada pegawai dan seluruh elemen masyarakat serta tidak memihak kepada pasangan calon "
        "tertentu.",
        "Menggunakan media sosial secara bijak tidak dipergunakan untuk kepentingan pasangan "
        "calon tertentu, tidak menyebarkan ujaran kebencian serta berita bohong.",
        "Menolak politik uang dan segala jenis pemberian dalam bentuk apapun.",
    ],
    "closing": CLOSING.format(people="pegawai"),
    "sanction": SANCTION,
    "legal_basis": f"{ASN_LAW_2014} Pasal 12; {DISCIPLINE}.",
    "people_word": "Pegawai",
}
MURUNG_RAYA_2023 = {
    "title": "Ikrar Netralitas Pegawai Kabupaten Murung Raya",
    "heading": "Ikrar Netralitas Pegawai pada Pemilu Tahun 2024",
    "opening": OPENING.format(election="Pemilu Tahun 2024"),
    "points": [
        "Menjaga dan menegakkan prinsip netralitas pegawai.",
        "Menghindari konflik kepentingan, tidak melakukan praktik-praktik intimidasi dan ancaman "
        "kepada pegawai dan seluruh elemen masyarakat, serta tidak memihak kepada calon pasangan "
        "tertentu.",
        "Menggunakan media sosial secara bijaksana, tidak dipergunakan untuk kepentingan pasangan "
        "calon tertentu, dan tidak menyebarkan ujaran kebencian serta berita bohong.",
        "Menolak politik uang dan segala jenis pemberian dalam bentuk apapun.",
    ],
    "closing": "Ikrar ini guna mewujudkan netralitas pegawai ASN yang bermartabat, beretika dan "
    "demokratis dalam mewujudkan persatuan dan kesatuan Negara Kesatuan Republik Indonesia.",
    "sanction": SANCTION,
    "legal_basis": f"{ASN_LAW_2023}; {DISCIPLINE}.",
    "people_word": "Pegawai",
}


def national(root, actor, day):
    """The national text of 2024, as it came with the installation."""
    return PledgeText.objects.get(government=None, family="pemilu-dan-pemilihan-2024", version=1)


def quoted(words):
    """A maker of the government's own text with these words."""

    def make(root, actor, day):
        text = PledgeText(government=root, **words)
        return _publish(texts.save_draft(actor=actor, text=text), actor, day)

    return make


def for_pemilu(root, actor, day):
    """The national text where a Pemilu alone is meant, with parties as well as pairs to elect."""
    model = national(root, actor, day)
    text = PledgeText(government=root, title="Pemilu Tahun 2024")
    for name in CONTENT_FIELDS:
        setattr(text, name, getattr(model, name))
    text.heading, text.opening = _for_pemilu(text.heading), _for_pemilu(text.opening)
    text.points = [_for_pemilu(point) for point in text.points]
    return _publish(texts.save_draft(actor=actor, text=text), actor, day)


def _for_pemilu(words):
    words = words.replace("Pemilu dan Pemilihan Tahun 2024", "Pemilu Tahun 2024")
    return words.replace("pasangan calon", "peserta Pemilu")


def next_version(election):
    """A maker of the next version of Dumai's own text, for `election` and the law of today.

    What it has made once, it gives again.
    """
    heading = f"Ikrar Netralitas Pegawai pada {election}"

    def make(root, actor, day):
        known = PledgeText.objects.filter(government=root, title=DUMAI_2023["title"])
        latest = known.latest("version")
        if latest.heading == heading:
            return latest
        text = texts.new_version(actor=actor, text=latest, government=root)
        text.heading = heading
        text.opening = OPENING.format(election=election)
        text.points = [point.replace("Pemilu 2024", election) for point in text.points]
        text.legal_basis = f"{ASN_LAW_2023}; {DISCIPLINE}."
        return _publish(texts.save_draft(actor=actor, text=text), actor, day)

    return make


def _publish(text, actor, day):
    return texts.publish(actor=actor, text=text, at=day)
