from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0007_slip_batches'),
    ]

    operations = [
        migrations.AddField(
            model_name='ceremony',
            name='names_on_board',
            field=models.BooleanField(default=False, editable=False, verbose_name='nama di layar besar'),
        ),
    ]
