"""Which user name a new account gets when HR names none."""

import re
from itertools import count

from ..models import User

UNFIT = re.compile(r"[^a-z0-9._-]+")
# Digits alone may be somebody's number; many in a row are a birth date, a telephone, part of a NIP.
NOT_A_NAME = re.compile(r"[0-9._-]*|.*[0-9]{6}.*")
FALLBACK = "pengguna"
LONGEST_BASE = 140  # of the 150 characters a user name may have


def free_username(*, employee, name, email):
    """The employee's number, or a name that tells no number if another account bears that already.

    Such a name is what stands before the @, else the person's own; with a figure where it is taken.
    """
    if employee and not User.objects.filter(username=employee.number).exists():
        return employee.number
    candidates = (email.partition("@")[0], ".".join(name.split()))
    fit = (UNFIT.sub("", text.lower()).strip("._-")[:LONGEST_BASE] for text in candidates)
    base = next((text for text in fit if not NOT_A_NAME.fullmatch(text)), FALLBACK)
    rows = User.objects.filter(username__istartswith=base).values_list("username", flat=True)
    taken = {username.lower() for username in rows}
    figured = (f"{base}.{figure}" for figure in count(2))
    return base if base not in taken else next(each for each in figured if each not in taken)
