from .agency import Agency
from .append_only import AppendOnly
from .employee import Employee, IdentityNumber
from .event import Event
from .user import Role, User

__all__ = ["Agency", "AppendOnly", "Employee", "Event", "IdentityNumber", "Role", "User"]
