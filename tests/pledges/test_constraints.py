"""What the database itself refuses of ceremonies and signatures."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from pledges.models import Ceremony, Signature
from tests import factories

pytestmark = pytest.mark.django_db
NAME = "Siti Aminah"


@pytest.mark.parametrize(
    ("method", "strokes", "typed_name"),
    [
        ("DRAWN", [], ""),
        ("DRAWN", factories.STROKES, NAME),
        ("DRAWN", [], NAME),
        ("TYPED", [], ""),
        ("TYPED", factories.STROKES, NAME),
        ("TYPED", factories.STROKES, ""),
    ],
)
def test_a_signature_is_either_drawn_or_typed(method, strokes, typed_name):
    signature = factories.sign(factories.participant_of(factories.open_ceremony()))
    stored = QuerySet(Signature).filter(pk=signature.pk)
    with pytest.raises(IntegrityError, match="signature_drawn_or_typed"), transaction.atomic():
        stored.update(method=method, strokes=strokes, typed_name=typed_name)
    assert stored.update(method="TYPED", strokes=[], typed_name=NAME, key=uuid4()) == 1


@pytest.mark.parametrize(
    ("state", "missing", "constraint"),
    [
        ("OPEN", "opened_at", "ceremony_open_has_moment"),
        ("CLOSED", "closed_at", "ceremony_closed_has_moment"),
        ("ARCHIVED", "closed_at", "ceremony_closed_has_moment"),
    ],
)
def test_a_ceremony_has_the_moments_of_its_state(state, missing, constraint):
    ceremony = factories.ceremony_in(state)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Ceremony.objects.filter(pk=ceremony.pk).update(**{missing: None})
