"""Looks at the tree of agencies after a reorganisation."""

import pytest

from agencies.models import Agency, Event
from netralitas.lib.errors import Refusal


def stored(agency):
    return Agency.objects.get(pk=agency.pk)


def names_below(agency):
    """The agency and what stands below it, in the order of the tree."""
    return [one.name for one in Agency.objects.under(stored(agency))]


def the_tree_is_sound():
    return Agency.objects.find_problems() == ([], [], [], [], [])


def retire_at_once(agency):
    Agency.objects.filter(pk=agency.pk).update(retired_at="2024-01-02T00:00:00Z")


def refusal(act, *args, **kwargs):
    """What `act` says when it refuses, as (field, sentence); nothing may have been recorded."""
    with pytest.raises(Refusal) as refused:
        act(*args, **kwargs)
    assert not Event.objects.exists()
    return refused.value.field, refused.value.message
