import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_account_mails'),
        ('pledges', '0006_everybody_in_a_wave'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SlipBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('order', models.CharField(choices=[('UNIT', 'Unit kerja, lalu nama'), ('NAME', 'Nama')], default='UNIT', max_length=10, verbose_name='urutan')),
                ('state', models.CharField(choices=[('QUEUED', 'Menunggu giliran'), ('MAKING', 'Sedang dibuat'), ('READY', 'Siap diambil'), ('TAKEN', 'Sudah diambil'), ('FAILED', 'Gagal dibuat'), ('EXPIRED', 'Tidak diambil')], default='QUEUED', max_length=10, verbose_name='status')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='diminta pada')),
                ('ready_at', models.DateTimeField(null=True, verbose_name='siap pada')),
                ('taken_at', models.DateTimeField(null=True, verbose_name='diambil pada')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='selesai')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='seluruhnya')),
                ('reason', models.CharField(blank=True, max_length=255, verbose_name='alasan')),
                ('content', models.FileField(blank=True, max_length=200, upload_to='slip', verbose_name='isi tersegel')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ceremony', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slip_batches', to='pledges.ceremony')),
                ('opd', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='slip_batches', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'lembar slip PIN',
                'verbose_name_plural': 'lembar slip PIN',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'TAKEN'), ('taken_at__isnull', False)), models.Q(models.Q(('state', 'TAKEN'), _negated=True), ('taken_at', None)), _connector='OR'), name='slip_batch_taken_has_time', violation_error_message='Lembar yang diambil mencatat waktunya.')],
            },
        ),
    ]
