"""Roles know since when they are held; none stands outside the government that keeps the account.

Where 0004 had to choose a keeper for somebody with roles in several governments, the others' HR
could no longer see or end theirs. Those roles end here, each with an event, and `migrate` names them.
"""

import sys

import django.utils.timezone
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

STEP = 4  # characters a level of the materialised path

ENDED = "Peran {role} akun {username} pada {agency} diakhiri: akun itu dikelola {keeper}."
NEW_HR = (
    "  Bila {government} tidak memiliki akun BKPSDM lain, buatkan: manage.py add_user NAMA_PENGGUNA "
    "--role HR --government {slug}"
)


def date_back(apps, schema_editor):
    """No role is older than its account; a move since then is one to look at."""
    users = apps.get_model("agencies", "User").objects.filter(pk=OuterRef("user"))
    roles = apps.get_model("agencies", "Role").objects
    roles.update(granted_at=Subquery(users.values("date_joined")))


def end_foreign(apps, schema_editor):
    Role, Event = apps.get_model("agencies", "Role"), apps.get_model("agencies", "Event")
    Agency = apps.get_model("agencies", "Agency")
    roots = {agency.path: agency for agency in Agency.objects.filter(depth=1)}
    for role in Role.objects.select_related("user__government", "agency").order_by("pk"):
        government = roots[role.agency.path[:STEP]]
        if role.user.government_id == government.pk:
            continue
        Event.objects.create(
            act="role.ended",
            object_type="user",
            object_id=str(role.user.uuid),
            government=government,
            employee_id=role.user.employee_id,
            data={"role": role.role, "agency": str(role.agency.uuid)},
        )
        role.delete()
        for line in _notice(role, government):
            sys.stdout.write(f"\n{line}")


def _notice(role, government):
    """What whoever updates has to know of a role that ended, as lines."""
    keeper = role.user.government.name if role.user.government else "siapa pun"
    yield ENDED.format(
        role=role.role, username=role.user.username, agency=role.agency.name, keeper=keeper
    )
    if role.role == "HR":
        yield NEW_HR.format(government=government.name, slug=government.slug)


class Migration(migrations.Migration):
    dependencies = [("agencies", "0007_unit_ids_per_government")]
    operations = [
        migrations.AddField(
            "role",
            "granted_at",
            models.DateTimeField(
                default=django.utils.timezone.now,
                editable=False,
                verbose_name="diberikan pada",
            ),
        ),
        migrations.RunPython(date_back, migrations.RunPython.noop),
        migrations.RunPython(end_foreign, migrations.RunPython.noop),
    ]
