import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_roles_in_time_and_place'),
        ('pledges', '0012_packs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Annulment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(choices=[('WRONG_PERSON', 'Dibubuhkan oleh orang lain'), ('WRONGLY_ASSISTED', 'Pendampingan tidak sesuai ketentuan'), ('TRIAL', 'Dibubuhkan saat uji coba'), ('OTHER', 'Alasan lain')], max_length=20, verbose_name='alasan')),
                ('explanation', models.CharField(max_length=500, verbose_name='penjelasan')),
                ('requested_at', models.DateTimeField(verbose_name='diajukan pada')),
                ('consenter_since', models.DateTimeField(verbose_name='penyetuju bertugas sejak')),
                ('annulled_at', models.DateTimeField(verbose_name='dibatalkan pada')),
                ('record', models.TextField(verbose_name='catatan kanonik')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='sidik digital')),
            ],
            options={
                'verbose_name': 'pembatalan',
                'verbose_name_plural': 'pembatalan',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='AnnulmentRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('cause', models.CharField(choices=[('WRONG_PERSON', 'Dibubuhkan oleh orang lain'), ('WRONGLY_ASSISTED', 'Pendampingan tidak sesuai ketentuan'), ('TRIAL', 'Dibubuhkan saat uji coba'), ('OTHER', 'Alasan lain')], max_length=20, verbose_name='alasan')),
                ('explanation', models.CharField(max_length=500, verbose_name='penjelasan')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='diajukan pada')),
                ('state', models.CharField(choices=[('ASKED', 'Menunggu persetujuan'), ('CONSENTED', 'Disetujui'), ('DECLINED', 'Ditolak'), ('WITHDRAWN', 'Ditarik')], default='ASKED', max_length=10, verbose_name='status')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='diputuskan pada')),
            ],
            options={
                'verbose_name': 'pengajuan pembatalan',
                'verbose_name_plural': 'pengajuan pembatalan',
                'ordering': ['-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='participant',
            name='participant_once_per_ceremony',
        ),
        migrations.RemoveConstraint(
            model_name='participant',
            name='participant_number_once_per_ceremony',
        ),
        migrations.RemoveConstraint(
            model_name='registerentry',
            name='register_entry_of_one_record',
        ),
        migrations.AddField(
            model_name='participant',
            name='replaces',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replacement', to='pledges.participant', verbose_name='menggantikan'),
        ),
        migrations.AlterField(
            model_name='participant',
            name='state',
            field=models.CharField(choices=[('PENDING', 'Belum'), ('SIGNED', 'Sudah'), ('EXCUSED', 'Berhalangan'), ('REFUSED', 'Menolak'), ('ANNULLED', 'Dibatalkan')], default='PENDING', max_length=10, verbose_name='status'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'ANNULLED'), _negated=True), fields=('ceremony', 'employee'), name='participant_once_per_ceremony', violation_error_message='Pegawai ini sudah menjadi peserta.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'ANNULLED'), _negated=True), fields=('ceremony', 'number'), name='participant_number_once_per_ceremony', violation_error_message='Nomor ini sudah ada dalam daftar peserta.'),
        ),
        migrations.AddField(
            model_name='annulment',
            name='consented_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='annulment',
            name='requested_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='annulment',
            name='signature',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='annulment', to='pledges.signature'),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='annulment',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entry', to='pledges.annulment'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('annulment__isnull', True), ('signature__isnull', False)), models.Q(('annulment__isnull', False), ('signature__isnull', True)), _connector='OR'), name='register_entry_of_one_record', violation_error_message='Setiap isi register mencatat tepat satu hal.'),
        ),
        migrations.AddField(
            model_name='annulmentrequest',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='annulmentrequest',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='annulmentrequest',
            name='signature',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='annulment_requests', to='pledges.signature'),
        ),
        migrations.AddConstraint(
            model_name='annulment',
            constraint=models.CheckConstraint(condition=models.Q(('consented_by', models.F('requested_by')), _negated=True), name='annulment_by_two_officers', violation_error_message='Pembatalan disetujui atau ditolak oleh petugas lain daripada yang mengajukannya.'),
        ),
        migrations.AddConstraint(
            model_name='annulment',
            constraint=models.CheckConstraint(condition=models.Q(('consenter_since__lt', models.F('requested_at'))), name='annulment_second_officer_before', violation_error_message='Yang menyetujui harus petugas yang sudah bertugas sebelum pengajuan.'),
        ),
        migrations.AddConstraint(
            model_name='annulmentrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'ASKED')), fields=('signature',), name='one_annulment_request_at_a_time', violation_error_message='Pembatalan pakta ini sudah diajukan.'),
        ),
        migrations.AddConstraint(
            model_name='annulmentrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'ASKED')), models.Q(models.Q(('state', 'ASKED'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='annulment_request_says_who_decided', violation_error_message='Catat siapa yang memutuskan dan kapan.'),
        ),
        migrations.AddConstraint(
            model_name='annulmentrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'ASKED'), models.Q(('decided_by', models.F('asked_by')), ('state', 'WITHDRAWN')), models.Q(('state__in', ['CONSENTED', 'DECLINED']), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='annulment_request_decided_by_another', violation_error_message='Pembatalan disetujui atau ditolak oleh petugas lain daripada yang mengajukannya.'),
        ),
    ]
