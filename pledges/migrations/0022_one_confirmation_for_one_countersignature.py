from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0021_refusals_noted_before"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="countersignature",
            name="confirmed_at",
            field=models.DateTimeField(null=True, verbose_name="dikonfirmasi pada"),
        ),
        migrations.AddConstraint(
            model_name="countersignature",
            constraint=models.UniqueConstraint(
                fields=("signer", "confirmed_at"),
                name="countersignature_confirmed_for_itself",
                violation_error_message="Konfirmasi ini sudah dipakai.",
            ),
        ),
    ]
