"""`manage.py verify_register` finds whatever was done to the evidence, and names it."""

import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from netralitas import register_watch
from netralitas.lib import head_keys
from netralitas.lib.canonical import canonical, leaf_digest
from pledges.choices import ParticipantState
from pledges.models import (
    Pact,
    Participant,
    RegisterEntry,
    RegisterNode,
    Signature,
    TreeHead,
)
from pledges.services import pact_failures, pacts, register, register_check, verification
from pledges.tasks import issue_pact
from tests import factories as make
from tests.annulling import annul
from tests.pledges.register_damage import damage, erase, keep, sign, sign_and_log, verify
from tests.tampering import as_owner, rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(monkeypatch):
    return sign_and_log(monkeypatch)


# Nothing wrong ----------------------------------------------------------------------------------


def test_an_empty_installation_has_nothing_wrong():
    status, told = verify()
    assert (status, told["ok"], told["tree_size"], told["damage"]) == (0, True, 0, [])


def test_everything_fits_also_against_heads_kept_elsewhere(logged, tmp_path):
    pacts.issue(logged[0])
    latest = register.latest_head()
    status, told = verify()
    assert status == 0
    assert told == {
        "ok": True,
        "signatures": 5,
        "annulments": 0,
        "countersignatures": 0,
        "unlogged": 0,
        "pacts": 1,
        "countersigned": 0,
        "unmade": 4,
        "unsealed": 0,
        "tree_size": 5,
        "root": latest.root,
        "compared": "",
        "damage": [],
    }
    for size in (2, 4, 5):
        assert damage("--head", str(keep(tmp_path, size))) == set()


def test_what_is_signed_a_moment_ago_and_not_logged_yet_is_no_damage(logged):
    sign()
    assert damage() == set()


def test_people_read_a_summary(logged):
    out, err = io.StringIO(), io.StringIO()
    call_command("verify_register", stdout=out, stderr=err)
    root = register.latest_head().root
    assert out.getvalue() == (
        f"5 tanda tangan, 0 pembatalan, 5 isi register, 0 pakta\nakar {root}\n"
        "5 tanda tangan belum ada paktanya\nSemua cocok.\n"
    )
    assert "5 isi register dihitung ulang" in err.getvalue()


def test_people_read_which_head_it_was_compared_with(logged, tmp_path):
    kept, out = keep(tmp_path, 4), io.StringIO()
    call_command("verify_register", head=kept, stdout=out, stderr=io.StringIO())
    root = TreeHead.objects.get(size=4).root
    told = f"dibandingkan dengan kepala yang disimpan: 4 isi, akar {root}\nSemua cocok.\n"
    assert out.getvalue().endswith(told)


def test_annulments_are_counted(logged):
    annul(logged[0])
    register.seal()
    status, told = verify()
    assert (status, told["signatures"], told["annulments"], told["tree_size"]) == (0, 5, 1, 6)


# Pacts that are not there -----------------------------------------------------------------------


def later(hours=2):
    return time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False)


def test_a_deleted_pact_is_found_once_it_should_long_have_been_made(logged):
    DBTaskResult.objects.all().delete()
    for signature in logged:
        pacts.issue(signature)
    with as_owner():
        erase(Pact.objects.filter(signature=logged[1]))
    assert damage() == set()
    with later():
        assert damage() == {("tanda tangan", logged[1].receipt, register_check.UNMADE)}
        assert verify()[1]["unmade"] == 1


def test_a_pact_that_waits_for_the_worker_or_for_its_cause_to_be_mended_is_no_damage(logged):
    DBTaskResult.objects.all().delete()
    for signature in logged[:3]:
        pact_failures.note(signature, "Penyimpanan penuh.")
    for signature in logged[3:]:
        issue_pact.enqueue(signature.pk)
    with later():
        status, told = verify()
    assert (status, told["unmade"], told["damage"]) == (0, 5, [])


def test_batches_change_nothing(logged, monkeypatch):
    monkeypatch.setattr(register_check, "BATCH", 2)
    assert damage() == set()
    rewrite(RegisterEntry.objects.get(index=4), digest="0" * 64)
    assert ("kepala", "5", "Akarnya tidak cocok dengan isi register.") in damage()


def test_the_database_is_asked_in_batches_not_for_each_row():
    sign(3)
    register.seal()
    with CaptureQueriesContext(connection) as few:
        register_check.verify()
    make_more = make.open_ceremony(employees=20)
    for participant in make_more.participants.all():
        make.sign(participant)
    register.seal()
    with CaptureQueriesContext(connection) as many:
        register_check.verify()
    assert len(many) <= len(few) + 1  # the second ceremony


