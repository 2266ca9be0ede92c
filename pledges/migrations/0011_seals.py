import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0010_register'),
    ]

    operations = [
        migrations.CreateModel(
            name='SealCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='SHA-256 rantai')),
                ('pem', models.TextField(verbose_name='rantai sertifikat')),
                ('fingerprint', models.CharField(db_index=True, max_length=64, verbose_name='sidik sertifikat')),
                ('subject', models.CharField(max_length=255, verbose_name='pemilik')),
                ('not_before', models.DateTimeField(verbose_name='berlaku sejak')),
                ('not_after', models.DateTimeField(verbose_name='berlaku sampai')),
                ('is_demo', models.BooleanField(default=False, verbose_name='kunci demo')),
                ('used_at', models.DateTimeField(verbose_name='terakhir dipakai')),
            ],
            options={
                'verbose_name': 'sertifikat segel',
                'verbose_name_plural': 'sertifikat segel',
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='pact',
            name='earlier',
            field=models.JSONField(default=list, verbose_name='SHA-256 berkas yang hilang'),
        ),
        migrations.AddField(
            model_name='pact',
            name='seal_level',
            field=models.CharField(blank=True, choices=[('B-B', 'B-B (segel)'), ('B-T', 'B-T (segel dan stempel waktu)'), ('B-LT', 'B-LT (dengan data pencabutan)'), ('B-LTA', 'B-LTA (dengan stempel waktu arsip)')], max_length=5, verbose_name='tingkat segel'),
        ),
        migrations.AddField(
            model_name='pact',
            name='unsealed_sha256',
            field=models.CharField(blank=True, max_length=64, verbose_name='SHA-256 sebelum disegel'),
        ),
        migrations.CreateModel(
            name='PactFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='percobaan')),
                ('reason', models.CharField(max_length=255, verbose_name='alasan')),
                ('failed_at', models.DateTimeField(verbose_name='terakhir gagal')),
                ('next_at', models.DateTimeField(db_index=True, verbose_name='dicoba lagi')),
                ('signature', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pact_failure', to='pledges.signature')),
            ],
            options={
                'verbose_name': 'pakta tertunda',
                'verbose_name_plural': 'pakta tertunda',
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='pact',
            name='certificate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pacts', to='pledges.sealcertificate'),
        ),
        migrations.AddConstraint(
            model_name='pact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('certificate', None), ('seal_level', ''), ('unsealed_sha256', '')), models.Q(('certificate__isnull', False), models.Q(('seal_level', ''), _negated=True), models.Q(('unsealed_sha256', ''), _negated=True)), _connector='OR'), name='pact_sealed_whole_or_not', violation_error_message='Pakta bersegel mencatat tingkat dan sertifikat segelnya.'),
        ),
    ]
