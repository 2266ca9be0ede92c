"""Whom the signing pages are opened for, unless a test says otherwise."""

import pytest

from tests import factories as make


@pytest.fixture
def participant(site):
    """Somebody who may sign now."""
    return make.participant_of(make.open_ceremony())


@pytest.fixture
def link(participant):
    """The address of the participant's personal link."""
    return f"/t/{make.link_of(participant)}/"
