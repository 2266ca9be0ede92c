from .account_mail import AccountMail
from .agency import Agency
from .append_only import AppendOnly
from .employee import Employee, IdentityNumber, Placement
from .event import Event, EventReason
from .logo import Logo
from .roster_import import ColumnAlias, RosterFile, RosterImport, RosterLine
from .user import Role, User

__all__ = [
    "AccountMail",
    "Agency",
    "AppendOnly",
    "ColumnAlias",
    "Employee",
    "Event",
    "EventReason",
    "IdentityNumber",
    "Logo",
    "Placement",
    "Role",
    "RosterFile",
    "RosterImport",
    "RosterLine",
    "User",
]
