import django.core.validators
import django.db.models.deletion
import kneecare.clinic.models.clinic
import kneecare.core.fields
import kneecare.media.fields
import kneecare.media.models
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HelpLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('emergency', 'Emergency'), ('urgent', 'Urgent'), ('not_urgent', 'Not urgent')], max_length=10, unique=True)),
                ('heading', models.CharField(help_text='Say what to do, such as Call 911 now.', max_length=120)),
                ('advice', models.CharField(blank=True, help_text='One sentence under the heading.', max_length=200)),
                ('signs', models.TextField(help_text='Signs, one per line, the worst first. A line that ends with a colon is the heading of the signs below it.', max_length=3000)),
            ],
            options={
                'verbose_name': 'when to get help: level',
                'verbose_name_plural': 'when to get help',
            },
        ),
        migrations.CreateModel(
            name='Clinician',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('focus_x', kneecare.media.models.FocusField(default=50, help_text='Percent. What stands here stays in sight where the picture is cut.', verbose_name='focal point: from the left')),
                ('focus_y', kneecare.media.models.FocusField(default=50, help_text='Percent.', verbose_name='focal point: from the top')),
                ('name', models.CharField(max_length=80)),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('credentials', models.CharField(blank=True, help_text='After the name, such as DPT.', max_length=40)),
                ('role', models.CharField(blank=True, help_text='Such as Doctor of Physical Therapy.', max_length=80)),
                ('intro', models.CharField(blank=True, help_text='One sentence for the home page.', max_length=200, verbose_name='introduction')),
                ('bio', models.TextField(blank=True, max_length=20000, verbose_name='about')),
                ('education', models.TextField(blank=True, help_text='Degrees, one per line.', max_length=1000)),
                ('portrait', kneecare.media.fields.PictureField(blank=True, crops=['square'], help_text='A photograph of the face, at least 400 pixels wide. It is shown cut to a circle.', upload_to='pictures')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower numbers come first.')),
                ('reminder_email', models.EmailField(blank=True, help_text='Private: never shown on the site. Tells this person when a clinical review is due.', max_length=254, verbose_name='e-mail for reminders')),
                ('is_shown', models.BooleanField(default=True, verbose_name='show on the site')),
                ('account', models.OneToOneField(blank=True, help_text='Whose account this is. It alone signs reviews, doses and handouts in this name.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clinician', to=settings.AUTH_USER_MODEL)),
                ('archived_on', models.DateField(blank=True, help_text='For who no longer works here: they are offered nowhere any more, and all that they wrote and signed stays.', null=True, verbose_name='left on')),
            ],
            options={
                'ordering': ['position', 'name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('focus_x__lte', 100), ('focus_y__lte', 100)), name='clinic_clinician_focal_point_is_on_the_picture', violation_error_message='A focal point is at 0 to 100 percent.'), models.CheckConstraint(condition=models.Q(('archived_on', None), ('is_shown', False), _connector='OR'), name='who_left_is_not_shown', violation_error_message='Who has left is not shown on the site.'), models.CheckConstraint(condition=models.Q(('account', None), models.Q(('slug', 'starter-library'), _negated=True), _connector='OR'), name='nobody_signs_for_the_starter_library', violation_error_message='The starter library is nobody: it has no account, and signs nothing.')],
            },
        ),
        migrations.CreateModel(
            name='Clinic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='KneeCare', max_length=80)),
                ('tagline', models.CharField(blank=True, help_text='One line for the top of the home page.', max_length=120)),
                ('about', models.TextField(blank=True, max_length=20000, verbose_name='about the clinic')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None)),
                ('email', models.EmailField(blank=True, help_text='Shown on the contact page.', max_length=254, verbose_name='e-mail')),
                ('street', models.CharField(blank=True, max_length=120)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('region', models.CharField(blank=True, max_length=40, verbose_name='state')),
                ('postal_code', models.CharField(blank=True, max_length=12, verbose_name='ZIP code')),
                ('country', models.CharField(default='US', help_text='Two letters, such as US.', max_length=2)),
                ('time_zone', models.CharField(default='America/Phoenix', help_text='Region and city, such as America/Phoenix. Call times are in this zone.', max_length=64, validators=[kneecare.clinic.models.clinic.validate_time_zone])),
                ('hours', models.TextField(blank=True, help_text='One line per day or range of days.', max_length=500, verbose_name='opening hours')),
                ('privacy', models.TextField(blank=True, verbose_name='privacy page')),
                ('all_saves_days', models.PositiveSmallIntegerField(default=30, help_text='From 7 to 365. Of older saves the last of each day is kept for a year. Whatever was published is kept for good.', validators=[django.core.validators.MinValueValidator(7), django.core.validators.MaxValueValidator(365)], verbose_name='keep every save (days)')),
            ],
            options={
                'verbose_name': 'clinic',
                'verbose_name_plural': 'clinic',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_clinic'), models.CheckConstraint(condition=models.Q(('all_saves_days__range', (7, 365))), name='every_save_is_kept_7_to_365_days', violation_error_message='Every save is kept for 7 to 365 days.')],
            },
        ),
        migrations.CreateModel(
            name='Program',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('slug', models.SlugField(help_text="The last part of the page's address: lower-case words joined by hyphens. When it changes, the old address leads to the new one.", max_length=80, unique=True, verbose_name='address')),
                ('summary', models.CharField(help_text='One or two plain sentences. Shown on cards and by search engines.', max_length=200)),
                ('published_at', models.DateTimeField(blank=True, help_text='Empty while this is a draft.', null=True, verbose_name='published')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('body', models.TextField(blank=True, max_length=20000)),
                ('for_whom', models.TextField(blank=True, help_text='Not shown while it is empty.', max_length=20000, verbose_name='who it is for')),
                ('visit', models.TextField(blank=True, help_text='Not shown while it is empty.', max_length=20000, verbose_name='what a visit looks like')),
                ('joining', models.TextField(blank=True, help_text='Not shown while it is empty.', max_length=20000, verbose_name='how to join')),
                ('visit_length', models.CharField(blank=True, help_text='Not shown while it is empty.', max_length=80, verbose_name='how long a visit takes')),
                ('place_and_times', models.CharField(blank=True, help_text='Not shown while it is empty.', max_length=120, verbose_name='where and when')),
                ('price', models.CharField(blank=True, help_text='Not shown while it is empty.', max_length=80, verbose_name='what it costs')),
                ('action_label', models.CharField(default='Join now', max_length=40, verbose_name='button')),
                ('video_url', kneecare.core.fields.WebURLField(blank=True, help_text='Loaded from elsewhere only after a visitor presses the button that says so.', verbose_name='video address')),
                ('video_label', models.CharField(blank=True, help_text='Shown on the button.', max_length=120, verbose_name='what the video shows')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower numbers come first.')),
            ],
            options={
                'ordering': ['position', 'title'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='clinic_program_has_an_address')],
            },
        ),
        migrations.CreateModel(
            name='SocialLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(help_text='Such as Facebook.', max_length=40)),
                ('url', kneecare.core.fields.WebURLField(verbose_name='address')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower numbers come first.')),
                ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='clinic.clinic')),
            ],
            options={
                'ordering': ['position', 'label'],
            },
        ),
    ]
