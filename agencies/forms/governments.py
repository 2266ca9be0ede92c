"""Which government something is for, as forms of both apps ask it."""

from ..choices import RoleName
from ..models import Agency


def governments_of_hr(user):
    """The governments for which `user` is HR."""
    return Agency.objects.filter(path__in=user.rights.government_paths(RoleName.HR))
