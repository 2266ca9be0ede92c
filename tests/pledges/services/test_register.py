"""What is logged in the register, under which heads, and what follows from them."""

import json
from datetime import UTC, datetime
from threading import Event as Flag
from threading import Thread

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from netralitas import register_watch
from netralitas.lib import head_keys, merkle
from netralitas.lib.canonical import canonical
from netralitas.lib.errors import AppendOnlyError
from pledges.errors import BrokenRegister, NotLogged
from pledges.models import RegisterEntry, RegisterNode, Signature, TreeHead
from pledges.services import register
from tests import factories as make
from tests.tampering import as_owner

pytestmark = pytest.mark.django_db


def signatures(number):
    """New signatures of one ceremony, oldest first."""
    ceremony = make.open_ceremony(employees=number)
    return [make.sign(participant) for participant in ceremony.participants.order_by("id")]


def in_small_batches(monkeypatch, size=2):
    monkeypatch.setattr(register, "BATCH", size)


# Sealing ----------------------------------------------------------------------------------------


def test_nothing_is_sealed_while_nothing_is_signed():
    assert register.seal() == 0
    assert register.latest_head() is None


def test_signatures_are_logged_once_in_their_order_under_a_signed_head():
    given = signatures(5)
    assert register.seal() == 5
    assert register.seal() == 0
    logged = RegisterEntry.objects.order_by("index").values_list("index", "digest", "signature_id")
    assert list(logged) == [(at, one.digest, one.pk) for at, one in enumerate(given)]
    head = TreeHead.objects.get()
    nodes = {(0, at): one.digest for at, one in enumerate(given)}
    nodes |= merkle.grow(0, list(nodes.values()), {})
    assert (head.size, head.root) == (5, merkle.root(5, nodes))
    assert head_keys.verifies(head.key_id, head.signature, head.body.encode())


def test_a_batch_continues_the_tree_of_the_batches_before(monkeypatch):
    given = signatures(7)
    in_small_batches(monkeypatch)
    assert [register.seal() for _ in range(5)] == [2, 2, 2, 1, 0]
    nodes = {(0, at): one.digest for at, one in enumerate(given)}
    nodes |= merkle.grow(0, list(nodes.values()), {})
    heads = TreeHead.objects.order_by("size")
    assert [register.previous_of(head) for head in heads] == [0, 2, 4, 6]
    roots = {head.size: head.root for head in heads}
    assert roots == {size: merkle.root(size, nodes) for size in (2, 4, 6, 7)}
    stored = RegisterNode.objects.values_list("level", "index", "digest")
    assert sorted(stored) == sorted((*name, nodes[name]) for name in nodes if name[0] > 0)


@time_machine.travel(datetime(2023, 1, 11, 1, 15, 30, 999, tzinfo=UTC), tick=False)
def test_the_body_of_a_head_says_where_when_and_by_which_key(settings):
    settings.SITE_URL = "https://netralitas.example.go.id"
    signatures(1)
    register.seal()
    head = TreeHead.objects.get()
    assert json.loads(head.body) == {
        "format": "netralitas-head-1",
        "installation": "https://netralitas.example.go.id",
        "size": 1,
        "previous": 0,
        "root": head.root,
        "made_at": "2023-01-11T01:15:30+00:00",
        "key": head_keys.public_hex(head_keys.signing_key()),
    }
    assert head.body.encode() == canonical(json.loads(head.body))


def test_what_was_overtaken_is_found_among_the_latest(monkeypatch):
    slow, *fast = signatures(3)
    with as_owner():
        RegisterEntry.objects.bulk_create(
            RegisterEntry(index=at, digest=one.digest, signature=one) for at, one in enumerate(fast)
        )
    assert register._due("signature", everything=False) == [slow.pk]
    monkeypatch.setattr(register, "LOOK_BACK", 1)
    assert register._due("signature", everything=False) == []
    assert register._due("signature", everything=True) == [slow.pk]


def test_the_housekeeping_logs_what_was_left_behind(monkeypatch):
    signatures(5)
    in_small_batches(monkeypatch)
    register_watch.seal_left_behind()
    assert register.latest_head().size == 5


