import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0005_one_wave_for_each_ceremony'),
    ]

    operations = [
        migrations.AlterField(
            model_name='participant',
            name='wave',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='pledges.wave'),
        ),
        migrations.AddConstraint(
            model_name='ceremony',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('last_closed_at', None)), ('last_closed_at__gte', models.F('closed_at')), _connector='OR'), name='ceremony_last_closed_after_closed', violation_error_message='Penutupan terakhir tidak mendahului yang pertama.'),
        ),
    ]
