import django.db.models.deletion
import uuid
from django.db import migrations, models

NOT_NOTED = "Dibatalkan sebelum alasan dicatat."


def give_reasons(apps, schema_editor):
    """Ceremonies that were cancelled before a reason was asked for say so."""
    cancelled = apps.get_model("pledges", "Ceremony").objects.filter(state="CANCELLED", reason="")
    cancelled.update(reason=NOT_NOTED)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_roles_in_time_and_place'),
        ('pledges', '0013_annulment'),
    ]

    operations = [
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=160, verbose_name='nama rangkaian')),
                ('kind', models.CharField(choices=[('APEL', 'Apel'), ('UPACARA', 'Upacara'), ('APEL_GABUNGAN', 'Apel gabungan'), ('SUSULAN', 'Susulan'), ('PENYULUHAN', 'Penyuluhan')], max_length=20, verbose_name='bentuk acara OPD')),
                ('title', models.CharField(max_length=120, verbose_name='nama acara OPD')),
                ('proposed_at', models.DateTimeField(verbose_name='usulan waktu acara OPD')),
                ('time_zone', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], default='Asia/Jakarta', max_length=32, verbose_name='zona waktu')),
                ('deadline', models.DateField(verbose_name='target selesai')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='dibuat pada')),
            ],
            options={
                'verbose_name': 'rangkaian acara',
                'verbose_name_plural': 'rangkaian acara',
                'ordering': ['-created_at', '-id'],
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
        migrations.AddField(
            model_name='ceremony',
            name='is_scheduled',
            field=models.BooleanField(default=True, editable=False, verbose_name='jadwal sudah ditetapkan'),
        ),
        migrations.AddField(
            model_name='ceremony',
            name='reason',
            field=models.CharField(blank=True, editable=False, max_length=255, verbose_name='alasan perubahan jadwal atau pembatalan'),
        ),
        migrations.AddField(
            model_name='participant',
            name='added_reason',
            field=models.CharField(blank=True, max_length=255, verbose_name='alasan ditambahkan'),
        ),
        migrations.AlterField(
            model_name='participant',
            name='state',
            field=models.CharField(choices=[('PENDING', 'Belum'), ('SIGNED', 'Sudah'), ('EXCUSED', 'Berhalangan'), ('REFUSED', 'Menolak'), ('ANNULLED', 'Dibatalkan'), ('DEPARTED', 'Dikeluarkan')], default='PENDING', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='pledgetext',
            name='state',
            field=models.CharField(choices=[('DRAFT', 'Konsep'), ('PUBLISHED', 'Diterbitkan'), ('PATTERN', 'Pola')], default='DRAFT', max_length=10, verbose_name='status'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='election',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='pledges.election', verbose_name='pemilu'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='government',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='agencies.agency', verbose_name='pemerintah daerah'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='lead',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='pledges.ceremony', verbose_name='acara induk'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='text',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='pledges.pledgetext', verbose_name='naskah'),
        ),
        migrations.AddField(
            model_name='ceremony',
            name='campaign',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ceremonies', to='pledges.campaign', verbose_name='rangkaian'),
        ),
        migrations.AddField(
            model_name='participant',
            name='campaign',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='pledges.campaign', verbose_name='rangkaian'),
        ),
        migrations.AddIndex(
            model_name='participant',
            index=models.Index(fields=['campaign', 'employee'], name='participant_in_campaign'),
        ),
        migrations.AddConstraint(
            model_name='ceremony',
            constraint=models.CheckConstraint(condition=models.Q(('is_scheduled', True), ('state__in', ['DRAFT', 'CANCELLED']), _connector='OR'), name='ceremony_scheduled_before_frozen', violation_error_message='Tetapkan waktu dan tempat acara lebih dahulu.'),
        ),
        migrations.RunPython(give_reasons, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='ceremony',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'CANCELLED'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='ceremony_cancelled_has_reason', violation_error_message='Alasan pembatalan wajib diisi.'),
        ),
        migrations.AddConstraint(
            model_name='ceremony',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'CANCELLED'), _negated=True), fields=('campaign', 'organizer'), name='ceremony_once_per_campaign_and_organizer', violation_error_message='Instansi ini sudah mempunyai acara dalam rangkaian ini.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('ANNULLED', 'DEPARTED')), _negated=True), fields=('ceremony', 'employee'), name='participant_once_per_ceremony', violation_error_message='Pegawai ini sudah menjadi peserta.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('ANNULLED', 'DEPARTED')), _negated=True), fields=('ceremony', 'number'), name='participant_number_once_per_ceremony', violation_error_message='Nomor ini sudah ada dalam daftar peserta.'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('ANNULLED', 'DEPARTED')), _negated=True), fields=('campaign', 'employee'), name='participant_once_per_campaign', violation_error_message='Pegawai ini sudah menjadi peserta acara lain rangkaian.'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.UniqueConstraint(fields=('government', 'name'), name='campaign_name_unique_in_government', violation_error_message='Rangkaian acara dengan nama ini sudah ada.'),
        ),
    ]
