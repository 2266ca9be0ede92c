"""What the rows of before did not say: where everybody works, and whose HR keeps an account."""

from django.db import migrations
from django.utils import timezone

BATCH = 1000
STEP = 4  # characters a level of the materialised path


def fill(apps, schema_editor):
    _placements(apps.get_model("agencies", "Employee"), apps.get_model("agencies", "Placement"))
    _governments(apps.get_model("agencies", "User"), apps.get_model("agencies", "Agency"))


def _placements(Employee, Placement):
    now = timezone.now()
    rows = Employee.objects.values_list("pk", "agency_id")
    Placement.objects.bulk_create(
        (Placement(employee_id=pk, agency_id=agency, since=now) for pk, agency in rows.iterator()),
        batch_size=BATCH,
    )


def _governments(User, Agency):
    roots = dict(Agency.objects.filter(depth=1).values_list("path", "pk"))
    for user in User.objects.filter(government=None):
        role = user.roles.select_related("agency").order_by("pk").first()
        if user.employee_id:
            user.government_id = user.employee.government_id
        elif role:
            user.government_id = roots[role.agency.path[:STEP]]
        user.save(update_fields=["government"])


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_organisation")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
