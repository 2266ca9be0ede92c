import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0016_mailings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signs_late', models.BooleanField(default=False, verbose_name='akan menandatangani susulan')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='catatan')),
                ('noted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='penolakan dicatat oleh')),
                ('looked_at', models.DateTimeField(editable=False, null=True, verbose_name='ditelaah pada')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='diubah pada')),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditangani oleh')),
                ('looked_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='penolakan ditelaah oleh')),
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='follow_up', to='pledges.participant')),
            ],
            options={
                'verbose_name': 'tindak lanjut',
                'verbose_name_plural': 'tindak lanjut',
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('looked_at', None), ('looked_by', None)), models.Q(('looked_at__isnull', False), ('looked_by__isnull', False)), _connector='OR'), name='follow_up_look_is_whole', violation_error_message='Catat siapa yang menelaah dan kapan.'), models.CheckConstraint(condition=models.Q(('looked_by', None), ('noted_by', None), models.Q(('looked_by', models.F('noted_by')), _negated=True), _connector='OR'), name='follow_up_looked_by_another', violation_error_message='Penolakan ditelaah oleh orang lain.')],
            },
        ),
    ]