# Records and drawings ---------------------------------------------------------------------------


def test_an_edited_record_is_found(logged):
    record = json.loads(logged[1].record)
    record["signer"]["name"] = "Orang Lain"
    rewrite(logged[1], record=canonical(record).decode())
    assert damage() == {("tanda tangan", logged[1].receipt, verification.ALTERED_RECORD)}


def test_an_edited_record_with_a_digest_and_columns_to_fit_is_found_in_the_log(logged):
    record = json.loads(logged[1].record)
    record["signer"]["name"] = "Orang Lain"
    content = canonical(record)
    Participant.objects.filter(pk=logged[1].participant_id).update(name="Orang Lain")
    rewrite(logged[1], record=content.decode(), digest=leaf_digest(content))
    assert damage() == {("isi register", "2", "Sidik tanda tangannya sudah lain.")}


def test_a_replaced_drawing_is_found(logged):
    rewrite(logged[0], strokes=[[[1, 1], [5000, 3000], [9000, 100]]])
    assert damage() == {("tanda tangan", logged[0].receipt, verification.ALTERED_COLUMNS)}


def test_another_text_under_the_signatures_is_found(logged):
    text = logged[0].participant.ceremony.text
    QuerySet(type(text)).filter(pk=text.pk).update(sanction="Tanpa sanksi.")
    assert damage() == {
        ("tanda tangan", signature.receipt, verification.ALTERED_TEXT) for signature in logged
    }


# What each database stores, and Python has no value for.
UNREADABLE = {"sqlite": "key = 'x'", "postgresql": "signed_at = '0044-03-15 12:00+00 BC'"}


def test_what_cannot_be_read_keeps_nothing_else_from_being_looked_at(logged):
    rewrite(logged[3], late=True)
    with as_owner(), connection.cursor() as cursor:
        change = UNREADABLE[connection.vendor]
        cursor.execute(f"UPDATE pledges_signature SET {change} WHERE id = %s", [logged[1].pk])
    assert damage() == {
        ("tanda tangan", logged[1].receipt, register_check.UNREADABLE_ROW),
        ("tanda tangan", logged[3].receipt, verification.ALTERED_COLUMNS),
    }


# Deleted ----------------------------------------------------------------------------------------


def test_a_deleted_signature_is_found(logged):
    with as_owner():
        erase(RegisterEntry.objects.filter(signature=logged[2]))
        erase(Signature.objects.filter(pk=logged[2].pk))
    found = damage()
    assert ("isi register", "3", "Hilang dari register.") in found
    assert ("kepala", "4", "Register hanya memuat 2 isi utuh.") in found
    assert ("peserta", str(logged[2].participant.uuid), GONE) in found
    assert not any(which == "2" for _, which, _ in found)


GONE = "Tercatat sudah, tetapi tanda tangannya tidak ada."


def test_a_deleted_signature_that_was_not_logged_yet_is_found(logged):
    (signature,) = sign()
    with as_owner():
        erase(Signature.objects.filter(pk=signature.pk))
    assert damage() == {("peserta", str(signature.participant.uuid), GONE)}


# The log itself ---------------------------------------------------------------------------------


def test_an_edited_entry_is_found_in_every_head_over_it(logged):
    rewrite(RegisterEntry.objects.get(index=3), digest="0" * 64)
    found = damage()
    wrong = "Akarnya tidak cocok dengan isi register."
    assert {row for row in found if row[0] == "kepala"} == {
        ("kepala", "4", wrong),
        ("kepala", "5", wrong),
    }
    assert ("isi register", "4", "Sidik tanda tangannya sudah lain.") in found
    assert ("simpul register", "1/1", "Tidak cocok dengan isi register.") in found


def test_an_edited_or_missing_node_is_found(logged):
    rewrite(RegisterNode.objects.get(level=1, index=0), digest="0" * 64)
    with as_owner():
        erase(RegisterNode.objects.filter(level=2, index=0))
    assert damage() == {
        ("simpul register", name, "Tidak cocok dengan isi register.") for name in ("1/0", "2/0")
    }


def test_a_node_too_many_is_found(logged):
    RegisterNode.objects.create(level=3, index=0, digest="0" * 64)
    assert damage() == {("simpul register", "3/0", "Tidak ada kepala di atasnya.")}


