import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0018_countersignatures'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='alamat')),
                ('is_shown', models.BooleanField(default=False, verbose_name='ditampilkan')),
                ('shown_at', models.DateTimeField(editable=False, null=True, verbose_name='pertama ditampilkan pada')),
                ('ceremony', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='public_page', to='pledges.ceremony')),
            ],
            options={
                'verbose_name': 'halaman publik',
                'verbose_name_plural': 'halaman publik',
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_shown', False), ('shown_at__isnull', False), _connector='OR'), name='public_page_shown_has_time', violation_error_message='Halaman yang ditampilkan mencatat waktunya.')],
            },
        ),
        migrations.AddIndex(
            model_name='participant',
            index=models.Index(fields=['ceremony', 'opd', 'wave', 'kind', 'grade', 'state'], name='participant_figures'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(fields=['participant', 'signed_at'], name='signature_by_hour'),
        ),
    ]
