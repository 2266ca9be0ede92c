"""`manage.py verify_register [--head FILE] [--json]`: recompute everything stored as evidence."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from netralitas.lib.head_keys import HeadKeyError
from pledges.services import kept_heads, register_check


class Command(BaseCommand):
    """Looks at records, log, heads and pacts, also against a head kept elsewhere. Changes nothing.

    Ends with 1 if anything does not fit, and names each thing that does not.
    """

    help = "Hitung ulang seluruh catatan, register, kepala, dan berkas pakta yang tersimpan."

    def add_arguments(self, parser):
        parser.add_argument(
            "--head", metavar="FILE", type=Path, help="kepala register yang disimpan di tempat lain"
        )
        parser.add_argument("--json", action="store_true", help="satu objek JSON sebagai hasil")

    def handle(self, *args, head=None, json=False, **options):
        kept = self._kept(head) if head else None
        try:
            report = register_check.verify(kept, progress=self._tell)
        except HeadKeyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(as_json(report) if json else "\n".join(as_lines(report)))
        if not report.ok:
            raise SystemExit(1)

    def _kept(self, path):
        try:
            return kept_heads.read(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} tidak dapat dibaca.") from error
        except kept_heads.NoHead as error:
            raise CommandError(f"{path}: {error}") from error

    def _tell(self, done):
        self.stderr.write(done, style_func=str)


def as_json(report):
    """The report as one JSON object."""
    return json.dumps(
        {
            "ok": report.ok,
            "signatures": report.signatures,
            "annulments": report.annulments,
            "countersignatures": report.countersignatures,
            "unlogged": report.unlogged,
            "pacts": report.pacts,
            "countersigned": report.countersigned,
            "unmade": report.unmade,
            "unsealed": report.unsealed,
            "tree_size": report.tree_size,
            "root": report.root,
            "compared": report.compared,
            "damage": [asdict(damage) for damage in report.damage],
        },
        ensure_ascii=False,
    )


def as_lines(report):
    """The report for people."""
    signed = f"{report.signatures} tanda tangan, {report.annulments} pembatalan"
    yield f"{signed}, {report.tree_size} isi register, {report.pacts} pakta"
    if report.countersignatures:
        yield (
            f"{report.countersignatures} tanda tangan mengetahui, {report.countersigned} pakta "
            "yang diketahui"
        )
    yield f"akar {report.root}"
    if report.unlogged:
        yield f"{report.unlogged} catatan belum masuk register"
    if report.unmade:
        yield f"{report.unmade} tanda tangan belum ada paktanya"
    if report.unsealed:
        yield f"{report.unsealed} pakta dari sebelum ada segel"
    if report.compared:
        yield f"dibandingkan dengan kepala yang disimpan: {report.compared}"
    yield from map(str, report.damage)
    yield "Semua cocok." if report.ok else f"{len(report.damage)} hal tidak cocok."
