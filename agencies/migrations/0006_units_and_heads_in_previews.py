"""A preview has lines about units and their heads."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0005_account_mails")]
    operations = [
        migrations.AlterField(
            model_name="rosterline",
            name="group",
            field=models.CharField(
                choices=[
                    ("NEW", "Baru"),
                    ("CHANGED", "Berubah"),
                    ("MOVED", "Pindah unit"),
                    ("LEFT", "Keluar"),
                    ("REJECTED", "Ditolak"),
                    ("WARNING", "Peringatan"),
                    ("UNIT", "Unit kerja"),
                    ("HEAD", "Kepala unit"),
                ],
                max_length=10,
                verbose_name="kelompok",
            ),
        ),
    ]
