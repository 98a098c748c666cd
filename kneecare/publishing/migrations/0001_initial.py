import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clinic', '0001_initial'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReviewReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('last_error', models.CharField(blank=True, help_text='The kind of error; never a text that may name somebody.', max_length=80, verbose_name='what went wrong')),
                ('object_id', models.PositiveBigIntegerField()),
                ('due_on', models.DateField(verbose_name='review due')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clinic.clinician')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
            ],
            options={
                'ordering': ['-due_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'due_on'), name='a_due_review_is_told_once')],
            },
        ),
    ]
