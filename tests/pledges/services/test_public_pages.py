"""Who shows a public page, at which address, and when it cannot be."""

import pytest

from agencies.models import Event
from netralitas.lib.errors import Refusal
from pledges.errors import WrongState
from pledges.models import PublicPage
from pledges.services import public_pages
from tests import factories

pytestmark = pytest.mark.django_db


def show(ceremony, slug="apel-2023"):
    return public_pages.show(actor=None, ceremony=ceremony, slug=slug)


def hide(ceremony):
    return public_pages.hide(actor=None, ceremony=ceremony)


def test_a_page_is_shown_hidden_and_shown_again_at_the_same_address():
    ceremony = factories.open_ceremony()
    first = show(ceremony)
    hide(ceremony)
    again = show(ceremony, slug="alamat-lain")
    assert (first.slug, again.slug, again.is_shown) == ("apel-2023", "apel-2023", True)
    assert again.shown_at == first.shown_at
    acts = Event.objects.filter(act__startswith="public_page.").order_by("id")
    assert list(acts.values_list("act", "data")) == [
        ("public_page.shown", {}),
        ("public_page.hidden", {}),
        ("public_page.shown", {}),
    ]


def test_an_address_never_goes_to_another_ceremony_even_while_it_is_hidden():
    ceremony = factories.open_ceremony()
    show(ceremony)
    hide(ceremony)
    with pytest.raises(Refusal) as refused:
        show(factories.open_ceremony())
    assert (refused.value.message, refused.value.field) == (public_pages.TAKEN, "slug")
    assert PublicPage.objects.count() == 1


def test_showing_twice_and_hiding_twice_are_refused():
    ceremony = factories.open_ceremony()
    with pytest.raises(WrongState):
        hide(ceremony)
    show(ceremony)
    with pytest.raises(WrongState):
        show(ceremony)
    hide(ceremony)
    with pytest.raises(WrongState):
        hide(ceremony)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("DRAFT", public_pages.NO_ROSTER), ("CANCELLED", public_pages.NO_ROSTER)],
)
def test_what_has_no_roster_cannot_be_shown(state, sentence):
    with pytest.raises(WrongState) as refused:
        show(factories.ceremony_in(state))
    assert refused.value.message == sentence
    assert PublicPage.objects.count() == 0


def test_a_cancelled_ceremony_cannot_be_shown():
    ceremony = factories.ceremony_in("READY")
    factories.cancel(actor=None, ceremony=ceremony)
    ceremony.refresh_from_db()
    with pytest.raises(WrongState) as refused:
        show(ceremony)
    assert refused.value.message == public_pages.CANCELLED


def test_the_suggested_address_is_of_whole_words_and_the_day_and_nobody_has_it():
    ceremony = factories.open_ceremony(title="Apel Ikrar & Pakta: Kota Dumai")
    assert public_pages.suggested_slug(ceremony) == "apel-ikrar-pakta-kota-dumai-11-januari-2023"
    show(ceremony, public_pages.suggested_slug(ceremony))
    same = factories.open_ceremony(title="Apel Ikrar & Pakta: Kota Dumai")
    assert public_pages.suggested_slug(same) == "apel-ikrar-pakta-kota-dumai-11-januari-2023-2"
    long = factories.open_ceremony(title="Penandatanganan " * 12)
    found = public_pages.suggested_slug(long)
    assert found.endswith("penandatanganan-11-januari-2023")
    assert len(found) <= public_pages.LONGEST
