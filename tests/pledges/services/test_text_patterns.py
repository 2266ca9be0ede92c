"""Placeholders are filled at publishing, and nothing with a brace is ever signed."""

import pytest

from netralitas.lib.errors import Refusal
from pledges.models import PledgeText
from pledges.services import text_patterns, texts
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def election():
    return factories.ElectionFactory(name="Pilkada Tahun 2027", year=2027)


@pytest.fixture
def pattern():
    return PledgeText.objects.get(family="pola-pasangan-calon")


def draft_for(election, **fields):
    return factories.DraftTextFactory(government=election.government, election=election, **fields)


def test_publishing_stores_the_words_that_are_read(election):
    draft = draft_for(
        election,
        heading="Ikrar {sebutan} pada {pemilu}",
        points=["Menjaga netralitas {sebutan}.", "Damai pada tahun {tahun}."],
        people_word="ASN dan Non-ASN",
    )
    texts.publish(actor=None, text=draft)
    stored = PledgeText.objects.get(pk=draft.pk)
    assert stored.heading == "Ikrar ASN dan Non-ASN pada Pilkada Tahun 2027"
    assert stored.points == ["Menjaga netralitas ASN dan Non-ASN.", "Damai pada tahun 2027."]
    assert stored.digest == stored.compute_digest()


REFUSED = [
    ({"points": ["Menjaga {hal}."]}, "Tanda pengisi {hal} tidak dikenal.", ""),
    ({"points": ["Menjaga {Pemilu}."]}, "Tanda pengisi {Pemilu} tidak dikenal.", ""),
    ({"closing": "Demikian } ikrar"}, "Tanda pengisi } tidak dikenal.", ""),
    ({"people_word": "{sebutan}"}, "Tanda pengisi {sebutan} tidak dikenal.", ""),
    ({"heading": "Ikrar pada {pemilu}" + "x" * 281}, "Terlalu panjang setelah diisi", "heading"),
]


@pytest.mark.parametrize(("fields", "sentence", "field"), REFUSED)
def test_what_nothing_fills_is_not_published(election, fields, sentence, field):
    draft = draft_for(election, **fields)
    with pytest.raises(Refusal, match=sentence) as refusal:
        texts.publish(actor=None, text=draft)
    assert refusal.value.field == field
    assert PledgeText.objects.get(pk=draft.pk).state == "DRAFT"


def test_a_text_about_an_election_is_not_published_without_one(election):
    draft = draft_for(election, heading="Ikrar pada {pemilu} {tahun}")
    PledgeText.objects.filter(pk=draft.pk).update(election=None)
    with pytest.raises(Refusal, match="memuat {pemilu}, {tahun}. Pilih pemilunya") as refusal:
        texts.publish(actor=None, text=draft)
    assert refusal.value.field == "election"


def test_the_name_of_an_election_is_never_read_as_a_placeholder():
    election = factories.ElectionFactory(name="Pemilu {sebutan}")
    draft = draft_for(election, heading="Ikrar pada {pemilu}")
    with pytest.raises(Refusal, match="{sebutan} tidak dikenal"):
        texts.publish(actor=None, text=draft)


def test_a_text_without_placeholders_needs_no_election():
    text = factories.published_text(heading="Ikrar Netralitas")
    assert (text.heading, text.election) == ("Ikrar Netralitas", None)


def test_a_pattern_is_copied_for_an_election(pattern, election):
    copy = texts.new_version(
        actor=None,
        text=pattern,
        government=election.government,
        election=election,
        people_word="Pegawai",
    )
    assert (copy.title, copy.state) == ("Pasangan calon: Pilkada Tahun 2027", "DRAFT")
    assert (copy.election, copy.people_word) == (election, "Pegawai")
    assert copy.points == pattern.points
    published = texts.publish(actor=None, text=copy)
    assert published.opening == (
        "Dalam rangka menyukseskan pelaksanaan Pilkada Tahun 2027 kami berikrar:"
    )


def test_a_pattern_is_not_copied_without_an_election(pattern, election):
    with pytest.raises(Refusal, match="Pilih pemilu"):
        texts.new_version(actor=None, text=pattern, government=election.government)


def test_an_election_of_another_government_is_refused(pattern, election):
    elsewhere = factories.GovernmentFactory()
    for act in (
        lambda: texts.new_version(
            actor=None, text=pattern, government=elsewhere, election=election
        ),
        lambda: texts.save_draft(
            actor=None,
            text=factories.DraftTextFactory.build(government=elsewhere, election=election),
        ),
    ):
        with pytest.raises(Refusal, match="milik pemerintah daerah lain"):
            act()
    assert PledgeText.objects.filter(government=elsewhere).count() == 0


@pytest.mark.parametrize(("count", "warns"), [(0, False), (3, True), (4, False), (8, True)])
def test_other_than_four_points_are_warned_of_and_not_refused(count, warns):
    sentence = f"Naskah ini memuat {count} butir; lazimnya empat. Pastikan memang demikian."
    assert text_patterns.points_warning(["Butir."] * count) == (sentence if warns else "")
