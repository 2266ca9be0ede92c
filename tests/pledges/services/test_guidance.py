"""Versions of the guidance: what it may hold, and which one holds."""

from copy import deepcopy

import pytest

from agencies.models import Event
from netralitas.lib.errors import AppendOnlyError, Refusal
from pledges.errors import WrongState
from pledges.models import Guidance
from pledges.services import guidance
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def government():
    return factories.GovernmentFactory()


@pytest.fixture
def draft(government):
    return guidance.begin_draft(actor=None, government=government)


def national():
    return Guidance.objects.get(government=None)


def test_the_national_guidance_has_the_form_that_every_version_has():
    version = national()
    guidance.check(version.content)
    assert (version.version, version.is_published) == (1, True)
    levels = [row["level"] for row in version.content["forbidden"][:7]]
    assert levels == ["", "SEDANG", "BERAT", "BERAT", "BERAT", "BERAT", "BERAT"]


def test_a_draft_begins_with_what_holds_and_changes_nothing_until_it_is_published(
    government, draft
):
    assert (draft.version, draft.state, draft.content) == (1, "DRAFT", national().content)
    content = {**draft.content, "intro": "Pengantar kami."}
    guidance.save_draft(actor=None, guidance=draft, content=content)
    assert Guidance.objects.in_force(government) == national()
    guidance.publish(actor=None, guidance=draft)
    assert Guidance.objects.in_force(government).content == content
    assert Guidance.objects.in_force(factories.GovernmentFactory()) == national()
    acts = [event.act for event in Event.objects.of(draft)]
    assert acts == ["guidance.published", "guidance.changed", "guidance.created"]


def test_a_next_version_goes_on_from_the_last_one(government, draft):
    guidance.publish(actor=None, guidance=draft)
    second = guidance.begin_draft(actor=None, government=government)
    assert (second.version, second.content) == (2, draft.content)


def test_there_is_one_draft_at_a_time(government, draft):
    with pytest.raises(WrongState, match="Masih ada konsep panduan"):
        guidance.begin_draft(actor=None, government=government)
    assert Guidance.objects.filter(government=government).count() == 1


def test_a_published_version_never_changes(draft):
    opened_before = Guidance.objects.get(pk=draft.pk)
    guidance.publish(actor=None, guidance=draft)
    with pytest.raises(WrongState, match="tidak dapat diubah"):
        guidance.save_draft(actor=None, guidance=opened_before, content=draft.content)
    with pytest.raises(WrongState, match="tidak dapat diubah"):
        guidance.publish(actor=None, guidance=opened_before)
    for act in (opened_before.save, opened_before.delete, draft.save):
        with pytest.raises(AppendOnlyError):
            act()


def changed(*path, to):
    """The national content with one value replaced, or taken away for None."""
    content = deepcopy(national().content)
    place = content
    for key in path[:-1]:
        place = place[key]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return content


MALFORMED = [
    (("intro",), None),
    (("intro",), "  "),
    (("intro",), "x" * 2001),
    (("intro",), 5),
    (("script",), "x"),
    (("duties",), []),
    (("duties",), ["x"] * 13),
    (("duties", 0), {"html": "x"}),
    (("laws", 0), "x" * 501),
    (("moments",), []),
    (("moments", "KAMPANYE"), None),
    (("moments", "KAMPANYE"), []),
    (("forbidden", 0, "level"), "MATI"),
    (("forbidden", 0, "act"), ""),
    (("forbidden", 0, "who"), "seseorang"),
    (("costs",), [{"title": "a", "text": "b", "source": ""}] * 31),
    (("costs", 0, "source"), None),
    (("contacts", 0, "address"), "javascript:alert(1)"),
    (("contacts", 0, "address"), "http://www.bawaslu.go.id/"),
    (("contacts", 0, "address"), "https://"),
]


@pytest.mark.parametrize(("path", "value"), MALFORMED)
def test_a_content_of_another_form_is_refused(draft, path, value):
    with pytest.raises(Refusal):
        guidance.save_draft(actor=None, guidance=draft, content=changed(*path, to=value))
    assert Guidance.objects.get(pk=draft.pk).content == national().content


@pytest.mark.parametrize("content", [None, [], "x", {}])
def test_what_is_no_content_at_all_is_refused(content):
    with pytest.raises(Refusal):
        guidance.check(content)
