from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accreditation', '0008_waiting_list_by_rank'),
    ]

    operations = [
        migrations.AlterField(
            model_name='draw',
            name='entries',
            field=models.JSONField(default=list, help_text='[{mark, reference, country, medium}]; see docs/draw.md.'),
        ),
    ]
