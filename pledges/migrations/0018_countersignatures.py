import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_roles_in_time_and_place'),
        ('pledges', '0017_follow_ups'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Countersignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=370, verbose_name='nama dengan gelar')),
                ('position', models.CharField(max_length=255, verbose_name='jabatan')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='nomor dengan jenisnya')),
                ('strokes', models.JSONField(default=list, verbose_name='goresan')),
                ('typed_name', models.CharField(blank=True, max_length=370, verbose_name='nama yang diketik')),
                ('confirmation', models.CharField(choices=[('PASSWORD', 'Kata sandi'), ('SECOND_FACTOR', 'Faktor kedua')], max_length=20, verbose_name='konfirmasi')),
                ('signed_at', models.DateTimeField(verbose_name='ditandatangani pada')),
                ('record', models.TextField(verbose_name='catatan kanonik')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='sidik digital')),
            ],
            options={
                'verbose_name': 'tanda tangan mengetahui',
                'verbose_name_plural': 'tanda tangan mengetahui',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='CountersignedPact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(blank=True, max_length=200, upload_to='pakta', verbose_name='berkas')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 berkas')),
                ('made_at', models.DateTimeField(null=True, verbose_name='dibuat pada')),
                ('earlier', models.JSONField(default=list, verbose_name='SHA-256 berkas yang hilang')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='percobaan')),
                ('reason', models.CharField(blank=True, max_length=255, verbose_name='alasan')),
                ('next_at', models.DateTimeField(db_index=True, null=True, verbose_name='dicoba lagi')),
            ],
            options={
                'verbose_name': 'pakta yang diketahui',
                'verbose_name_plural': 'pakta yang diketahui',
                'ordering': ['id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='registerentry',
            name='register_entry_of_one_record',
        ),
        migrations.AddField(
            model_name='countersignature',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='countersignatures', to='agencies.agency', verbose_name='instansi'),
        ),
        migrations.AddField(
            model_name='countersignature',
            name='ceremony',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='countersignatures', to='pledges.ceremony'),
        ),
        migrations.AddField(
            model_name='countersignature',
            name='signer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='registerentry',
            name='countersignature',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entry', to='pledges.countersignature'),
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('annulment', None), ('countersignature', None), ('signature__isnull', False)), models.Q(('annulment__isnull', False), ('countersignature', None), ('signature', None)), models.Q(('annulment', None), ('countersignature__isnull', False), ('signature', None)), _connector='OR'), name='register_entry_of_one_record', violation_error_message='Setiap isi register mencatat tepat satu hal.'),
        ),
        migrations.AddField(
            model_name='countersignedpact',
            name='countersignature',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pacts', to='pledges.countersignature'),
        ),
        migrations.AddField(
            model_name='countersignedpact',
            name='signature',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='countersigned', to='pledges.signature'),
        ),
        migrations.AddConstraint(
            model_name='countersignedpact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('made_at', None), ('sha256', '')), models.Q(models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True), ('made_at__isnull', False)), _connector='OR'), name='countersigned_pact_made_whole', violation_error_message='Pakta yang dibuat mencatat sidik dan waktunya.'),
        ),
        migrations.AddConstraint(
            model_name='countersignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('strokes', []), _negated=True), ('typed_name', '')), models.Q(('strokes', []), models.Q(('typed_name', ''), _negated=True)), _connector='OR'), name='countersignature_drawn_or_typed', violation_error_message='Tanda tangan digoreskan atau nama diketik.'),
        ),
    ]
