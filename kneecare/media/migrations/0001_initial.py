import django.db.models.deletion
import django.utils.timezone
import kneecare.media.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='uploaded')),
            ],
            options={
                'ordering': ['-uploaded_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('last_error', models.CharField(blank=True, help_text='The kind of error; never a text that may name somebody.', max_length=80, verbose_name='what went wrong')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('shape', models.CharField(blank=True, max_length=10)),
                ('focus_x', kneecare.media.models.FocusField(default=50)),
                ('focus_y', kneecare.media.models.FocusField(default=50)),
                ('width', models.PositiveIntegerField()),
                ('format', models.CharField(max_length=4)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('drawn', 'Drawn'), ('failed', 'Failed: could not be drawn')], default='waiting', max_length=10)),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='media.picture')),
            ],
            options={
                'ordering': ['picture', 'pk'],
                'indexes': [models.Index(fields=['state', 'next_attempt_at'], name='renditions_by_state')],
                'constraints': [models.UniqueConstraint(fields=('picture', 'shape', 'focus_x', 'focus_y', 'width', 'format'), name='a_rendition_is_drawn_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('last_error', ''), _negated=True), _connector='OR'), name='a_failed_rendition_says_why')],
            },
        ),
    ]
