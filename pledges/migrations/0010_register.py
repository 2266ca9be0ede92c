import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0009_slip_scope'),
    ]

    operations = [
        migrations.CreateModel(
            name='TreeHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveBigIntegerField(unique=True, verbose_name='jumlah isi')),
                ('root', models.CharField(max_length=64, verbose_name='akar')),
                ('made_at', models.DateTimeField(verbose_name='dibuat pada')),
                ('key_id', models.CharField(max_length=64, verbose_name='kunci')),
                ('signature', models.CharField(max_length=128, verbose_name='tanda tangan kepala')),
                ('body', models.TextField(verbose_name='isi yang ditandatangani')),
            ],
            options={
                'verbose_name': 'kepala register',
                'verbose_name_plural': 'kepala register',
                'ordering': ['-size'],
            },
        ),
        migrations.CreateModel(
            name='RegisterNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(verbose_name='tingkat')),
                ('index', models.PositiveBigIntegerField(verbose_name='urutan')),
                ('digest', models.CharField(max_length=64, verbose_name='sidik digital')),
            ],
            options={
                'verbose_name': 'simpul register',
                'verbose_name_plural': 'simpul register',
                'ordering': ['level', 'index'],
                'constraints': [models.UniqueConstraint(fields=('level', 'index'), name='register_node_once'), models.CheckConstraint(condition=models.Q(('level__gte', 1)), name='register_node_above_entries')],
            },
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('index', models.PositiveBigIntegerField(unique=True, verbose_name='nomor urut')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='sidik digital')),
                ('signature', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entry', to='pledges.signature')),
            ],
            options={
                'verbose_name': 'isi register',
                'verbose_name_plural': 'isi register',
                'ordering': ['index'],
                'constraints': [models.CheckConstraint(condition=models.Q(('signature__isnull', False)), name='register_entry_of_one_record', violation_error_message='Setiap isi register mencatat tepat satu hal.')],
            },
        ),
    ]
