"""/naskah/: library, preview while writing, copies of patterns, sample pact, comparison."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from agencies.choices import RoleName
from agencies.models import Event
from pledges.models import PledgeText
from tests import factories

from .pages import beside, log_in, text_of
from .test_texts import DATA

pytestmark = pytest.mark.django_db
OPENING = "Dalam rangka menyukseskan pelaksanaan {pemilu} kami berikrar:"


@pytest.fixture
def government():
    return factories.GovernmentFactory(name="Pemerintah Kota Dumai")


@pytest.fixture
def election(government):
    return factories.ElectionFactory(government=government, name="Pilkada Tahun 2027", year=2027)


@pytest.fixture
def hr(client, government):
    return log_in(client, RoleName.HR, government)


@pytest.fixture
def pattern():
    return PledgeText.objects.get(family="pola-peserta-pemilu")


def typed(government, **changes):
    return {"government": government.pk, **DATA, **changes}


def test_the_library_is_narrowed_by_state_source_and_name(client, hr, government):
    factories.DraftTextFactory(government=government, title="Konsep Dumai")
    used = factories.open_ceremony(factories.OpdFactory(parent=government)).text
    found = {}
    for query in ("state=DRAFT", "state=PATTERN", "source=sendiri", "source=nasional", "q=pilkada"):
        page = client.get(f"{reverse('text-list')}?{query}")
        found[query] = [text.title for text in page.context["texts"]]
    assert found == {
        "state=DRAFT": ["Konsep Dumai"],
        "state=PATTERN": ["Pasangan calon (pola)", "Peserta Pemilu (pola)"],
        "source=sendiri": ["Konsep Dumai", used.title],
        "source=nasional": [
            "Pasangan calon (pola)",
            "Pemilu dan Pemilihan 2024 (nasional)",
            "Peserta Pemilu (pola)",
            "Pilkada Serentak 2020 (nasional)",
        ],
        "q=pilkada": ["Pilkada Serentak 2020 (nasional)"],
    }
    page = text_of(client.get(f"{reverse('text-list')}?q={used.title}"))
    assert f"{government.name} · versi 1 · 4 butir · dipakai pada 1 acara" in page


def test_the_preview_shows_what_is_typed_filled_and_stores_nothing(client, hr, election):
    data = typed(election.government, opening=OPENING, election=election.pk)
    response = client.post(reverse("text-new-preview"), data, HTTP_HX_REQUEST="true")
    page = text_of(response)
    assert "<html" not in response.text
    assert "Ikrar yang dibacakan Ikrar Netralitas Pegawai" in page
    assert "pelaksanaan Pilkada Tahun 2027 kami berikrar: Menjaga netralitas. Menolak" in page
    assert "PAKTA INTEGRITAS NETRALITAS PEGAWAI PADA PILKADA TAHUN 2027 Saya yang" in page
    assert "Naskah ini memuat 2 butir; lazimnya empat." in page
    assert "Belum dapat diterbitkan" not in page
    assert PledgeText.objects.exclude(government=None).count() == 0


def test_the_preview_marks_what_is_not_filled_yet(client, hr, government):
    data = typed(government, opening=OPENING, closing="<script>{hal}</script>")
    response = client.post(reverse("text-new-preview"), data, HTTP_HX_REQUEST="true")
    assert '<mark class="placeholder">{pemilu}</mark> kami berikrar:' in response.text
    assert '&lt;script&gt;<mark class="placeholder">{hal}</mark>&lt;/script&gt;' in response.text
    assert "Tanda pengisi {hal} tidak dikenal." in text_of(response)


def test_without_script_the_whole_form_comes_back_as_it_was_typed(client, hr, election):
    draft = factories.DraftTextFactory(government=election.government, title="Lama")
    data = typed(election.government, opening=OPENING, title="Baru", election=election.pk)
    response = client.post(reverse("text-preview", args=[draft.uuid]), data)
    assert response.status_code == 200
    assert f'action="/naskah/{draft.uuid}/ubah/"' in response.text
    assert 'value="Baru"' in response.text
    assert "pelaksanaan Pilkada Tahun 2027 kami berikrar:" in text_of(response)
    assert PledgeText.objects.get(pk=draft.pk).title == "Lama"


def test_a_faulty_draft_still_has_a_preview(client, hr, government):
    data = {"government": government.pk, "points": ["Satu.", "", "Dua."], "election": "x"}
    page = text_of(client.post(reverse("text-new-preview"), data, HTTP_HX_REQUEST="true"))
    assert "berikrar: Satu. Dua." in page


def test_a_published_text_has_no_preview_of_changes(client, hr, government):
    text = factories.published_text(government=government)
    response = client.post(reverse("text-preview", args=[text.uuid]), typed(government))
    assert response.status_code == 409


def test_points_come_in_the_order_of_their_fields(client, hr, government):
    points = ["Kedua.", "", "Pertama.\r\n3. Ketiga."]
    client.post(reverse("text-create"), typed(government, points=points))
    text = PledgeText.objects.get(government=government)
    assert text.points == ["Kedua.", "Pertama.", "Ketiga."]


def test_a_pattern_is_copied_for_the_election_that_is_asked_for(client, hr, election, pattern):
    address = reverse("text-from-pattern", args=[pattern.uuid])
    assert beside(client.post(address, {"people_word": "ASN"}), "election") == (
        "Bidang ini tidak boleh kosong."
    )
    response = client.post(address, {"election": election.pk, "people_word": "ASN"})
    copy = PledgeText.objects.get(government=election.government)
    assert (response.status_code, response.url) == (302, f"/naskah/{copy.uuid}/ubah/")
    assert (copy.election, copy.people_word) == (election, "ASN")
    assert Event.objects.of(copy).get().data == {"from": str(pattern.uuid)}


def test_elections_of_other_governments_are_not_offered(client, hr, pattern):
    foreign = factories.ElectionFactory()
    address = reverse("text-from-pattern", args=[pattern.uuid])
    response = client.post(address, {"election": foreign.pk, "people_word": "ASN"})
    assert response.status_code == 400
    assert "Belum ada pemilu" in text_of(response)


def test_only_patterns_are_copied_this_way_and_they_in_no_other(client, hr, government, pattern):
    national = PledgeText.objects.get(family="pilkada-2020")
    assert client.get(reverse("text-from-pattern", args=[national.uuid])).status_code == 409
    assert client.post(reverse("text-new-version", args=[pattern.uuid])).status_code == 409
    assert PledgeText.objects.filter(government=government).count() == 0


def test_a_draft_with_placeholders_is_not_offered_for_publication(client, hr, election):
    draft = factories.DraftTextFactory(government=election.government, opening=OPENING)
    response = client.get(reverse("text-detail", args=[draft.uuid]))
    assert "Belum dapat diterbitkan Naskah ini memuat {pemilu}." in text_of(response)
    assert reverse("text-publish", args=[draft.uuid]) not in response.text
    assert client.post(reverse("text-publish", args=[draft.uuid])).status_code == 409


def test_a_sample_pact_is_one_marked_page_without_record_and_seal(client, hr, election):
    draft = factories.DraftTextFactory(
        government=election.government, election=election, opening=OPENING, people_word="Pegawai"
    )
    response = client.get(reverse("text-sample", args=[draft.uuid]))
    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(response.getvalue())) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.docinfo["/Title"]) == "CONTOH Pakta Integritas"
        assert ("/AcroForm" in pdf.Root, list(pdf.attachments)) == (False, [])


def test_a_text_too_long_for_its_pact_says_so(client, hr, government):
    draft = factories.DraftTextFactory(government=government, points=["panjang " * 75] * 12)
    PledgeText.objects.filter(pk=draft.pk).update(closing="panjang " * 1500)
    response = client.get(reverse("text-sample", args=[draft.uuid]))
    assert response.status_code == 409
    assert "paktanya tidak muat dalam satu halaman" in text_of(response)


def test_two_texts_are_compared_word_by_word(client, hr, government):
    first = factories.published_text(government=government, points=["Satu kata.", "Dua kata."])
    second = factories.DraftTextFactory(
        government=government, points=["Sisipan baru sekali.", "Satu kata saja.", "Dua kata."]
    )
    response = client.get(f"{reverse('text-compare')}?a={first.uuid}&b={second.uuid}")
    parts = [(part.label, part.same) for part in response.context["parts"] if "Butir" in part.label]
    assert parts == [("Butir 1", False), ("Butir 1 dan 2", False), ("Butir 2 dan 3", True)]
    assert '<del class="diff-del">kata.</del>' in response.text
    assert '<ins class="diff-ins">kata saja.</ins>' in response.text
    assert "2 dari 9 bagian berbeda." in text_of(response)


def test_only_texts_that_one_may_read_are_compared(client, hr, government):
    own, foreign = factories.DraftTextFactory(government=government), factories.DraftTextFactory()
    response = client.get(f"{reverse('text-compare')}?a={own.uuid}&b={foreign.uuid}")
    assert response.context["parts"] is None
    assert foreign.title not in text_of(response)


def test_a_text_says_at_which_ceremonies_it_is_read(client, hr, government):
    text = factories.published_text(government=government)
    for opd in factories.OpdFactory.create_batch(8, parent=government):
        factories.draft_ceremony(opd, text=text, title=f"Apel {opd.name}")
    page = text_of(client.get(reverse("text-detail", args=[text.uuid])))
    assert "Dipakai pada acara 8 acara memakai naskah ini." in page
    assert "dan 2 acara lagi" in page


def test_versions_of_a_text_lead_to_each_other(client, hr, government):
    text = factories.published_text(government=government)
    client.post(reverse("text-new-version", args=[text.uuid]))
    second = PledgeText.objects.get(family=text.family, version=2)
    response = client.get(reverse("text-detail", args=[text.uuid]))
    assert "Versi lain Versi 2 (konsep) · bandingkan" in text_of(response)
    assert f"/naskah/banding/?a={second.uuid}&amp;b={text.uuid}" in response.text
