import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_roles_in_time_and_place'),
        ('pledges', '0019_public_pages'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Guidance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='versi')),
                ('content', models.JSONField(default=dict, verbose_name='isi')),
                ('state', models.CharField(choices=[('DRAFT', 'Konsep'), ('PUBLISHED', 'Diterbitkan'), ('PATTERN', 'Pola')], default='DRAFT', max_length=10, verbose_name='status')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='diterbitkan pada')),
                ('government', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guidance', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'panduan',
                'verbose_name_plural': 'panduan',
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(fields=('government', 'version'), name='guidance_version_unique', violation_error_message='Versi panduan ini sudah ada.'), models.UniqueConstraint(condition=models.Q(('government', None)), fields=('version',), name='guidance_version_unique_national', violation_error_message='Versi panduan nasional ini sudah ada.'), models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state', 'DRAFT')), models.Q(('published_at__isnull', False), ('state', 'PUBLISHED')), _connector='OR'), name='guidance_published_has_time', violation_error_message='Panduan yang diterbitkan mencatat waktunya.')],
            },
        ),
        migrations.CreateModel(
            name='ReportCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('received_on', models.DateField(verbose_name='tanggal diterima')),
                ('kind', models.CharField(choices=[('SOCIAL_MEDIA', 'Keberpihakan di media sosial'), ('CAMPAIGN', 'Keikutsertaan dalam kampanye'), ('FACILITIES', 'Penggunaan fasilitas negara'), ('DECISION', 'Keputusan yang menguntungkan atau merugikan'), ('MOBILISING', 'Pengerahan pegawai'), ('OTHER', 'Lainnya')], max_length=20, verbose_name='jenis')),
                ('forwarded_to', models.CharField(choices=[('BAWASLU', 'Bawaslu'), ('GAKKUMDU', 'Sentra Gakkumdu'), ('BKN', 'BKN'), ('INSPEKTORAT', 'Inspektorat'), ('NOBODY', 'Belum diteruskan')], max_length=20, verbose_name='diteruskan ke')),
                ('count', models.PositiveIntegerField(verbose_name='jumlah')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='dicatat pada')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_counts', to='pledges.election')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'laporan diterima',
                'verbose_name_plural': 'laporan diterima',
                'ordering': ['-received_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('count__gte', 1), ('count__lte', 10000)), name='report_count_bounded', violation_error_message='Jumlah laporan antara 1 dan 10.000.')],
            },
        ),
    ]
