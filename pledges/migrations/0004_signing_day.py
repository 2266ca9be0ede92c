import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def drop_triggers(apps, schema_editor):
    """On the way back the database must not count into tables that are no longer there."""
    for name in ("tally_insert", "tally_update", "tally_move", "tally_delete"):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_account_mails'),
        ('pledges', '0003_own_account_channel'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('invited', models.PositiveIntegerField(default=0, verbose_name='diundang')),
                ('signed', models.PositiveIntegerField(default=0, verbose_name='sudah')),
                ('excused', models.PositiveIntegerField(default=0, verbose_name='berhalangan')),
                ('refused', models.PositiveIntegerField(default=0, verbose_name='menolak')),
            ],
            options={
                'verbose_name': 'hitungan',
                'verbose_name_plural': 'hitungan',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Wave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='urutan')),
                ('name', models.CharField(max_length=80, verbose_name='nama gelombang')),
                ('echelons', models.JSONField(blank=True, default=list, verbose_name='eselon')),
                ('positions', models.JSONField(blank=True, default=list, verbose_name='jabatan')),
                ('opens_at', models.DateTimeField(blank=True, null=True, verbose_name='dibuka otomatis pada')),
                ('opened_at', models.DateTimeField(editable=False, null=True, verbose_name='dibuka pada')),
            ],
            options={
                'verbose_name': 'gelombang',
                'verbose_name_plural': 'gelombang',
                'ordering': ['order'],
            },
        ),
        migrations.AddField(
            model_name='ceremony',
            name='last_closed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='terakhir ditutup pada'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='identity_check',
            field=models.CharField(blank=True, choices=[('CARD', 'KTP atau kartu pegawai dilihat'), ('KNOWN', 'Dikenal secara pribadi')], max_length=10, verbose_name='pemeriksaan identitas'),
        ),
        migrations.AddField(
            model_name='signature',
            name='begun_at',
            field=models.DateTimeField(null=True, verbose_name='halaman dibuka'),
        ),
        migrations.AddField(
            model_name='signature',
            name='in_grace',
            field=models.BooleanField(default=False, verbose_name='tiba dalam masa tenggang'),
        ),
        migrations.AlterField(
            model_name='invitation',
            name='channel',
            field=models.CharField(choices=[('SLIP', 'Slip PIN'), ('EMAIL', 'Surel'), ('WHATSAPP', 'WhatsApp'), ('LINK', 'Tautan pribadi'), ('ACCOUNT', 'Akun sendiri'), ('ASSISTED', 'Didampingi operator')], max_length=10, verbose_name='saluran'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='channel',
            field=models.CharField(choices=[('SLIP', 'Slip PIN'), ('EMAIL', 'Surel'), ('WHATSAPP', 'WhatsApp'), ('LINK', 'Tautan pribadi'), ('ACCOUNT', 'Akun sendiri'), ('ASSISTED', 'Didampingi operator')], max_length=10, verbose_name='jalan masuk'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('identity_check', ''), _negated=True), ('channel', 'ASSISTED'), ('issued_by__isnull', False)), models.Q(models.Q(('channel', 'ASSISTED'), _negated=True), ('identity_check', '')), _connector='OR'), name='invitation_assisted_says_how', violation_error_message='Catat siapa mendampingi dan cara identitas diperiksa.'),
        ),
        migrations.AddField(
            model_name='tally',
            name='ceremony',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='pledges.ceremony'),
        ),
        migrations.AddField(
            model_name='tally',
            name='opd',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='wave',
            name='ceremony',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waves', to='pledges.ceremony'),
        ),
        migrations.AddField(
            model_name='tally',
            name='wave',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='pledges.wave'),
        ),
        migrations.AddField(
            model_name='participant',
            name='wave',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='pledges.wave'),
        ),
        migrations.AddConstraint(
            model_name='wave',
            constraint=models.UniqueConstraint(fields=('ceremony', 'order'), name='wave_order_once_per_ceremony', violation_error_message='Urutan gelombang ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('ceremony', 'opd', 'wave'), name='tally_once'),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_triggers),
    ]
