"""Proofs for many at once are those that each signature would get alone."""

import pytest

from pledges.models import Signature
from pledges.services import register, register_proofs
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("level", [0, 1, 2, 10])
def test_each_proof_is_the_one_asked_for_alone(monkeypatch, level):
    monkeypatch.setattr(register_proofs, "LEVEL", level)
    ceremony = factories.open_ceremony(employees=11)
    for participant in ceremony.participants.order_by("id"):
        factories.sign(participant)
    register.seal()
    head = register.latest_head()
    some = Signature.objects.filter(pk__in=list(Signature.objects.values_list("pk", flat=True))[2:])
    alone = [register.proof_of(signature, head) for signature in some.order_by("pk")]
    assert list(register_proofs.proofs_of(some, head)) == alone
    assert all(proof.holds for proof in alone)


def test_what_is_not_under_the_head_has_no_proof():
    ceremony = factories.open_ceremony(employees=2)
    first, second = ceremony.participants.order_by("id")
    factories.sign(first)
    register.seal()
    factories.sign(second)
    found = list(register_proofs.proofs_of(Signature.objects.all(), register.latest_head()))
    assert [proof.leaf for proof in found] == [first.signature.digest]
