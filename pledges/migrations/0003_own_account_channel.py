from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0002_national_texts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='invitation',
            name='channel',
            field=models.CharField(choices=[('SLIP', 'Slip PIN'), ('EMAIL', 'Surel'), ('WHATSAPP', 'WhatsApp'), ('LINK', 'Tautan pribadi'), ('ACCOUNT', 'Akun sendiri')], max_length=10, verbose_name='saluran'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='channel',
            field=models.CharField(choices=[('SLIP', 'Slip PIN'), ('EMAIL', 'Surel'), ('WHATSAPP', 'WhatsApp'), ('LINK', 'Tautan pribadi'), ('ACCOUNT', 'Akun sendiri')], max_length=10, verbose_name='jalan masuk'),
        ),
    ]
