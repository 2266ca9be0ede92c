"""The texts that come with the installation, word for word as they were published."""

import pytest

from pledges.models import PledgeText
from pledges.models.text import CONTENT_FIELDS
from pledges.services import text_patterns
from tests import factories

pytestmark = pytest.mark.django_db
MEDIA_2024 = (
    "Menggunakan media sosial secara bijak dan tidak menyebarkan ujaran kebencian serta berita "
    "bohong."
)
MEDIA_2020 = (
    "Menggunakan media sosial secara bijak, tidak dipergunakan untuk kepentingan pasangan calon "
    "tertentu, tidak menyebarkan ujaran kebencian serta berita bohong."
)
CONFLICTS = (
    "Menghindari konflik kepentingan, tidak melakukan praktik-praktik intimidasi dan ancaman "
    "kepada Pegawai ASN dan seluruh elemen masyarakat serta tidak memihak kepada pasangan calon "
    "tertentu."
)
MONEY = "Menolak politik uang dan segala jenis pemberian dalam bentuk apa pun."
WORDING = {
    "pemilu-dan-pemilihan-2024": {
        "heading": "IKRAR NETRALITAS PEGAWAI APARATUR SIPIL NEGARA PADA PEMILU DAN PEMILIHAN TAHUN "
        "2024",
        "opening": "Dalam rangka menyukseskan pelaksanaan Pemilu dan Pemilihan Tahun 2024 kami "
        "berikrar:",
        "points": [
            "Menjaga dan menegakkan prinsip netralitas Pegawai ASN di instansi masing-masing dalam "
            "melaksanakan fungsi pelayanan publik baik sebelum, selama, maupun sesudah pelaksanaan "
            "Pemilu dan Pemilihan Tahun 2024.",
            CONFLICTS,
            MEDIA_2024,
            MONEY,
        ],
    },
    "pilkada-2020": {
        "heading": "IKRAR NETRALITAS PEGAWAI APARATUR SIPIL NEGARA PADA PILKADA SERENTAK TAHUN "
        "2020",
        "opening": "Dalam rangka menyukseskan pelaksanaan Pilkada Serentak Tahun 2020 kami "
        "berikrar:",
        "points": [
            "Menjaga dan menegakkan prinsip netralitas Pegawai ASN dalam melaksanakan fungsi "
            "pelayanan publik baik sebelum, selama, maupun sesudah pelaksanaan Pilkada Serentak "
            "Tahun 2020.",
            CONFLICTS,
            MEDIA_2020,
            MONEY,
        ],
    },
}
CLOSING = (
    "Demikian ikrar ini kami buat dan dilaksanakan dengan penuh integritas dan rasa tanggung jawab "
    "dalam rangka mewujudkan netralitas Pegawai ASN yang bermartabat, beretika, dan demokratis "
    "demi terwujudnya persatuan dan kesatuan NKRI."
)


@pytest.mark.parametrize("family", WORDING)
def test_a_national_text_has_the_published_wording(family):
    text = PledgeText.objects.get(government=None, family=family)
    expected = WORDING[family]
    assert text.heading.upper() == expected["heading"]
    assert (text.opening, text.points) == (expected["opening"], expected["points"])
    assert text.closing == CLOSING
    assert text.sanction.endswith(
        "bersedia menerima sanksi sesuai ketentuan peraturan perundang-undangan."
    )
    assert (text.version, text.people_word) == (1, "Pegawai ASN")


def test_there_are_no_others():
    families = PledgeText.objects.filter(government=None).published()
    assert sorted(families.values_list("family", flat=True)) == sorted(WORDING)


@pytest.mark.parametrize("family", WORDING)
def test_a_national_text_is_published_with_the_digest_the_model_computes(family):
    text = PledgeText.objects.get(government=None, family=family)
    assert text.is_published
    assert text.digest == text.compute_digest()


def test_everything_a_signer_reads_counts_for_the_digest():
    text = factories.DraftTextFactory()
    digests = {text.compute_digest()}
    for name in CONTENT_FIELDS:
        value = getattr(text, name)
        setattr(text, name, [*value, "Lain."] if isinstance(value, list) else value + " lain")
        digests.add(text.compute_digest())
    assert len(digests) == 1 + len(CONTENT_FIELDS)
    text.title, text.version = "Nama lain", 9
    assert text.compute_digest() in digests


CONTENDERS = {"pola-pasangan-calon": "pasangan calon", "pola-peserta-pemilu": "peserta Pemilu"}


@pytest.mark.parametrize(("family", "contender"), CONTENDERS.items())
def test_a_pattern_filled_for_an_election_has_the_usual_wording(family, contender):
    pattern = PledgeText.objects.get(government=None, family=family)
    election = factories.ElectionFactory(name="Pemilu dan Pemilihan Tahun 2024", year=2024)
    told = text_patterns.literal(pattern, election)
    national = PledgeText.objects.get(family="pemilu-dan-pemilihan-2024")
    assert told["points"] == [
        national.points[0],
        CONFLICTS.replace("pasangan calon", contender),
        MEDIA_2020.replace("pasangan calon", contender),
        MONEY,
    ]
    assert (told["opening"], told["closing"]) == (national.opening, CLOSING)
    assert told["heading"] == "Ikrar Netralitas Pegawai ASN pada Pemilu dan Pemilihan Tahun 2024"


def test_patterns_are_no_texts_to_sign():
    patterns = PledgeText.objects.filter(state="PATTERN")
    assert sorted(patterns.values_list("family", flat=True)) == sorted(CONTENDERS)
    assert [(pattern.is_published, pattern.digest) for pattern in patterns] == [(False, "")] * 2
