from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0008_board_names'),
    ]

    operations = [
        # Every sheet so far was for all who were still to sign.
        migrations.AddField(
            model_name='slipbatch',
            name='scope',
            field=models.CharField(choices=[('MISSING', 'Peserta yang belum memegang slip'), ('ALL', 'Semua yang belum menandatangani')], default='ALL', max_length=10, verbose_name='bagi'),
            preserve_default=False,
        ),
    ]