def test_looking_for_what_is_due_is_a_few_small_questions():
    signatures(2)
    register.seal()
    with CaptureQueriesContext(connection) as queries:
        register.seal()
    assert len(queries) == 6  # two for each kind of record


def test_a_batch_is_logged_whole_or_not_at_all(monkeypatch):
    signatures(3)
    monkeypatch.setattr(head_keys, "public_hex", lambda key: None)  # no head can be stored
    with pytest.raises(IntegrityError), transaction.atomic():
        register.seal()
    assert RegisterEntry.objects.count() == RegisterNode.objects.count() == 0
    monkeypatch.undo()
    assert register.seal() == 3


def test_a_tree_with_a_hole_is_not_continued():
    signatures(2)
    register.seal()
    with as_owner():
        RegisterNode.objects.all()._raw_delete("default")
    signatures(1)
    with pytest.raises(BrokenRegister):
        register.seal()
    assert register.latest_head().size == 2


def test_rows_of_the_register_are_never_changed():
    signatures(2)
    register.seal()
    for model in (RegisterEntry, RegisterNode, TreeHead):
        row = model.objects.get() if model is not RegisterEntry else model.objects.first()
        with pytest.raises(AppendOnlyError):
            row.save()
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=row.pk)._raw_delete("default")


def test_an_entry_stands_for_something():
    with pytest.raises(IntegrityError):
        RegisterEntry.objects.create(index=0, digest="0" * 64)


# Several at once --------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_log_everything_once(monkeypatch):
    given = signatures(30)
    in_small_batches(monkeypatch, 3)

    def work():
        try:
            for _ in range(40):
                try:
                    if not register.seal():
                        return
                except IntegrityError:
                    continue
        finally:
            connections.close_all()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    logged = RegisterEntry.objects.order_by("index").values_list("index", "digest")
    assert [at for at, _ in logged] == list(range(30))
    assert {digest for _, digest in logged} == {one.digest for one in given}
    nodes = {(0, at): digest for at, digest in logged}
    nodes |= merkle.grow(0, list(nodes.values()), {})
    for head in TreeHead.objects.all():
        assert head.root == merkle.root(head.size, nodes)
    assert register.latest_head().size == 30


@pytest.mark.django_db(transaction=True)
def test_the_worker_s_thread_seals_and_ends_when_told():
    signatures(2)
    stopped = Flag()
    thread = Thread(target=register_watch.keep_sealing, args=(stopped, 0.01))
    thread.start()
    for _ in range(1000):
        if TreeHead.objects.exists():
            break
        stopped.wait(0.01)
    stopped.set()
    thread.join(10)
    assert not thread.is_alive()
    assert register.latest_head().size == 2


@pytest.mark.django_db(transaction=True)
def test_a_missing_key_ends_no_thread_and_is_said_once(settings, tmp_path, caplog):
    settings.REGISTER_KEY = str(tmp_path / "none.pem")
    signatures(1)
    stopped = Flag()
    thread = Thread(target=register_watch.keep_sealing, args=(stopped, 0.01))
    thread.start()
    stopped.wait(0.2)
    settings.REGISTER_KEY = ""
    for _ in range(1000):
        if TreeHead.objects.exists():
            break
        stopped.wait(0.01)
    stopped.set()
    thread.join(10)
    assert register.latest_head().size == 1
    assert [record.getMessage() for record in caplog.records] == [
        f"Nothing is logged in the register: The key of the register cannot be read from "
        f"{tmp_path / 'none.pem'}."
    ]


# Reading ----------------------------------------------------------------------------------------


def test_a_signature_is_proved_under_the_earliest_head_over_it_or_a_later_one(monkeypatch):
    given = signatures(5)
    in_small_batches(monkeypatch)
    register_watch.seal_left_behind()
    for at, signature in enumerate(given):
        standing = register.standing_of(signature)
        assert (standing.number, standing.head.size) == (at + 1, [2, 2, 4, 4, 5][at])
        for head in TreeHead.objects.filter(size__gt=at):
            proof = register.proof_of(signature, head)
            assert (proof.size, proof.root, proof.holds) == (head.size, head.root, True)


