"""Who can log in to the demo. One password that everybody may know: never on a real site."""

from dataclasses import dataclass

from agencies.choices import RoleName
from agencies.models import Agency, Employee
from agencies.services import accounts

from .governments import DUMAI, MURUNG_RAYA, PEKANBARU, Government

PASSWORD = "netral-dan-berintegritas"  # noqa: S105 - printed by the command, refused without DEBUG
DISKOMINFO = "Dinas Komunikasi, Informatika, Statistik dan Persandian"
BKPSDM = "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
SUBHEAD = "Kepala Sub Bagian Umum dan Kepegawaian"


@dataclass(frozen=True)
class Login:
    """A user and the one role held: on `opd`, or on the whole government where that is empty.

    Behind the account is the employee of `office` whose position begins with `position`. `note`
    says what it is there for, where the role does not.
    """

    username: str
    role: RoleName
    government: Government
    office: str
    position: str
    opd: str = ""
    note: str = ""


LOGINS = (
    Login("bkpsdm", RoleName.HR, DUMAI, BKPSDM, "Sekretaris"),
    Login(
        *("bkpsdm2", RoleName.HR, DUMAI, BKPSDM, "Kepala Bidang I"),
        note="petugas kedua: menyetujui pembatalan pakta",
    ),
    Login("operator", RoleName.OPERATOR, DUMAI, DISKOMINFO, SUBHEAD, opd=DISKOMINFO),
    Login("kepala", RoleName.HEAD, DUMAI, DISKOMINFO, "Kepala Dinas", opd=DISKOMINFO),
    Login("auditor", RoleName.AUDITOR, DUMAI, "Inspektorat Daerah", "Inspektur"),
    Login("bkpsdm.pekanbaru", RoleName.HR, PEKANBARU, BKPSDM, "Sekretaris"),
    Login(
        "bkpp.mura",
        RoleName.HR,
        MURUNG_RAYA,
        "Badan Kepegawaian, Pendidikan dan Pelatihan",
        "Sekretaris",
    ),
)


def open_accounts(government, root):
    """Make the government's accounts, and return the user who is its (first) HR."""
    mine = [login for login in LOGINS if login.government == government]
    users = [(login.role, _open(login, root)) for login in mine]
    return next(user for role, user in users if role == RoleName.HR)


def _open(login, root):
    office = opd_named(root, login.office)
    employee = (
        Employee.objects.under(office)
        .filter(position__istartswith=login.position)
        .order_by("agency__path", "id")[0]
    )
    return accounts.create_account(
        actor=None,
        username=login.username,
        password=PASSWORD,
        name=employee.name.title(),
        employee=employee,
        role=login.role,
        agency=opd_named(root, login.opd) if login.opd else root,
    )


def opd_named(root, name):
    """The OPD of this name below the government `root`."""
    return Agency.objects.opds().under(root).get(name=name)
