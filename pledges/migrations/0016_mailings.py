import datetime
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_roles_in_time_and_place'),
        ('pledges', '0015_text_patterns'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('INVITATION', 'Undangan'), ('REMINDER', 'Pengingat'), ('LAST_CALL', 'Panggilan terakhir')], max_length=10, verbose_name='jenis')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='pesan tambahan')),
                ('send_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='waktu kirim')),
                ('earliest', models.TimeField(default=datetime.time(7, 0), verbose_name='paling pagi')),
                ('latest', models.TimeField(default=datetime.time(20, 0), verbose_name='paling malam')),
                ('state', models.CharField(choices=[('PLANNED', 'Dijadwalkan'), ('SENDING', 'Sedang dikirim'), ('DONE', 'Selesai'), ('CANCELLED', 'Dibatalkan')], default='PLANNED', max_length=10, verbose_name='status')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='diminta pada')),
                ('done_at', models.DateTimeField(editable=False, null=True, verbose_name='selesai pada')),
                ('reason', models.CharField(blank=True, editable=False, max_length=255, verbose_name='keterangan')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ceremony', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to='pledges.ceremony')),
                ('opd', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to='agencies.agency', verbose_name='OPD')),
            ],
            options={
                'verbose_name': 'kiriman surel',
                'verbose_name_plural': 'kiriman surel',
                'ordering': ['-send_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ParticipantMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.EmailField(max_length=254, verbose_name='alamat')),
                ('message_id', models.CharField(max_length=200, unique=True, verbose_name='nomor surel')),
                ('state', models.CharField(choices=[('WAITING', 'Menunggu dikirim'), ('SENDING', 'Sedang dikirim'), ('SENT', 'Terkirim'), ('BOUNCED', 'Ditolak alamat tujuan'), ('FAILED', 'Gagal dikirim'), ('UNSURE', 'Mungkin terkirim'), ('DROPPED', 'Tidak jadi dikirim')], default='WAITING', max_length=10, verbose_name='status')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan gagal')),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dicoba lagi')),
                ('handed_at', models.DateTimeField(null=True, verbose_name='diserahkan pada')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='dikirim pada')),
                ('reason', models.CharField(blank=True, max_length=255, verbose_name='keterangan')),
                ('invitation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mail', to='pledges.invitation')),
                ('mailing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='pledges.mailing')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='pledges.participant')),
            ],
            options={
                'verbose_name': 'surel peserta',
                'verbose_name_plural': 'surel peserta',
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='mailing',
            constraint=models.CheckConstraint(condition=models.Q(('earliest__lt', models.F('latest'))), name='mailing_has_hours', violation_error_message='Jam paling pagi harus sebelum jam paling malam.'),
        ),
        migrations.AddConstraint(
            model_name='mailing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('state', 'DONE')), models.Q(models.Q(('state', 'DONE'), _negated=True), ('done_at', None)), _connector='OR'), name='mailing_done_has_time', violation_error_message='Kiriman yang selesai mencatat waktunya.'),
        ),
        migrations.AddIndex(
            model_name='participantmail',
            index=models.Index(fields=['state', 'next_at'], name='participant_mail_due'),
        ),
        migrations.AddIndex(
            model_name='participantmail',
            index=models.Index(fields=['handed_at'], name='participant_mail_handed'),
        ),
        migrations.AddConstraint(
            model_name='participantmail',
            constraint=models.UniqueConstraint(fields=('mailing', 'participant'), name='one_mail_per_person_and_mailing', violation_error_message='Peserta ini sudah termasuk dalam kiriman.'),
        ),
        migrations.AddConstraint(
            model_name='participantmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'SENT'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='participant_mail_sent_has_time', violation_error_message='Surel yang terkirim mencatat waktunya.'),
        ),
    ]
