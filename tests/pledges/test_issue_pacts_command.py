"""`manage.py issue_pacts`: the sweep behind the worker."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from pledges.models import Pact, Signature
from tests import factories
from tests.tampering import spoil

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("issue_pacts", *arguments, stdout=out)
    return out.getvalue()


def signed_ceremony(employees=1):
    ceremony = factories.open_ceremony(employees=employees)
    for participant in ceremony.participants.all():
        factories.sign(participant)
    return ceremony


def test_it_makes_every_pact_that_is_due_and_is_safe_to_repeat():
    signed_ceremony(employees=2)
    signed_ceremony()
    assert run() == "3 pakta dibuat.\n"
    assert run() == "0 pakta dibuat.\n"
    assert Pact.objects.count() == 3


def test_it_makes_those_of_one_ceremony_whose_code_is_typed_in_any_way():
    wanted, other = signed_ceremony(), signed_ceremony()
    typed = f"{wanted.code[:4]} {wanted.code[4:]}".lower()
    assert run(typed) == "1 pakta dibuat.\n"
    assert Pact.objects.get().signature.participant.ceremony == wanted
    assert other.participants.filter(signature__pact=None).count() == 1


def test_it_goes_on_after_one_that_fails_names_its_receipt_alone_and_fails_itself():
    ceremony = signed_ceremony(employees=2)
    bad = Signature.objects.order_by("id")[0]
    spoil(bad)
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="^1 pakta gagal dibuat.$"):
        call_command("issue_pacts", stdout=out, stderr=err)
    assert out.getvalue() == "1 pakta dibuat.\n"
    assert err.getvalue() == f"{bad.receipt}: Pakta belum dapat dibuat.\n"
    assert Pact.objects.get().signature.participant.ceremony == ceremony


@pytest.mark.parametrize("typed", ["AAAA 3333", "tidak-ada", "0"])
def test_it_refuses_a_code_that_no_ceremony_has(typed):
    signed_ceremony()
    with pytest.raises(CommandError, match=f"^Tidak ada acara dengan kode {typed}.$"):
        run(typed)
    assert Pact.objects.count() == 0
