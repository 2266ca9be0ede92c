"""Drafts change, published texts never do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connections

from agencies.choices import RoleName
from agencies.models import Event
from netralitas.lib.errors import AppendOnlyError
from pledges.errors import WrongState
from pledges.models import PledgeText
from pledges.models.text import CONTENT_FIELDS
from pledges.services import texts
from tests import factories

pytestmark = pytest.mark.django_db
PUBLISHED = "Naskah yang sudah diterbitkan tidak dapat diubah. Buat versi baru."


def content_of(text):
    return {name: getattr(text, name) for name in CONTENT_FIELDS}


def acts_on(text):
    return [event.act for event in Event.objects.of(text)]


def test_a_new_draft_gets_a_family_made_from_its_title():
    government = factories.GovernmentFactory()
    officer = factories.user_with_role(RoleName.HR, government)
    text = factories.DraftTextFactory.build(
        government=government, title="Ikrar ASN & Non-ASN 2024", family=""
    )
    texts.save_draft(actor=officer, text=text)
    stored = PledgeText.objects.get(pk=text.pk)
    assert (stored.family, stored.version, stored.state) == ("ikrar-asn-non-asn-2024", 1, "DRAFT")
    event = Event.objects.of(text).get()
    assert (event.act, event.actor, event.government) == ("text.created", officer, government)


@pytest.mark.parametrize(("title", "family"), [("Ikrar", "ikrar-3"), ("***", "naskah")])
def test_a_family_is_taken_only_once_in_a_government(title, family):
    government = factories.GovernmentFactory()
    for taken in ("ikrar", "ikrar-2", "ikrar-lain"):
        factories.DraftTextFactory(government=government, family=taken)
    text = factories.DraftTextFactory.build(government=government, title=title, family="")
    assert texts.save_draft(actor=None, text=text).family == family


def test_a_draft_can_be_changed_and_says_so_in_the_trail():
    text = factories.DraftTextFactory()
    text.points = ["Menolak politik uang."]
    texts.save_draft(actor=None, text=text)
    assert PledgeText.objects.get(pk=text.pk).points == ["Menolak politik uang."]
    assert acts_on(text) == ["text.changed"]


def test_publishing_gives_the_digest_of_what_is_stored():
    text = factories.DraftTextFactory()
    stale = PledgeText.objects.get(pk=text.pk)
    text.points = ["Menolak politik uang."]
    texts.save_draft(actor=None, text=text)
    published = texts.publish(actor=None, text=stale)
    assert published.is_published
    assert published.points == ["Menolak politik uang."]
    assert published.digest == published.compute_digest() == text.compute_digest()
    event = Event.objects.of(text).first()
    assert (event.act, event.data) == ("text.published", {"digest": published.digest})


def test_an_older_text_can_be_entered_with_the_day_it_was_published():
    day = datetime(2020, 9, 1, tzinfo=UTC)
    assert texts.publish(actor=None, text=factories.DraftTextFactory(), at=day).published_at == day


def test_a_published_text_can_never_change():
    text = factories.published_text()
    before = content_of(text)
    text.points = ["Memihak."]
    with pytest.raises(WrongState, match=PUBLISHED):
        texts.save_draft(actor=None, text=text)
    assert content_of(PledgeText.objects.get(pk=text.pk)) == before
    assert acts_on(text) == ["text.published"]


def test_a_form_opened_before_publication_cannot_take_it_back():
    text = factories.DraftTextFactory()
    opened_before = PledgeText.objects.get(pk=text.pk)
    texts.publish(actor=None, text=text)
    opened_before.closing = "Lain."
    with pytest.raises(WrongState, match=PUBLISHED):
        texts.save_draft(actor=None, text=opened_before)
    stored = PledgeText.objects.get(pk=text.pk)
    assert (stored.state, stored.digest) == ("PUBLISHED", stored.compute_digest())


def test_the_model_itself_never_writes_over_a_published_text_or_deletes_it():
    text = factories.DraftTextFactory()
    opened_before = PledgeText.objects.get(pk=text.pk)
    texts.publish(actor=None, text=text)
    before = PledgeText.objects.values().get(pk=text.pk)
    opened_before.closing = "Lain."
    for act in (opened_before.save, opened_before.delete, text.save):
        with pytest.raises(AppendOnlyError):
            act()
    assert PledgeText.objects.values().get(pk=text.pk) == before


def test_a_text_is_published_only_once():
    text = factories.published_text()
    with pytest.raises(WrongState, match=PUBLISHED):
        texts.publish(actor=None, text=text)
    stored = PledgeText.objects.get(pk=text.pk)
    assert (stored.digest, stored.published_at) == (text.digest, text.published_at)
    assert acts_on(text) == ["text.published"]


def test_a_new_version_is_a_draft_with_the_same_content_and_the_next_number():
    text = factories.published_text()
    second = texts.new_version(actor=None, text=text, government=text.government)
    third = texts.new_version(actor=None, text=text, government=text.government)
    assert [second.version, third.version] == [2, 3]
    assert {second.family, third.family} == {text.family}
    assert content_of(second) == content_of(text)
    assert (second.state, second.digest, second.published_at) == ("DRAFT", "", None)
    event = Event.objects.of(second).get()
    assert (event.act, event.data) == ("text.created", {"from": str(text.uuid)})


def test_a_copy_of_a_national_text_begins_a_family_of_the_governments_own():
    national = PledgeText.objects.get(government=None, family="pilkada-2020")
    government = factories.GovernmentFactory()
    first = texts.new_version(actor=None, text=national, government=government)
    second = texts.new_version(actor=None, text=national, government=government)
    assert (first.government, first.family, first.version) == (
        government,
        "pilkada-serentak-2020",
        1,
    )
    assert (second.family, second.version) == ("pilkada-serentak-2020-2", 1)
    assert (first.title, national.title) == (
        "Pilkada Serentak 2020",
        "Pilkada Serentak 2020 (nasional)",
    )
    assert content_of(first) == content_of(national)


@pytest.mark.django_db(transaction=True)
def test_two_new_versions_at_once_get_two_numbers():
    text = factories.published_text()

    def copy(_):
        try:
            return texts.new_version(actor=None, text=text, government=text.government).version
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(copy, range(4))) == [2, 3, 4, 5]
