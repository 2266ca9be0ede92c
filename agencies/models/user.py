import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from ..choices import AccountState, RoleName
from ..querysets import RoleQuerySet, UserManager
from ..rights import NO_RIGHTS, Rights


class User(AbstractUser):
    """Somebody who logs in. Rights come from `Role` rows alone, never from staff flags.

    `government` is whose HR keeps the account, also while it has no role.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    government = models.ForeignKey(
        "agencies.Agency",
        verbose_name="pemerintah daerah",
        on_delete=models.PROTECT,
        null=True,
        related_name="users",
    )
    employee = models.OneToOneField(
        "agencies.Employee",
        verbose_name="pegawai",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="user",
    )

    objects = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="username_unique_in_any_case",
                violation_error_message="Nama pengguna ini sudah dipakai.",
            )
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    @property
    def state(self):
        """Whether the person can log in, has not used the invitation yet, or was ended."""
        if not self.is_active:
            return AccountState.ENDED
        if self.last_login is None and not self.has_usable_password():
            return AccountState.INVITED
        return AccountState.ACTIVE

    @property
    def time_zone(self):
        """The zone in which the user reads times: that of the government keeping the account."""
        return self.government.time_zone if self.government else settings.TIME_ZONE

    @cached_property
    def rights(self):
        """The roles held, read once a request; nothing for an ended account."""
        if not self.is_active:
            return NO_RIGHTS
        rows = list(self.roles.values_list("role", "agency__path", "agency"))
        return Rights(
            grants=tuple((role, path) for role, path, _ in rows),
            held=tuple((role, key) for role, _, key in rows),
        )


class Role(models.Model):
    """A right of a user, valid for an agency and everything below it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.CASCADE, related_name="roles")
    role = models.CharField("peran", max_length=10, choices=RoleName.choices)
    granted_at = models.DateTimeField("diberikan pada", default=timezone.now, editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = "peran"
        verbose_name_plural = "peran"
        constraints = [
            models.UniqueConstraint(
                name="role_once_per_user_and_agency",
                fields=["user", "agency", "role"],
                violation_error_message="Peran ini sudah diberikan.",
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.agency}"
