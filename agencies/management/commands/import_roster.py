"""`manage.py import_roster`: SIASN exports into agencies and employees."""

import json

from django.core.management.base import BaseCommand, CommandError

from agencies.errors import RosterError
from agencies.roster.importing import apply, preview, read_roster
from agencies.roster.report import as_json, as_lines
from agencies.roster.sources import source_from_path


class Command(BaseCommand):
    """Previews an import; --apply writes it. On a refusal nothing is written, exit code 1."""

    help = "Impor daftar pegawai dari SIASN: pratinjau, atau tulis dengan --apply."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help="daftar pegawai, CSV/XLSX")
        parser.add_argument("--government", required=True, metavar="SLUG", help="mis. kota-dumai")
        parser.add_argument("--units", metavar="FILE", help="hierarki unit (HierarkiUnor)")
        parser.add_argument("--apply", action="store_true", help="tulis hasilnya")
        parser.add_argument(
            "--partial",
            action="store_true",
            help="berkas hanya sebagian pegawai: yang tidak tercantum tidak dinonaktifkan",
        )
        parser.add_argument("--json", action="store_true", help="keluaran satu objek JSON")

    def handle(self, *args, **options):
        try:
            plan = self._run(options)
        except RosterError as error:
            if options["json"]:
                self.stdout.write(json.dumps({"error": error.message}, ensure_ascii=False))
            raise CommandError(error.message) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_json(plan), ensure_ascii=False))
            return
        self.stdout.write("\n".join(as_lines(plan, applied=options["apply"])))

    def _run(self, options):
        """The plan, written if asked for."""
        units = options["units"]
        roster = read_roster(
            slug=options["government"],
            sources=(source_from_path(path) for path in options["files"]),
            units=source_from_path(units) if units else None,
            partial=options["partial"],
        )
        return apply(roster) if options["apply"] else preview(roster)
