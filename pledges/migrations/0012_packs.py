import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_roles_in_time_and_place'),
        ('pledges', '0011_seals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('is_whole', models.BooleanField(default=False, verbose_name='seluruh acara')),
                ('kind', models.CharField(choices=[('ARCHIVE', 'Arsip ZIP'), ('PRINT', 'PDF untuk dicetak')], max_length=10, verbose_name='jenis')),
                ('state', models.CharField(choices=[('QUEUED', 'Menunggu giliran'), ('MAKING', 'Sedang disiapkan'), ('READY', 'Siap diunduh'), ('FAILED', 'Gagal disiapkan'), ('EXPIRED', 'Sudah dihapus')], default='QUEUED', max_length=10, verbose_name='status')),
                ('scope', models.JSONField(default=list, verbose_name='jangkauan')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='diminta pada')),
                ('ready_at', models.DateTimeField(null=True, verbose_name='siap pada')),
                ('fetched_at', models.DateTimeField(null=True, verbose_name='pertama diunduh pada')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='selesai')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='seluruhnya')),
                ('left_out', models.PositiveIntegerField(default=0, verbose_name='tidak termasuk')),
                ('reason', models.CharField(blank=True, max_length=255, verbose_name='alasan')),
                ('content', models.FileField(blank=True, max_length=200, upload_to='paket', verbose_name='berkas')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ceremony', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='pledges.ceremony')),
                ('opd', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'paket',
                'verbose_name_plural': 'paket',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ready_at__isnull', False), models.Q(('state__in', ['READY', 'EXPIRED']), _negated=True), _connector='OR'), name='pack_ready_has_time', violation_error_message='Paket yang siap mencatat waktunya.')],
            },
        ),
    ]