def test_a_lost_head_is_found(logged):
    with as_owner():
        erase(TreeHead.objects.filter(size=5))
    assert damage() == {("isi register", "5", "Tidak ada kepala di atasnya.")}


@pytest.mark.parametrize(("gone", "told"), [([2], "4"), ([4], "5"), ([2, 4], "5")])
def test_older_heads_that_are_lost_are_found(logged, gone, told):
    with as_owner():
        erase(TreeHead.objects.filter(size__in=gone))
    assert damage() == {("kepala", told, "Kepala sebelumnya hilang.")}


@pytest.mark.parametrize(
    ("column", "value"),
    [("root", "0" * 64), ("signature", "0" * 128), ("body", "{}"), ("key_id", "0" * 64)],
)
def test_an_edited_head_is_found(logged, column, value):
    rewrite(TreeHead.objects.get(size=4), **{column: value})
    assert ("kepala", "4", "Tidak cocok dengan yang ditandatangani.") in damage()


def test_a_head_by_another_key_is_found(logged, settings, tmp_path):
    before = head_keys.public_hex(head_keys.signing_key())
    settings.DATA_DIR = tmp_path / "other"
    settings.DATA_DIR.mkdir()
    sign()
    register.seal()
    unknown = "Ditandatangani dengan kunci yang tidak dikenal."
    assert damage() == {("kepala", size, unknown) for size in ("2", "4", "5")}
    settings.REGISTER_FORMER_KEYS = [before]
    assert damage() == set()


def test_without_any_key_nothing_is_said_to_be_right(logged, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "elsewhere"
    with pytest.raises(CommandError, match="No key of the register is known here"):
        verify()


# Against a head kept elsewhere ------------------------------------------------------------------


def test_a_log_that_was_rewritten_and_signed_again_shows_against_an_older_head(logged, tmp_path):
    kept = keep(tmp_path, 4)
    record = json.loads(logged[1].record)
    record["signer"]["name"] = "Orang Lain"
    content = canonical(record)
    Participant.objects.filter(pk=logged[1].participant_id).update(name="Orang Lain")
    with as_owner():
        for model in (RegisterEntry, RegisterNode, TreeHead):
            erase(model.objects.all())
    rewrite(logged[1], record=content.decode(), digest=leaf_digest(content))
    register_watch.seal_left_behind()
    assert damage() == set()
    assert damage("--head", str(kept)) == {
        ("kepala yang disimpan", "4", "Isi register sampai kepala itu sudah ditulis ulang.")
    }


def test_a_restored_older_backup_shows_against_a_later_head(logged, tmp_path):
    later = sign(2)
    register.seal()
    kept = keep(tmp_path, 7)
    with as_owner():
        erase(TreeHead.objects.filter(size=7))
        erase(RegisterNode.objects.filter(level=1, index=2))
        erase(RegisterEntry.objects.filter(index__gte=5))
        erase(Signature.objects.filter(pk__in=[one.pk for one in later]))
    Participant.objects.filter(signature=None).update(state=ParticipantState.PENDING)
    assert damage() == set()
    assert damage("--head", str(kept)) == {
        (
            "kepala yang disimpan",
            "7",
            "Register sekarang hanya memuat 5 isi: dikembalikan ke cadangan yang lebih lama, atau "
            "isinya dihapus.",
        )
    }


def test_a_head_that_was_not_signed_here_is_no_witness(logged, tmp_path):
    kept = keep(tmp_path, 4)
    kept.write_text(kept.read_text().replace("+00:00", "+01:00"))
    assert damage("--head", str(kept)) == {
        ("kepala yang disimpan", "4", "Tanda tangan kepala itu tidak sah.")
    }


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"format": "netralitas-head-1"}'])
def test_what_is_no_head_is_refused(logged, tmp_path, content):
    path = tmp_path / "head.json"
    path.write_text(content)
    with pytest.raises(CommandError, match="bukan kepala register"):
        verify("--head", str(path))
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        verify("--head", str(tmp_path / "none.json"))


@pytest.mark.parametrize("change", [{"size": True}, {"size": 1.5}, {"size": 0}, {"root": 7}])
def test_a_head_of_the_wrong_shape_is_refused(logged, tmp_path, change):
    kept = keep(tmp_path, 4)
    kept.write_text(json.dumps({**json.loads(kept.read_text()), **change}))
    with pytest.raises(CommandError, match="bukan kepala register"):
        verify("--head", str(kept))
