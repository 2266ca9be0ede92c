from .agency import Agency
from .employee import Employee, IdentityNumber
from .event import Event
from .user import Role, User

__all__ = ["Agency", "Employee", "Event", "IdentityNumber", "Role", "User"]
