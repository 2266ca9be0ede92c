import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import netralitas.lib.codes
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Election',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('PEMILU', 'Pemilu'), ('PILKADA', 'Pilkada'), ('PEMILU_DAN_PEMILIHAN', 'Pemilu dan Pemilihan'), ('PEMUNGUTAN_SUARA_ULANG', 'Pemungutan suara ulang')], max_length=30, verbose_name='jenis')),
                ('name', models.CharField(help_text='Seperti dicetak pada pakta, misalnya “Pemilu dan Pemilihan Tahun 2024”.', max_length=160, verbose_name='nama')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1999, 'Tahun paling awal 1999.'), django.core.validators.MaxValueValidator(2100, 'Tahun paling akhir 2100.')], verbose_name='tahun')),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elections', to='agencies.agency', verbose_name='pemerintah daerah')),
            ],
            options={
                'verbose_name': 'pemilu',
                'verbose_name_plural': 'pemilu',
                'ordering': ['-year', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Ceremony',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(default=netralitas.lib.codes.new_ceremony_code, editable=False, max_length=8, unique=True, verbose_name='kode acara')),
                ('state', models.CharField(choices=[('DRAFT', 'Konsep'), ('READY', 'Siap'), ('OPEN', 'Dibuka'), ('CLOSED', 'Ditutup'), ('ARCHIVED', 'Diarsipkan'), ('CANCELLED', 'Dibatalkan')], default='DRAFT', max_length=10, verbose_name='status')),
                ('kind', models.CharField(choices=[('APEL', 'Apel'), ('UPACARA', 'Upacara'), ('APEL_GABUNGAN', 'Apel gabungan'), ('SUSULAN', 'Susulan'), ('PENYULUHAN', 'Penyuluhan')], max_length=20, verbose_name='bentuk acara')),
                ('title', models.CharField(max_length=200, verbose_name='nama acara')),
                ('place', models.CharField(max_length=200, verbose_name='tempat')),
                ('starts_at', models.DateTimeField(verbose_name='waktu')),
                ('time_zone', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], default='Asia/Jakarta', max_length=32, verbose_name='zona waktu')),
                ('scope', models.CharField(choices=[('SUBTREE', 'Seluruh pegawai penyelenggara dan unit di bawahnya'), ('AGENCIES', 'Pegawai instansi yang dipilih'), ('OFFICIALS', 'Pejabat tertentu saja')], default='SUBTREE', max_length=10, verbose_name='peserta')),
                ('official_echelons', models.JSONField(blank=True, default=list, verbose_name='eselon')),
                ('official_positions', models.JSONField(blank=True, default=list, verbose_name='jabatan')),
                ('frozen_at', models.DateTimeField(editable=False, null=True, verbose_name='daftar peserta dibekukan pada')),
                ('opened_at', models.DateTimeField(editable=False, null=True, verbose_name='pertama dibuka pada')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='pertama ditutup pada')),
                ('agencies', models.ManyToManyField(blank=True, related_name='chosen_for_ceremonies', to='agencies.agency', verbose_name='instansi peserta')),
                ('organizer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ceremonies', to='agencies.agency', verbose_name='penyelenggara')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ceremonies', to='pledges.election', verbose_name='pemilu')),
            ],
            options={
                'verbose_name': 'acara',
                'verbose_name_plural': 'acara',
                'ordering': ['-starts_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ElectionPhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('PENETAPAN_CALON', 'Penetapan calon'), ('KAMPANYE', 'Kampanye'), ('MASA_TENANG', 'Masa tenang'), ('PEMUNGUTAN_SUARA', 'Pemungutan suara')], max_length=20, verbose_name='tahapan')),
                ('starts', models.DateField(verbose_name='mulai')),
                ('ends', models.DateField(verbose_name='selesai')),
                ('election', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='pledges.election')),
            ],
            options={
                'verbose_name': 'tahapan',
                'verbose_name_plural': 'tahapan',
                'ordering': ['starts', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=370, verbose_name='nama dengan gelar')),
                ('bare_name', models.CharField(max_length=200, verbose_name='nama tanpa gelar')),
                ('number_kind', models.CharField(choices=[('NIP', 'NIP'), ('NI_PPPK', 'NI PPPK'), ('NIK', 'NIK')], max_length=10, verbose_name='jenis nomor')),
                ('number', models.CharField(max_length=18, verbose_name='nomor')),
                ('kind', models.CharField(choices=[('PNS', 'PNS'), ('CPNS', 'CPNS'), ('PPPK', 'PPPK'), ('PPPK_PARUH_WAKTU', 'PPPK Paruh Waktu'), ('NON_ASN', 'Non-ASN')], max_length=20, verbose_name='jenis pegawai')),
                ('grade', models.CharField(blank=True, max_length=10, verbose_name='golongan')),
                ('position', models.CharField(blank=True, max_length=255, verbose_name='jabatan')),
                ('echelon', models.CharField(blank=True, max_length=10, verbose_name='eselon')),
                ('agency_name', models.CharField(max_length=255, verbose_name='unit kerja')),
                ('opd_name', models.CharField(max_length=255, verbose_name='OPD')),
                ('state', models.CharField(choices=[('PENDING', 'Belum'), ('SIGNED', 'Sudah'), ('EXCUSED', 'Berhalangan'), ('REFUSED', 'Menolak')], default='PENDING', max_length=10, verbose_name='status')),
                ('reason', models.CharField(blank=True, max_length=255, verbose_name='alasan')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='agencies.agency')),
                ('ceremony', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='pledges.ceremony')),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='agencies.employee')),
                ('opd', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opd_participants', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'peserta',
                'verbose_name_plural': 'peserta',
                'ordering': ['bare_name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('SLIP', 'Slip PIN'), ('EMAIL', 'Surel'), ('WHATSAPP', 'WhatsApp'), ('LINK', 'Tautan pribadi')], max_length=10, verbose_name='saluran')),
                ('secret_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='diterbitkan pada')),
                ('sent_to', models.CharField(blank=True, max_length=254, verbose_name='dikirim ke')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='dicabut pada')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='PIN salah')),
                ('locked_until', models.DateTimeField(null=True, verbose_name='terkunci sampai')),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='pledges.participant')),
            ],
            options={
                'verbose_name': 'undangan',
                'verbose_name_plural': 'undangan',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='PledgeText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('family', models.SlugField(max_length=80, verbose_name='keluarga naskah')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='versi')),
                ('title', models.CharField(help_text='Untuk dikenali di daftar; tidak dicetak.', max_length=160, verbose_name='nama naskah')),
                ('heading', models.CharField(help_text='Misalnya “Ikrar Netralitas Pegawai ASN pada Pemilu Tahun 2029”.', max_length=300, verbose_name='judul ikrar')),
                ('opening', models.TextField(max_length=1000, verbose_name='kalimat pembuka')),
                ('points', models.JSONField(default=list, verbose_name='butir ikrar')),
                ('closing', models.TextField(max_length=1500, verbose_name='kalimat penutup')),
                ('sanction', models.TextField(max_length=1000, verbose_name='kalimat sanksi')),
                ('legal_basis', models.TextField(blank=True, max_length=2000, verbose_name='dasar hukum')),
                ('people_word', models.CharField(default='Pegawai ASN', help_text='Misalnya “Pegawai ASN”, “Pegawai”, atau “ASN dan Non-ASN”.', max_length=60, verbose_name='sebutan bagi yang berikrar')),
                ('state', models.CharField(choices=[('DRAFT', 'Konsep'), ('PUBLISHED', 'Diterbitkan')], default='DRAFT', max_length=10, verbose_name='status')),
                ('digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='sidik digital')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='diterbitkan pada')),
                ('government', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pledge_texts', to='agencies.agency')),
            ],
            options={
                'verbose_name': 'naskah',
                'verbose_name_plural': 'naskah',
                'ordering': ['title', '-version'],
            },
        ),
        migrations.AddField(
            model_name='ceremony',
            name='text',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ceremonies', to='pledges.pledgetext', verbose_name='naskah'),
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True, verbose_name='nonce pengiriman')),
                ('receipt', models.CharField(default=netralitas.lib.codes.new_receipt, max_length=26, unique=True, verbose_name='kode bukti')),
                ('record', models.TextField(verbose_name='catatan kanonik')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='sidik digital')),
                ('text_digest', models.CharField(max_length=64, verbose_name='sidik naskah')),
                ('method', models.CharField(choices=[('DRAWN', 'Goresan tanda tangan'), ('TYPED', 'Nama yang diketik')], max_length=10, verbose_name='cara')),
                ('strokes', models.JSONField(default=list, verbose_name='goresan')),
                ('typed_name', models.CharField(blank=True, max_length=370, verbose_name='nama yang diketik')),
                ('channel', models.CharField(choices=[('SLIP', 'Slip PIN'), ('EMAIL', 'Surel'), ('WHATSAPP', 'WhatsApp'), ('LINK', 'Tautan pribadi')], max_length=10, verbose_name='jalan masuk')),
                ('signed_at', models.DateTimeField(verbose_name='waktu server')),
                ('device_time', models.DateTimeField(null=True, verbose_name='waktu menurut perangkat')),
                ('late', models.BooleanField(default=False, verbose_name='susulan')),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='pledges.invitation')),
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='pledges.participant')),
            ],
            options={
                'verbose_name': 'tanda tangan',
                'verbose_name_plural': 'tanda tangan',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Pact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, upload_to='pakta', verbose_name='berkas')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 berkas')),
                ('issued_at', models.DateTimeField(auto_now_add=True, verbose_name='dibuat pada')),
                ('signature', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pact', to='pledges.signature')),
            ],
            options={
                'verbose_name': 'pakta',
                'verbose_name_plural': 'pakta',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='CeremonyOfficial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('LEADER', 'Pemimpin'), ('READER', 'Pembaca ikrar'), ('WITNESS', 'Saksi')], max_length=10, verbose_name='peran')),
                ('name', models.CharField(max_length=160, verbose_name='nama')),
                ('position', models.CharField(blank=True, max_length=160, verbose_name='jabatan')),
                ('institution', models.CharField(blank=True, max_length=160, verbose_name='lembaga')),
                ('ceremony', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='officials', to='pledges.ceremony')),
            ],
            options={
                'verbose_name': 'petugas acara',
                'verbose_name_plural': 'petugas acara',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('role', 'WITNESS'), _negated=True), fields=('ceremony', 'role'), name='one_leader_and_one_reader', violation_error_message='Hanya satu pemimpin dan satu pembaca ikrar.')],
            },
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.UniqueConstraint(fields=('government', 'name'), name='election_name_unique_in_government', violation_error_message='Pemilu dengan nama ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 1999), ('year__lte', 2100)), name='election_year_plausible', violation_error_message='Tahun harus antara 1999 dan 2100.'),
        ),
        migrations.AddConstraint(
            model_name='electionphase',
            constraint=models.UniqueConstraint(fields=('election', 'kind'), name='phase_once_per_election', violation_error_message='Tahapan ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='electionphase',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='phase_ends_after_start', violation_error_message='Tanggal selesai tidak boleh sebelum tanggal mulai.'),
        ),
        migrations.AddIndex(
            model_name='participant',
            index=models.Index(fields=['ceremony', 'opd', 'state'], name='participant_progress'),
        ),
        migrations.AddIndex(
            model_name='participant',
            index=models.Index(fields=['ceremony', 'bare_name'], name='participant_by_name'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('ceremony', 'employee'), name='participant_once_per_ceremony', violation_error_message='Pegawai ini sudah menjadi peserta.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('ceremony', 'number'), name='participant_number_once_per_ceremony', violation_error_message='Nomor ini sudah ada dalam daftar peserta.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['PENDING', 'SIGNED']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='participant_absence_has_reason', violation_error_message='Alasan wajib diisi.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('participant', 'channel'), name='one_valid_invitation_per_channel', violation_error_message='Undangan yang berlaku untuk saluran ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='pledgetext',
            constraint=models.UniqueConstraint(fields=('government', 'family', 'version'), name='text_version_unique_in_family', violation_error_message='Versi naskah ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='pledgetext',
            constraint=models.UniqueConstraint(condition=models.Q(('government', None)), fields=('family', 'version'), name='text_version_unique_in_national_family', violation_error_message='Versi naskah nasional ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='pledgetext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('published_at', None), ('state', 'DRAFT')), models.Q(models.Q(('digest', ''), _negated=True), ('published_at__isnull', False), ('state', 'PUBLISHED')), _connector='OR'), name='text_published_has_digest', violation_error_message='Naskah yang diterbitkan harus memiliki sidik digital.'),
        ),
        migrations.AddConstraint(
            model_name='ceremony',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['DRAFT', 'CANCELLED']), ('frozen_at__isnull', False), _connector='OR'), name='ceremony_frozen_before_open', violation_error_message='Daftar peserta harus dibekukan lebih dahulu.'),
        ),
        migrations.AddConstraint(
            model_name='ceremony',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('opened_at__isnull', False), _connector='OR'), name='ceremony_opened_before_closed', violation_error_message='Acara yang belum dibuka tidak dapat ditutup.'),
        ),
        migrations.AddConstraint(
            model_name='ceremony',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['DRAFT', 'READY', 'CANCELLED']), ('opened_at__isnull', False), _connector='OR'), name='ceremony_open_has_moment', violation_error_message='Waktu pembukaan acara harus tercatat.'),
        ),
        migrations.AddConstraint(
            model_name='ceremony',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['CLOSED', 'ARCHIVED']), _negated=True), ('closed_at__isnull', False), _connector='OR'), name='ceremony_closed_has_moment', violation_error_message='Waktu penutupan acara harus tercatat.'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('strokes', []), _negated=True), ('method', 'DRAWN'), ('typed_name', '')), models.Q(models.Q(('typed_name', ''), _negated=True), ('method', 'TYPED'), ('strokes', [])), _connector='OR'), name='signature_drawn_or_typed', violation_error_message='Tanda tangan digoreskan atau nama diketik.'),
        ),
    ]
