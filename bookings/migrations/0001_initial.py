import bookings.models.booking
import bookings.models.outbox
import bookings.models.subscription
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('clinic', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarSubscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(default=bookings.models.subscription.make_number, max_length=32, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('clinician', models.ForeignKey(blank=True, help_text='Empty for the calls with everybody.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clinic.clinician')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_subscription', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'calendar address',
                'verbose_name_plural': 'calendar addresses',
            },
        ),
        migrations.CreateModel(
            name='CallSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('length_minutes', models.PositiveSmallIntegerField(default=30, help_text='30 until the clinic decides: visitors see it, so check it.', validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(240)], verbose_name='length of a call (minutes)')),
                ('buffer_minutes', models.PositiveSmallIntegerField(default=0, help_text='Time for notes. 0 for calls back to back.', validators=[django.core.validators.MaxValueValidator(240)], verbose_name='pause between calls (minutes)')),
                ('notice_hours', models.PositiveSmallIntegerField(default=24, help_text='A visitor cannot book a call that is closer than this.', validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='shortest notice (hours)')),
                ('horizon_days', models.PositiveSmallIntegerField(default=28, help_text='Call times are offered this many days ahead.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)], verbose_name='how far ahead (days)')),
                ('calls_a_day', models.PositiveSmallIntegerField(blank=True, help_text='For the whole clinic. Empty for no limit.', null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='most calls on one day')),
                ('confirm_at_once', models.BooleanField(default=False, help_text="On: a visitor's call is confirmed as soon as it is asked for. Off: staff confirm each call.", verbose_name='confirm at once')),
                ('notify_email', models.EmailField(blank=True, help_text="Empty for the clinic's own e-mail. With neither, no mail is sent to staff.", max_length=254, verbose_name='tell us of new requests at')),
                ('reminder_hours', models.PositiveSmallIntegerField(default=24, help_text='By e-mail, once for each confirmed call. 0 for no reminder.', validators=[django.core.validators.MaxValueValidator(72)], verbose_name='remind visitors (hours before)')),
                ('message_days', models.PositiveSmallIntegerField(default=30, help_text='Their words, their wishes and your notes: counted from the call, or from when a request without a call came in. 1 to 30. Visitors see this number.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='keep what visitors wrote (days)')),
                ('contact_days', models.PositiveSmallIntegerField(default=180, help_text='Name, e-mail and phone. 1 to 180. Visitors see this number.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)], verbose_name='keep who they are (days)')),
                ('mail_days', models.PositiveSmallIntegerField(default=7, help_text='Where this site itself keeps the mail that it sent. 1 to 7.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)], verbose_name='keep sent mail (days)')),
                ('consent_text', models.TextField(default='You may keep what I send here to arrange and hold my call. I know that staff who have signed in can read it.', help_text='The words beside the tick box. Each request remembers which version was agreed to.', max_length=500, verbose_name='what visitors agree to')),
                ('consent_version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version of these words')),
            ],
            options={
                'verbose_name': 'call settings',
                'verbose_name_plural': 'call settings',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_row_of_call_settings'), models.CheckConstraint(condition=models.Q(('length_minutes__gt', 0)), name='a_call_takes_time'), models.CheckConstraint(condition=models.Q(('reminder_hours__lte', 72)), name='a_reminder_comes_three_days_ahead_at_most'), models.CheckConstraint(condition=models.Q(('message_days__range', (1, 30))), name='words_are_kept_30_days_at_most'), models.CheckConstraint(condition=models.Q(('contact_days__range', (1, 180))), name='contact_details_are_kept_180_days_at_most'), models.CheckConstraint(condition=models.Q(('mail_days__range', (1, 7))), name='sent_mail_is_kept_7_days_at_most'), models.CheckConstraint(condition=models.Q(('message_days__lte', models.F('contact_days'))), name='words_go_no_later_than_contact_details', violation_error_message='What visitors wrote must be deleted no later than who they are.')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(help_text='The same as the first for one day.')),
                ('reason', models.CharField(blank=True, help_text='For staff. Visitors do not see it.', max_length=80)),
            ],
            options={
                'ordering': ['first_day'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='closure_ends_after_it_starts', violation_error_message='The last day must not be before the first.')],
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('state', models.CharField(choices=[('open', 'Open'), ('blocked', 'Blocked'), ('withdrawn', 'Withdrawn')], default='open', max_length=10)),
                ('made_for', models.CharField(blank=True, editable=False, help_text="The clinic's time zone when this was made; empty for any.", max_length=64, verbose_name='made for')),
                ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='clinic.clinician')),
            ],
            options={
                'verbose_name': 'call time',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=bookings.models.booking.make_public_id, max_length=32, unique=True)),
                ('reference', models.CharField(default=bookings.models.booking.make_reference, max_length=10, unique=True)),
                ('kind', models.CharField(choices=[('discovery_call', 'Discovery Call'), ('call_back', 'Call-back'), ('join_program', 'Join a program'), ('say_hi', 'Say hi')], max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None)),
                ('message', models.TextField(blank=True, max_length=1000, verbose_name='what is going on')),
                ('consent_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='consent')),
                ('consented_at', models.DateTimeField(blank=True, null=True, verbose_name='consent given')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='came from')),
                ('visitor_zone', models.CharField(blank=True, max_length=64, verbose_name="visitor's time zone")),
                ('suspicion', models.CharField(blank=True, choices=[('hidden_field', 'Filled in a field that people do not see'), ('too_fast', 'Sent within seconds'), ('many', 'One of many from the same connection')], help_text='Why this may come from a program. It is a hint: look before you decline.', max_length=20, verbose_name='may not be a person')),
                ('sender_key', models.CharField(blank=True, editable=False, help_text='A keyed hash of the network address, for a day.', max_length=64)),
                ('state', models.CharField(choices=[('requested', 'Requested'), ('confirmed', 'Confirmed'), ('completed', 'Completed'), ('no_show', 'No-show'), ('declined', 'Declined'), ('expired', 'Expired without an answer'), ('cancelled_by_visitor', 'Cancelled by the visitor'), ('cancelled_by_clinic', 'Cancelled by the clinic')], default='requested', max_length=24)),
                ('version', models.PositiveIntegerField(default=1)),
                ('submission_key', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='last decided')),
                ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='clinic.program')),
                ('slot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='bookings.slot', verbose_name='call time')),
            ],
            options={
                'verbose_name': 'request',
                'ordering': ['-created_at', '-pk'],
                'permissions': [('export_booking', 'Can export requests')],
            },
        ),
        migrations.CreateModel(
            name='WeeklyHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')])),
                ('starts', models.TimeField(help_text="In the clinic's time zone.", verbose_name='from')),
                ('ends', models.TimeField(help_text='No call runs past this.', verbose_name='to')),
                ('note', models.CharField(blank=True, help_text='For staff. Visitors do not see it.', max_length=120)),
                ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weekly_hours', to='clinic.clinician')),
            ],
            options={
                'verbose_name': 'weekly hours',
                'verbose_name_plural': 'weekly hours',
                'ordering': ['clinician', 'weekday', 'starts'],
            },
        ),
        migrations.CreateModel(
            name='BookingEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(blank=True, choices=[('requested', 'Requested'), ('confirmed', 'Confirmed'), ('completed', 'Completed'), ('no_show', 'No-show'), ('declined', 'Declined'), ('expired', 'Expired without an answer'), ('cancelled_by_visitor', 'Cancelled by the visitor'), ('cancelled_by_clinic', 'Cancelled by the clinic')], max_length=24, verbose_name='from')),
                ('to_state', models.CharField(choices=[('requested', 'Requested'), ('confirmed', 'Confirmed'), ('completed', 'Completed'), ('no_show', 'No-show'), ('declined', 'Declined'), ('expired', 'Expired without an answer'), ('cancelled_by_visitor', 'Cancelled by the visitor'), ('cancelled_by_clinic', 'Cancelled by the clinic')], max_length=24, verbose_name='to')),
                ('version', models.PositiveIntegerField()),
                ('time_before', models.DateTimeField(blank=True, null=True, verbose_name='moved from')),
                ('time_after', models.DateTimeField(blank=True, null=True, verbose_name='moved to')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='bookings.booking')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'event',
                'ordering': ['version'],
                'constraints': [models.UniqueConstraint(fields=('booking', 'version'), name='a_booking_has_one_event_per_version')],
            },
        ),
        migrations.CreateModel(
            name='BookingNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='bookings.booking')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'note',
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='a_note_says_something')],
            },
        ),
        migrations.CreateModel(
            name='CallWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('day', models.DateField(blank=True, help_text='Empty for any day.', null=True)),
                ('part', models.CharField(choices=[('any', 'At any time'), ('morning', 'In the morning (before noon)'), ('afternoon', 'In the afternoon (noon to 5 PM)'), ('evening', 'In the evening (after 5 PM)')], max_length=10, verbose_name='time of day')),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='bookings.booking')),
            ],
            options={
                'verbose_name': 'wish',
                'verbose_name_plural': 'wishes',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('booking', 'number'), name='wishes_are_numbered'), models.CheckConstraint(condition=models.Q(('number__in', (1, 2, 3))), name='there_are_three_wishes_at_most'), models.CheckConstraint(condition=models.Q(('part__in', ['any', 'morning', 'afternoon', 'evening'])), name='part_of_the_day_is_known'), models.CheckConstraint(condition=models.Q(('day__isnull', False), models.Q(('part', 'any'), _negated=True), _connector='OR'), name='a_wish_says_something')],
            },
        ),
        migrations.CreateModel(
            name='ExtraHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(help_text='On this day only. If the day is closed, it stays closed.')),
                ('starts', models.TimeField(help_text="In the clinic's time zone.", verbose_name='from')),
                ('ends', models.TimeField(help_text='No call runs past this.', verbose_name='to')),
                ('note', models.CharField(blank=True, help_text='For staff. Visitors do not see it.', max_length=120)),
                ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extra_hours', to='clinic.clinician')),
            ],
            options={
                'verbose_name': 'extra hours',
                'verbose_name_plural': 'extra hours',
                'ordering': ['day', 'starts'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='extra_hours_end_after_they_start', violation_error_message='The end must be after the start.')],
            },
        ),
        migrations.CreateModel(
            name='OutboxMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('last_error', models.CharField(blank=True, help_text='The kind of error; never a text that may name somebody.', max_length=80, verbose_name='what went wrong')),
                ('kind', models.CharField(choices=[('received', 'Request received'), ('confirmed', 'Confirmed'), ('declined', 'Declined'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('reminder', 'Reminder'), ('new_request', 'New request (to staff)'), ('changed', 'Moved or cancelled by the visitor (to staff)')], max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Failed: could not be sent'), ('aborted', 'Not needed any more')], default='waiting', max_length=10)),
                ('give_up_at', models.DateTimeField(default=bookings.models.outbox.make_deadline, verbose_name='tried until')),
                ('message_id', models.CharField(default=bookings.models.outbox.make_message_id, editable=False, max_length=200, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='bookings.booking')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'mail',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['state', 'next_attempt_at'], name='mail_by_state')],
                'constraints': [models.UniqueConstraint(fields=('booking', 'kind', 'version'), name='a_change_is_told_once_by_each_kind_of_mail')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('number', models.PositiveSmallIntegerField()),
                ('expires_at', models.DateTimeField()),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='bookings.booking')),
            ],
            options={
                'indexes': [models.Index(fields=['expires_at'], name='seat_by_end')],
                'constraints': [models.UniqueConstraint(fields=('key', 'number'), name='a_seat_is_taken_once'), models.CheckConstraint(condition=models.Q(('number__in', (1, 2, 3))), name='a_visitor_has_three_seats')],
            },
        ),
        migrations.AddIndex(
            model_name='slot',
            index=models.Index(fields=['starts_at'], name='slot_by_start'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('clinician', 'starts_at'), name='a_clinician_has_one_slot_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='slot_ends_after_it_starts', violation_error_message='The end must be after the start.'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'blocked', 'withdrawn'])), name='slot_state_is_known'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['-created_at', '-id', 'state', 'kind'], name='booking_by_age'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['state', '-created_at'], name='booking_by_state'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('sender_key', ''), _negated=True), fields=['sender_key'], name='booking_by_sender'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('requested', 'confirmed'))), fields=('slot',), name='one_open_booking_per_slot'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(fields=('submission_key',), name='a_form_is_stored_once'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'discovery_call'), ('slot__isnull', False)), models.Q(('kind__in', ['join_program', 'say_hi']), ('slot__isnull', True)), models.Q(('kind__in', ['discovery_call', 'join_program', 'say_hi']), _negated=True), _connector='OR'), name='a_call_has_a_slot_and_an_enquiry_has_none'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('slot__isnull', False), models.Q(('kind', 'call_back'), ('state__in', ['confirmed', 'no_show']), _negated=True), _connector='OR'), name='a_call_back_is_confirmed_with_a_slot_only'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'join_program'), ('program__isnull', False)), models.Q(models.Q(('kind', 'join_program'), _negated=True), ('program__isnull', True)), _connector='OR'), name='exactly_a_request_to_join_has_a_program'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['discovery_call', 'call_back']), _negated=True), models.Q(('consent_version__isnull', False), ('consented_at__isnull', False)), _connector='OR'), name='whoever_asks_for_a_call_has_agreed'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['discovery_call', 'call_back', 'join_program', 'say_hi'])), name='booking_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('suspicion__in', ['', 'hidden_field', 'too_fast', 'many'])), name='booking_suspicion_is_known'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'confirmed', 'completed', 'no_show', 'declined', 'expired', 'cancelled_by_visitor', 'cancelled_by_clinic'])), name='booking_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='weeklyhours',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='weekly_hours_end_after_they_start', violation_error_message='The end must be after the start.'),
        ),
        migrations.AddConstraint(
            model_name='weeklyhours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__range', (0, 6))), name='weekly_hours_are_on_a_day_of_the_week'),
        ),
    ]
