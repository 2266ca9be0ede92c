"""Who may be the second officer of an annulment: HR there since before it was asked for.

Else one officer could ask, invite an account for himself, and agree with that. Reads only.
"""

from agencies.choices import AccountState, RoleName
from agencies.models import Event, User

# After these it is not certain that an account is in the same hands as before.
NEW_HANDS = ("account.restored", "account.changed")


def hr_before(moment, organizer):
    """The accounts that are HR of the government of `organizer` since before `moment`, and were
    neither restored nor given another name, address or employee since."""
    touched = Event.objects.filter(object_type="user", act__in=NEW_HANDS, at__gte=moment)
    return User.objects.filter(
        is_active=True,
        date_joined__lt=moment,
        roles__role=RoleName.HR,
        roles__agency__path=organizer.government_path,
        roles__granted_at__lt=moment,
    ).exclude(uuid__in=list(touched.values_list("object_id", flat=True)))


def second_since(user, request):
    """Since when `user` is HR, if that is since before a request was made by somebody else; None
    for whoever may not consent to it.
    """
    if user.pk == request.asked_by_id:
        return None
    organizer = request.signature.participant.ceremony.organizer
    held = hr_before(request.asked_at, organizer).filter(pk=user.pk)
    return held.values_list("roles__granted_at", flat=True).first()


def has_second(user, moment, organizer):
    """Whether anybody but `user`, who can log in, may consent to what is asked at `moment`."""
    others = hr_before(moment, organizer).in_state(AccountState.ACTIVE)
    return others.exclude(pk=user.pk).exists()
