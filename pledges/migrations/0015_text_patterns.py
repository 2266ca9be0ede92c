import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0008_roles_in_time_and_place'),
        ('pledges', '0014_campaigns'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='pledgetext',
            name='text_published_has_digest',
        ),
        migrations.AddField(
            model_name='pledgetext',
            name='election',
            field=models.ForeignKey(blank=True, help_text='Mengisi {pemilu} dan {tahun} saat naskah diterbitkan.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pledge_texts', to='pledges.election', verbose_name='untuk pemilu'),
        ),
        migrations.AddConstraint(
            model_name='pledgetext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('published_at', None), ('state__in', ['DRAFT', 'PATTERN'])), models.Q(models.Q(('digest', ''), _negated=True), ('published_at__isnull', False), ('state', 'PUBLISHED')), _connector='OR'), name='text_published_has_digest', violation_error_message='Naskah yang diterbitkan harus memiliki sidik digital.'),
        ),
    ]
