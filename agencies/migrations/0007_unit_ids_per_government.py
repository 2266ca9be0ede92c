"""An ID of a unit is one of its government's alone, which the first step of the path names."""

from django.db import migrations, models
from django.db.models.functions import Substr

STEP = 4  # characters a level of the materialised path


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_units_and_heads_in_previews")]
    operations = [
        migrations.RemoveConstraint(model_name="agency", name="agency_siasn_id_unique"),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(
                Substr("path", 1, STEP),
                "siasn_id",
                name="agency_siasn_id_unique_in_government",
                condition=~models.Q(siasn_id=""),
                violation_error_message="ID UNOR ini sudah dipakai unit lain.",
            ),
        ),
    ]
