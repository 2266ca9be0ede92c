"""What `manage.py verify_register` says, and what there is for it to look at."""

import io
import json

from django.core.management import call_command
from django.db.models import QuerySet

from netralitas import register_watch
from pledges.models import TreeHead
from pledges.services import pact_seals, register
from tests import factories as make


def sign(number=1):
    """New signatures of one ceremony, not logged yet."""
    ceremony = make.open_ceremony(employees=number)
    return [make.sign(participant) for participant in ceremony.participants.order_by("id")]


def erase(rows):
    """Delete rows as only the owner of the database can; call it within `as_owner`."""
    QuerySet(rows.model, rows.query)._raw_delete("default")


def verify(*arguments):
    """(exit status, what --json says)."""
    out, status = io.StringIO(), 0
    try:
        call_command("verify_register", *arguments, json=True, stdout=out, stderr=io.StringIO())
    except SystemExit as ended:
        status = ended.code
    return status, json.loads(out.getvalue())


def damage(*arguments):
    """What is damaged: {(kind, which, fault)}; empty only where the command ends well."""
    status, told = verify(*arguments)
    assert (status, told["ok"]) == ((1, False) if told["damage"] else (0, True))
    return {(one["kind"], one["which"], one["fault"]) for one in told["damage"]}


def keep(folder, size):
    """The file of a head, kept elsewhere."""
    path = folder / f"head-{size}.json"
    path.write_bytes(register.head_file(TreeHead.objects.get(size=size)))
    return path


def sign_and_log(monkeypatch):
    """Five signatures in the register, under heads of 2, 4 and 5."""
    monkeypatch.setattr(register, "BATCH", 2)
    pact_seals.begin()
    given = sign(5)
    register_watch.seal_left_behind()
    return given
