"""Everything stored as evidence, recomputed: records, log, heads, pacts. Reads only.

Rows come in batches by key, so memory stays bounded however many there are, and nobody waits
meanwhile: what is added while this runs is left to the next time. What it cannot show: a log that
somebody with the key has rewritten whole. That shows against a head kept elsewhere.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import OperationalError
from django.db.models import Max
from django.utils import timezone

from netralitas.lib import head_keys, merkle

from ..choices import ParticipantState
from ..models import (
    Annulment,
    Ceremony,
    Countersignature,
    CountersignedPact,
    Pact,
    Participant,
    RegisterEntry,
    RegisterNode,
    Signature,
    TreeHead,
)
from . import annulment_records, pact_queue, register, verification
from .countersigning import records as countersignature_records
from .pact_check import PactCheck

BATCH = 1000
RECORDED = (
    "signature__digest",
    "annulment_id",
    "annulment__digest",
    "countersignature_id",
    "countersignature__digest",
)
# Stands for what is no hash: no head is over it.
SPOILT = "0" * 64
# By then the worker has made a pact, has noted why not, or has a task left.
MADE_BY = timedelta(hours=1)
UNMADE = "Paktanya tidak ada, tanpa sebab yang tercatat dan tanpa tugas yang menunggu."
UNCOUNTED = "Sudah menandatangani, tetapi tidak dihitung demikian."
COUNTED = {ParticipantState.SIGNED, ParticipantState.ANNULLED}
UNREADABLE_ROW = "Data penandatanganan tidak terbaca, atau peserta dan undangannya hilang."


@dataclass(frozen=True)
class Damage:
    """One thing that does not fit: what kind of thing, which one, and what is wrong with it."""

    kind: str
    which: str
    fault: str

    def __str__(self):
        return f"{self.kind} {self.which}: {self.fault}"


@dataclass
class Report:
    """What was looked at, and what of it does not fit."""

    signatures: int = 0
    annulments: int = 0
    countersignatures: int = 0
    unlogged: int = 0
    pacts: int = 0
    countersigned: int = 0
    unmade: int = 0
    unsealed: int = 0
    tree_size: int = 0
    root: str = ""
    compared: str = ""  # the size of the head kept elsewhere, and its root
    damage: list[Damage] = field(default_factory=list)

    @property
    def ok(self):
        """Whether everything fits."""
        return not self.damage


def verify(kept=None, progress=lambda done: None):
    """The `Report` on everything stored, also against a head kept elsewhere (a `KeptHead`).

    `progress` is told now and then how far it is. Raises HeadKeyError if there are heads, and no
    key is known by which they may be signed.
    """
    report = Report()
    keys = head_keys.trusted() if kept or TreeHead.objects.exists() else set()
    for damage in _parts(report, keys, kept, progress):
        report.damage.append(damage)
    return report


def _parts(report, keys, kept, progress):
    yield from _signatures(report, progress)
    yield from _annulments(report, progress)
    yield from _countersignatures(report, progress)
    yield from _vanished()
    log = _Log(keys, kept)
    yield from log.check(progress)
    report.tree_size, report.root = log.size, log.root
    logged = register.LOGGED.values()
    report.unlogged = sum(model.objects.not_logged().count() for model in logged)
    if kept:
        report.compared = f"{kept.size} isi, akar {kept.root}"
        for fault in kept.compare(log, keys):
            yield Damage("kepala yang disimpan", str(kept.size), fault)
    yield from _pacts(report, progress)


# Records ----------------------------------------------------------------------------------------


def _signatures(report, progress):
    ceremonies = {}
    rows = Signature.objects.select_related("participant", "invitation__issued_by")
    for keys in _keys(Signature):
        found = {signature.pk: signature for signature in _readable(rows, keys)}
        report.signatures += len(keys)
        for pk, receipt in Signature.objects.filter(pk__in=keys).values_list("pk", "receipt"):
            if pk not in found:
                yield Damage("tanda tangan", receipt, UNREADABLE_ROW)
        for signature in found.values():
            _attach_ceremony(signature.participant, ceremonies)
            for fault in verification.examine(signature).faults:
                yield Damage("tanda tangan", signature.receipt, fault)
            if signature.participant.state not in COUNTED:
                yield Damage("tanda tangan", signature.receipt, UNCOUNTED)
        progress(f"{report.signatures} tanda tangan diperiksa")


def _keys(model):
    """The primary keys of all rows there are now, a batch at a time."""
    last, rows = 0, model.objects.order_by("pk").values_list("pk", flat=True)
    while keys := list(rows.filter(pk__gt=last)[:BATCH]):
        yield keys
        last = keys[-1]


def _readable(rows, keys):
    """Those of `rows` of these keys, without those whose columns hold what cannot be read."""
    try:
        return list(rows.filter(pk__in=keys).order_by("pk"))
    except (OverflowError, ValueError, OperationalError):
        if len(keys) == 1:
            return []
        middle = len(keys) // 2
        return [*_readable(rows, keys[:middle]), *_readable(rows, keys[middle:])]


def _attach_ceremony(participant, ceremonies):
    """Give a participant its ceremony, of which there are few: each is loaded once."""
    pk = participant.ceremony_id
    if pk not in ceremonies:
        ceremonies[pk] = Ceremony.objects.select_related("text", "election").get(pk=pk)
    participant.ceremony = ceremonies[pk]


def _annulments(report, progress):
    related = ("signature__participant__ceremony", "requested_by", "consented_by")
    rows = Annulment.objects.select_related(*related)
    for keys in _keys(Annulment):
        found = {annulment.pk: annulment for annulment in _readable(rows, keys)}
        report.annulments += len(keys)
        named = Annulment.objects.filter(pk__in=keys).values_list("pk", "signature__receipt")
        for pk, receipt in named:
            if pk not in found:
                yield Damage("pembatalan", receipt, UNREADABLE_ROW)
        for annulment in found.values():
            for fault in annulment_records.faults_of(annulment):
                yield Damage("pembatalan", annulment.signature.receipt, fault)
        progress(f"{report.annulments} pembatalan diperiksa")


def _countersignatures(report, progress):
    rows = Countersignature.objects.select_related("ceremony", "agency", "signer")
    for keys in _keys(Countersignature):
        found = {each.pk: each for each in _readable(rows, keys)}
        report.countersignatures += len(keys)
        named = Countersignature.objects.filter(pk__in=keys).values_list("pk", "uuid")
        for pk, uuid in named:
            faults = (
                countersignature_records.faults_of(found[pk]) if pk in found else (UNREADABLE_ROW,)
            )
            for fault in faults:
                yield Damage("tanda tangan mengetahui", str(uuid), fault)
        progress(f"{report.countersignatures} tanda tangan mengetahui diperiksa")


def _vanished():
    """Those who count as signed without a signature, or as annulled without an annulment."""
    people = Participant.objects.order_by("pk")
    gone = {
        "Tercatat sudah, tetapi tanda tangannya tidak ada.": people.signed().filter(signature=None),
        annulment_records.MISSING: people.annulled().filter(signature__annulment=None),
    }
    for fault, rows in gone.items():
        for uuid, receipt in rows.values_list("uuid", "signature__receipt").iterator(BATCH):
            what = ("tanda tangan", receipt) if receipt else ("peserta", str(uuid))
            yield Damage(*what, fault)


# Log and heads ----------------------------------------------------------------------------------


class _Log:
    """The tree, grown anew from the stored entries; `size` and `root` are those of what it read."""

    def __init__(self, keys, kept):
        self.keys = keys
        self.kept = kept
        self.kept_root = ""
        self.size = 0
        self.latest = 0  # over how many entries the head before is
        self.nodes = {}
        self.whole = True

    @property
    def root(self):
        """The root over everything read."""
        return merkle.root(self.size, self.nodes)

    def check(self, progress):
        """Whatever does not fit in entries, nodes and heads."""
        latest = register.latest_head()
        end = latest.size if latest else 0
        while self.whole and self.size < end:
            yield from self._batch(min(self.size + BATCH, end))
            progress(f"{self.size} isi register dihitung ulang")
        heads = TreeHead.objects.filter(size__gt=self.size, size__lte=end).order_by("size")
        for head in heads.iterator(BATCH):
            yield Damage("kepala", str(head.size), f"Register hanya memuat {self.size} isi utuh.")
        yield from _beyond()

    def _batch(self, end):
        rows = RegisterEntry.objects.filter(index__gte=self.size, index__lt=end).order_by("index")
        leaves = []
        for index, digest, *recorded in rows.values_list("index", "digest", *RECORDED):
            if index != self.size + len(leaves):
                break
            leaves.append(digest if merkle.is_hash(digest) else SPOILT)
            yield from _entry_faults(index, digest, *recorded)
        if len(leaves) < end - self.size:
            self.whole = False
            missing = self.size + len(leaves)
            yield Damage("isi register", str(missing + 1), "Hilang dari register.")
        yield from self._grow(leaves)

    def _grow(self, leaves):
        start, end = self.size, self.size + len(leaves)
        grown = merkle.grow(start, leaves, self.nodes)
        stored = RegisterNode.objects.spanning(grown)
        for name, digest in grown.items():
            if stored.get(name) != digest:
                which = f"{name[0]}/{name[1]}"
                yield Damage("simpul register", which, "Tidak cocok dengan isi register.")
        nodes = self.nodes | grown
        nodes |= {(0, index): digest for index, digest in enumerate(leaves, start=start)}
        for head in TreeHead.objects.filter(size__gt=start, size__lte=end).order_by("size"):
            yield from self._head_faults(head, merkle.root(head.size, nodes))
        if self.kept and start < self.kept.size <= end:
            self.kept_root = merkle.root(self.kept.size, nodes)
        self.size, self.nodes = end, {name: nodes[name] for name in merkle.subtrees(0, end)}

    def _head_faults(self, head, root):
        holds = register.head_holds(head)
        checks = (
            (root == head.root, "Akarnya tidak cocok dengan isi register."),
            (holds, "Tidak cocok dengan yang ditandatangani."),
            (head.key_id in self.keys, "Ditandatangani dengan kunci yang tidak dikenal."),
            (not holds or register.previous_of(head) == self.latest, "Kepala sebelumnya hilang."),
        )
        self.latest = head.size
        for fits, fault in checks:
            if not fits:
                yield Damage("kepala", str(head.size), fault)


def _entry_faults(index, digest, signed, annulment, annulled, countersignature, noted):
    recorded, what = (annulled, "pembatalan") if annulment else (signed, "tanda tangan")
    if countersignature:
        recorded, what = noted, "tanda tangan mengetahui"
    if recorded is None:
        fault = f"{what.capitalize()} yang tercatat tidak ada lagi."
        yield Damage("isi register", str(index + 1), fault)
    elif recorded != digest:
        yield Damage("isi register", str(index + 1), f"Sidik {what}nya sudah lain.")


def _beyond():
    """Entries and nodes that no head covers. The head is read after them: both only grow."""
    highest = RegisterEntry.objects.aggregate(highest=Max("index"))["highest"]
    levels = RegisterNode.objects.order_by("level").values("level")
    ends = list(levels.annotate(highest=Max("index")).values_list("level", "highest"))
    latest = register.latest_head()
    size = latest.size if latest else 0
    if highest is not None and highest >= size:
        yield Damage("isi register", str(highest + 1), "Tidak ada kepala di atasnya.")
    for level, index in ends:
        if index >= size >> level:
            yield Damage("simpul register", f"{level}/{index}", "Tidak ada kepala di atasnya.")


# Pacts ------------------------------------------------------------------------------------------


def _pacts(report, progress):
    check = PactCheck()
    for keys in _keys(Pact):
        report.pacts += len(keys)
        for pact in Pact.objects.filter(pk__in=keys).select_related("signature").order_by("pk"):
            report.unsealed += not pact.is_sealed
            for fault in check.faults_of(pact):
                yield Damage("pakta", pact.signature.receipt, fault)
        progress(f"{report.pacts} pakta diperiksa")
    for keys in _keys(CountersignedPact):
        rows = CountersignedPact.objects.filter(pk__in=keys).exclude(file="").order_by("pk")
        for pact in rows.select_related("signature__pact", "countersignature"):
            report.countersigned += 1
            for fault in check.faults_of_countersigned(pact):
                yield Damage("pakta yang diketahui", pact.signature.receipt, fault)
        progress(f"{report.countersigned} pakta yang diketahui diperiksa")
    yield from _unmade(report)


def _unmade(report):
    """The signatures whose pact is neither there nor still to be made; the others are counted."""
    without = Signature.objects.without_pact()
    report.unmade = without.count()
    left = without.filter(signed_at__lt=timezone.now() - MADE_BY, pact_failure=None)
    found = list(left.values_list("pk", "receipt"))
    expected = pact_queue.expected() if found else set()
    for pk, receipt in found:
        # Whoever was at it meanwhile has left a pact or a failure.
        if pk not in expected and left.filter(pk=pk).exists():
            yield Damage("tanda tangan", receipt, UNMADE)
