from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("pledges", "0022_one_confirmation_for_one_countersignature")]

    operations = [
        migrations.AddField(
            model_name="pact",
            name="of_head",
            field=models.BooleanField(null=True, verbose_name="pakta kepala perangkat daerah"),
        ),
    ]
