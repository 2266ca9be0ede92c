"""`manage.py add_user USERNAME --role HR --government SLUG`: the first people who can log in."""

from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from agencies.choices import RoleName
from agencies.models import Agency, User
from agencies.services import accounts
from netralitas.lib.errors import Refusal


class Command(BaseCommand):
    """Makes an account with a role; the password is asked for, never an argument."""

    help = "Membuat akun petugas dengan satu peran, misalnya akun BKPSDM yang pertama."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--role", required=True, choices=RoleName.values)
        parser.add_argument("--government", required=True, help="misalnya kota-dumai")
        parser.add_argument("--opd", help="nama OPD; tanpa ini: seluruh pemerintah daerah")
        parser.add_argument("--name", default="", help="nama lengkap")
        parser.add_argument("--email", default="")

    def handle(self, *args, username, **options):
        if options["role"] == RoleName.HR and options["opd"]:
            raise CommandError(
                "Peran HR berlaku bagi seluruh pemerintah daerah; jangan beri --opd."
            )
        agency = self._agency(options["government"], options["opd"])
        user = User(username=username, first_name=options["name"], email=options["email"])
        try:
            accounts.create_account(
                actor=None,
                username=username,
                password=self._password(user),
                name=options["name"],
                email=options["email"],
                role=options["role"],
                agency=agency,
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        label = RoleName(options["role"]).label
        self.stdout.write(f"Akun {username} dibuat dengan peran {label} pada {agency.name}.")

    def _agency(self, slug, opd):
        government = Agency.objects.governments().filter(slug=slug).first()
        if government is None:
            raise CommandError(
                f"Tidak ada pemerintah daerah {slug}. Impor data pegawai lebih dulu."
            )
        if not opd:
            return government
        found = Agency.objects.opds().under(government).filter(name__iexact=opd).first()
        if found is None:
            raise CommandError(f"Tidak ada OPD bernama {opd} pada {government.name}.")
        return found

    def _password(self, user):
        password = getpass("Kata sandi: ")
        if password != getpass("Ulangi kata sandi: "):
            raise CommandError("Kedua kata sandi tidak sama.")
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password
