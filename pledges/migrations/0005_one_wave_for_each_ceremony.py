"""Ceremonies made before there were waves get one that takes everybody."""

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    Ceremony = apps.get_model("pledges", "Ceremony")
    Participant = apps.get_model("pledges", "Participant")
    Wave = apps.get_model("pledges", "Wave")
    Ceremony.objects.filter(closed_at__isnull=False).update(last_closed_at=F("closed_at"))
    for ceremony in Ceremony.objects.filter(waves=None):
        wave = Wave.objects.create(
            ceremony=ceremony, order=1, name="Seluruh peserta", opened_at=ceremony.opened_at
        )
        Participant.objects.filter(ceremony=ceremony).update(wave=wave)


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0004_signing_day'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