def test_a_proof_needs_a_head_that_reaches_as_far(monkeypatch):
    given = signatures(3)
    assert register.standing_of(given[0]) is None
    with pytest.raises(NotLogged):
        register.proof_of(given[0])
    in_small_batches(monkeypatch)
    register_watch.seal_left_behind()
    with pytest.raises(NotLogged):
        register.proof_of(given[2], TreeHead.objects.get(size=2))


def test_a_proof_of_a_changed_signature_does_not_hold():
    (signature,) = signatures(1)
    register.seal()
    signature.digest = "0" * 64
    assert not register.standing_of(signature).proof.holds


def test_files_say_what_was_agreed(monkeypatch):
    given = signatures(3)
    in_small_batches(monkeypatch)
    register_watch.seal_left_behind()
    first, second = TreeHead.objects.order_by("size")
    proof = register.proof_of(given[0], second)
    assert json.loads(proof.file()) == {
        "format": "netralitas-proof-1",
        "leaf": given[0].digest,
        "index": 0,
        "size": 3,
        "path": proof.path,
        "root": second.root,
    }
    told = json.loads(register.head_file(second))
    assert told == {**json.loads(second.body), "signature": second.signature}
    told = json.loads(register.consistency_file(first, second))
    assert told.pop("format") == "netralitas-consistency-1"
    assert merkle.proves_consistency(
        told["first"], told["second"], told["path"], first.root, second.root
    )


def test_a_proof_costs_as_much_among_many(monkeypatch):
    given = signatures(40)
    in_small_batches(monkeypatch, 7)
    register_watch.seal_left_behind()
    for signature in (given[0], given[39]):
        with CaptureQueriesContext(connection) as queries:
            register.standing_of(signature)
        assert len(queries) <= 4


# Keys -------------------------------------------------------------------------------------------


def key_file(folder, key=None, name="register.pem"):
    key = key or Ed25519PrivateKey.generate()
    path = folder / name
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path, key


def test_a_demo_key_is_made_once_and_for_its_owner_alone(tmp_path):
    key = head_keys.signing_key()
    path = tmp_path / head_keys.DEMO_KEY
    assert path.stat().st_mode & 0o777 == 0o600
    head_keys._loaded.cache_clear()
    assert head_keys.public_hex(head_keys.signing_key()) == head_keys.public_hex(key)
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".pem"] == [path.name]


def test_a_named_key_signs_and_former_ones_are_still_trusted(settings, tmp_path):
    path, key = key_file(tmp_path)
    settings.REGISTER_KEY, settings.REGISTER_FORMER_KEYS = str(path), ["ab" * 32]
    assert head_keys.trusted() == {head_keys.public_hex(key), "ab" * 32}


def test_a_public_site_without_a_key_seals_nothing(settings):
    settings.SECURE = True
    signatures(1)
    with pytest.raises(head_keys.HeadKeyError, match="REGISTER_KEY is not set"):
        register.seal()
    assert Signature.objects.not_logged().count() == 1


def test_a_machine_without_a_worker_has_no_key_but_knows_former_ones(settings):
    head_keys.signing_key()
    settings.REGISTER_KEY, settings.REGISTER_FORMER_KEYS = "none", ["ab" * 32]
    with pytest.raises(head_keys.HeadKeyError, match="signs no heads"):
        head_keys.signing_key()
    assert head_keys.trusted() == {"ab" * 32}


@pytest.mark.parametrize("content", [b"", b"bukan kunci"])
def test_what_is_no_key_is_named(settings, tmp_path, content):
    settings.REGISTER_KEY = str(tmp_path / "key.pem")
    (tmp_path / "key.pem").write_bytes(content)
    with pytest.raises(head_keys.HeadKeyError, match="cannot be read from"):
        head_keys.signing_key()


@pytest.mark.parametrize(("key", "signature"), [("", ""), ("zz", "00"), ("ab" * 32, "00" * 64)])
def test_nonsense_verifies_nothing(key, signature):
    assert not head_keys.verifies(key, signature, b"x")
