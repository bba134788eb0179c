

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accreditation', '0001_initial'),
        ('advisory', '0006_labels'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='restores',
            field=models.JSONField(default=dict, help_text='What undoing gives back; no part of the chain.'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(condition=models.Q(('held_until__isnull', False)), fields=['held_until'], name='registration_held_decision'),
        ),
    ]
