import bookings.models.booking
import bookings.models.calendar_feed
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import kneecare.core.fields
import kneecare.core.jobs.mail_queue
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
        ('clinic', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReplyTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='Staff choose it by this.', max_length=60, unique=True)),
                ('text', models.TextField(help_text='Without greeting and signature: they are added.', max_length=2000)),
            ],
            options={
                'verbose_name': 'reply template',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='TextStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone_key', models.CharField(editable=False, max_length=64, unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='AppointmentKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default='Discovery Call', max_length=60)),
                ('price', models.CharField(blank=True, default='free', help_text='A word or two that go before the name, such as free. Empty to say nothing.', max_length=40)),
                ('mode', models.CharField(choices=[('clinic_calls', 'We call the visitor'), ('visitor_calls', 'The visitor calls us'), ('video', 'By video'), ('in_person', 'In person')], default='clinic_calls', help_text='Visitors read this on the booking page, on their own page, in each mail and in the calendar file.', max_length=20, verbose_name='how it happens')),
                ('video_url', kneecare.core.fields.WebURLField(blank=True, help_text='For a call by video. Visitors get it once their call is confirmed.', verbose_name='video link')),
                ('place', models.TextField(blank=True, help_text="For an appointment in person: one line per line of the address. Empty for the clinic's own address.", max_length=300, verbose_name='place')),
                ('map_url', kneecare.core.fields.WebURLField(blank=True, verbose_name='link to a map')),
                ('directions', models.TextField(blank=True, help_text='A few words.', max_length=300, verbose_name='parking and the way in')),
            ],
            options={
                'verbose_name': 'kind of appointment',
                'verbose_name_plural': 'kinds of appointment',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('mode__in', ['clinic_calls', 'visitor_calls', 'video', 'in_person'])), name='appointment_mode_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('mode', 'video'), _negated=True), models.Q(('video_url', ''), _negated=True), _connector='OR'), name='a_video_call_has_a_link', violation_error_message='Give the link that opens the video call.')],
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
                ('searchable_name', models.CharField(blank=True, editable=False, help_text='The name in plain small letters, for the search.', max_length=240)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None)),
                ('message', models.TextField(blank=True, max_length=1000, verbose_name='what is going on')),
                ('consent_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='consent')),
                ('consented_at', models.DateTimeField(blank=True, null=True, verbose_name='consent given')),
                ('texts_agreed_at', models.DateTimeField(blank=True, help_text='Empty for whoever did not, or wrote STOP.', null=True, verbose_name='agreed to text messages')),
                ('referrer', models.CharField(blank=True, max_length=200, verbose_name='came from')),
                ('visitor_zone', models.CharField(blank=True, max_length=64, verbose_name="visitor's time zone")),
                ('suspicion', models.CharField(blank=True, help_text='Why this may come from a program. It is a hint: look before you decline.', max_length=60, verbose_name='may not be a person')),
                ('client_ip_key', models.CharField(blank=True, editable=False, help_text='A keyed hash of the client IP, for a day.', max_length=64)),
                ('email_key', models.CharField(blank=True, editable=False, help_text='A keyed hash of the mailbox, however its address is written.', max_length=64)),
                ('hold_ends_at', models.DateTimeField(blank=True, help_text='Empty for a time that is held until somebody answers.', null=True, verbose_name='held until')),
                ('wants_earlier_since', models.DateTimeField(blank=True, help_text='Since when. Empty for whoever does not.', null=True, verbose_name='wishes for an earlier time')),
                ('state', models.CharField(choices=[('requested', 'Requested'), ('confirmed', 'Confirmed'), ('completed', 'Completed'), ('no_show', 'No-show'), ('declined', 'Declined'), ('expired', 'Expired without an answer'), ('cancelled_by_visitor', 'Cancelled by the visitor'), ('cancelled_by_clinic', 'Cancelled by the clinic')], default='requested', max_length=24)),
                ('version', models.PositiveIntegerField(default=1)),
                ('idempotency_key', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='last decided')),
                ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='clinic.program')),
            ],
            options={
                'verbose_name': 'request',
                'ordering': ['-created_at', '-pk'],
                'permissions': [('export_booking', 'Can export requests')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(default=bookings.models.calendar_feed.make_number, max_length=32, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('clinician', models.ForeignKey(blank=True, help_text='Empty for the calls with everybody.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clinic.clinician')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
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
                ('stranger_share', models.PositiveSmallIntegerField(default=60, help_text='Of the times offered. Who asks for a time once so many are asked for is called back instead, so that a flood of requests cannot take your calendar. 100 for no limit.', validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(100)], verbose_name='times that may wait for your answer (percent)')),
                ('hold_minutes', models.PositiveSmallIntegerField(default=120, help_text='A request that may not come from a person holds its time this long. Unless you answer before, the time is free again, and the request becomes a call-back.', validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(10080)], verbose_name="hold what looks like a program's (minutes)")),
                ('network_calls', models.PositiveSmallIntegerField(default=20, help_text='People behind one Wi-Fi, office or phone company look like one network. Who asks for a time beyond this number is called back instead. More than ten a day are flagged.', validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(100)], verbose_name='call times one network may ask for in a day')),
                ('undo_seconds', models.PositiveSmallIntegerField(default=60, help_text='How long a mail waits that your own press of a button causes. Until it goes out, the press can be undone. 0 to send at once.', validators=[django.core.validators.MaxValueValidator(600)], verbose_name='time to undo (seconds)')),
                ('offer_minutes', models.PositiveSmallIntegerField(default=60, help_text='Who wished for an earlier time gets it offered by mail, one after the other, and has this long to take it. Until then nobody else can book it. 10 to 1440, or 0 for no waiting list.', validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='time to take an earlier time (minutes)')),
                ('confirm_at_once', models.BooleanField(default=False, help_text="On: a visitor's call is confirmed as soon as it is asked for. Off: staff confirm each call.", verbose_name='confirm at once')),
                ('notify_email', models.EmailField(blank=True, help_text="Empty for the clinic's own e-mail. With neither, no mail is sent to staff.", max_length=254, verbose_name='tell us of new requests at')),
                ('reminder_hours', models.PositiveSmallIntegerField(default=24, help_text='By e-mail, once for each confirmed call. 0 for no reminder.', validators=[django.core.validators.MaxValueValidator(72)], verbose_name='remind visitors (hours before)')),
                ('texts_on', models.BooleanField(default=False, help_text='On: visitors may agree to a text that confirms their call, and one that reminds them. Needs a provider, which whoever runs the site sets; without one, texts are only written into files.', verbose_name='text messages')),
                ('message_days', models.PositiveSmallIntegerField(default=30, help_text='Their words, their wishes and your notes: counted from the call, or from when a request without a call came in. 1 to 30. Visitors see this number.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='keep what visitors wrote (days)')),
                ('contact_days', models.PositiveSmallIntegerField(default=180, help_text='Name, e-mail and phone. 1 to 180. Visitors see this number.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)], verbose_name='keep who they are (days)')),
                ('mail_days', models.PositiveSmallIntegerField(default=7, help_text='Where this site itself keeps the mail that it sent. 1 to 7.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)], verbose_name='keep sent mail (days)')),
                ('consent_text', models.TextField(default='You may keep what I send here to arrange and hold my call. I know that staff who have signed in can read it.', help_text='The words beside the tick box. Each request remembers which version was agreed to.', max_length=500, verbose_name='what visitors agree to')),
                ('consent_version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version of these words')),
            ],
            options={
                'verbose_name': 'call settings',
                'verbose_name_plural': 'call settings',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_row_of_call_settings'), models.CheckConstraint(condition=models.Q(('length_minutes__gt', 0)), name='a_call_takes_time'), models.CheckConstraint(condition=models.Q(('stranger_share__range', (10, 100))), name='strangers_hold_a_tenth_of_the_times_at_least'), models.CheckConstraint(condition=models.Q(('hold_minutes__range', (10, 10080))), name='a_time_is_held_for_ten_minutes_to_a_week'), models.CheckConstraint(condition=models.Q(('network_calls__range', (3, 100))), name='a_network_may_ask_for_three_times_at_least'), models.CheckConstraint(condition=models.Q(('undo_seconds__lte', 600)), name='a_press_can_be_undone_for_ten_minutes_at_most'), models.CheckConstraint(condition=models.Q(('offer_minutes', 0), ('offer_minutes__range', (10, 1440)), _connector='OR'), name='an_earlier_time_is_offered_for_ten_minutes_to_a_day', violation_error_message='Offer an earlier time for 10 minutes to a day, or 0 for no waiting list.'), models.CheckConstraint(condition=models.Q(('reminder_hours__lte', 72)), name='a_reminder_comes_three_days_ahead_at_most'), models.CheckConstraint(condition=models.Q(('message_days__range', (1, 30))), name='words_are_kept_30_days_at_most'), models.CheckConstraint(condition=models.Q(('contact_days__range', (1, 180))), name='contact_details_are_kept_180_days_at_most'), models.CheckConstraint(condition=models.Q(('mail_days__range', (1, 7))), name='sent_mail_is_kept_7_days_at_most'), models.CheckConstraint(condition=models.Q(('message_days__lte', models.F('contact_days'))), name='words_go_no_later_than_contact_details', violation_error_message='What visitors wrote must be deleted no later than who they are.')],
            },
        ),
        migrations.CreateModel(
            name='ExternalCalendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('last_error', models.CharField(blank=True, help_text='The kind of error; never a text that may name somebody.', max_length=80, verbose_name='what went wrong')),
                ('name', models.CharField(blank=True, help_text='For staff, where somebody has several: such as Work.', max_length=60)),
                ('sealed_address', models.TextField(editable=False)),
                ('host', models.CharField(editable=False, max_length=255)),
                ('address_given_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('read_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last read')),
                ('read_until', models.DateTimeField(blank=True, editable=False, help_text='Up to when busy times are known.', null=True)),
                ('read_for', models.CharField(blank=True, editable=False, help_text="The clinic's time zone when it was read.", max_length=64)),
                ('etag', models.CharField(blank=True, editable=False, max_length=300)),
                ('last_modified', models.CharField(blank=True, editable=False, max_length=300)),
                ('unclear_events', models.PositiveIntegerField(default=0, editable=False, help_text='Events with a broken date, or in a time zone that nobody knows.')),
                ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='external_calendars', to='clinic.clinician')),
            ],
            options={
                'verbose_name': 'other calendar',
                'ordering': ['clinician', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BusyTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='busy_times', to='bookings.externalcalendar')),
            ],
            options={
                'ordering': ['starts_at'],
            },
        ),
        migrations.CreateModel(
            name='ExtraHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.TimeField(help_text="In the clinic's time zone.", verbose_name='from')),
                ('ends', models.TimeField(help_text='No call runs past this.', verbose_name='to')),
                ('note', models.CharField(blank=True, help_text='For staff. Visitors do not see it.', max_length=120)),
                ('day', models.DateField(help_text='On this day only. If the day is closed, it stays closed.')),
                ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='clinic.clinician')),
            ],
            options={
                'verbose_name': 'extra hours',
                'verbose_name_plural': 'extra hours',
                'ordering': ['day', 'starts'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HoldLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('number', models.PositiveSmallIntegerField()),
                ('expires_at', models.DateTimeField()),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hold_limits', to='bookings.booking')),
            ],
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='starts')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('state', models.CharField(choices=[('open', 'Open'), ('held', 'Offered to the waiting list'), ('blocked', 'Blocked'), ('withdrawn', 'Withdrawn'), ('assigned', 'Set by staff')], default='open', max_length=10)),
                ('made_for', models.CharField(blank=True, editable=False, help_text="The clinic's time zone when this was made; empty for any.", max_length=64, verbose_name='made for')),
                ('free_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='When it was last free to be had, after what can still be undone.')),
                ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='clinic.clinician')),
            ],
            options={
                'verbose_name': 'call time',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BookingEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(blank=True, choices=[('', 'Changed'), ('booked', 'Booked by staff'), ('undone', 'Undone'), ('corrected', 'Contact details corrected'), ('replied', 'Replied')], max_length=10)),
                ('corrected', models.CharField(blank=True, choices=[('', ''), ('name', 'name'), ('email', 'e-mail'), ('phone', 'phone'), ('name email', 'name, e-mail'), ('name phone', 'name, phone'), ('email phone', 'e-mail, phone'), ('name email phone', 'name, e-mail, phone')], help_text='Which contact details; what they were is kept nowhere.', max_length=16)),
                ('from_state', models.CharField(blank=True, choices=[('requested', 'Requested'), ('confirmed', 'Confirmed'), ('completed', 'Completed'), ('no_show', 'No-show'), ('declined', 'Declined'), ('expired', 'Expired without an answer'), ('cancelled_by_visitor', 'Cancelled by the visitor'), ('cancelled_by_clinic', 'Cancelled by the clinic')], max_length=24, verbose_name='from')),
                ('to_state', models.CharField(choices=[('requested', 'Requested'), ('confirmed', 'Confirmed'), ('completed', 'Completed'), ('no_show', 'No-show'), ('declined', 'Declined'), ('expired', 'Expired without an answer'), ('cancelled_by_visitor', 'Cancelled by the visitor'), ('cancelled_by_clinic', 'Cancelled by the clinic')], max_length=24, verbose_name='to')),
                ('version', models.PositiveIntegerField()),
                ('time_before', models.DateTimeField(blank=True, null=True, verbose_name='moved from')),
                ('time_after', models.DateTimeField(blank=True, null=True, verbose_name='moved to')),
                ('by_name', models.CharField(blank=True, editable=False, max_length=160)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='bookings.booking')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('slot_before', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='bookings.slot')),
            ],
            options={
                'verbose_name': 'event',
                'ordering': ['version'],
            },
        ),
        migrations.AddField(
            model_name='booking',
            name='slot',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='bookings.slot', verbose_name='call time'),
        ),
        migrations.CreateModel(
            name='WaitingOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='time offered')),
                ('state', models.CharField(choices=[('open', 'Open'), ('taken', 'Taken'), ('kept', 'Not wanted'), ('expired', 'No answer in time'), ('withdrawn', 'Taken back')], default='open', max_length=10)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='offered')),
                ('expires_at', models.DateTimeField(verbose_name='held until')),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='bookings.booking')),
                ('slot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='offers', to='bookings.slot')),
            ],
            options={
                'verbose_name': 'earlier time offered',
                'verbose_name_plural': 'earlier times offered',
                'ordering': ['created_at', 'pk'],
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
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Failed: could not be sent'), ('aborted', 'Not needed any more')], default='waiting', max_length=10)),
                ('give_up_at', models.DateTimeField(default=kneecare.core.jobs.mail_queue.make_deadline, verbose_name='tried until')),
                ('message_id', models.CharField(default=kneecare.core.jobs.mail_queue.make_message_id, editable=False, max_length=200, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('kind', models.CharField(choices=[('received', 'Request received'), ('confirmed', 'Confirmed'), ('declined', 'Declined'), ('moved', 'Moved'), ('cancelled', 'Cancelled'), ('reminder', 'Reminder'), ('reply', 'Reply'), ('offer', 'Earlier time offered'), ('text_confirmed', 'Confirmed (text message)'), ('text_reminder', 'Reminder (text message)'), ('new_request', 'New request (to staff)'), ('changed', 'Moved or cancelled by the visitor (to staff)')], max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('text', models.TextField(blank=True, help_text='A line of their own in a mail of ours, or the whole reply.', max_length=2000, verbose_name='what staff wrote')),
                ('recipient_key', models.CharField(blank=True, editable=False, help_text='A keyed hash of the mailbox or the phone number that it is for: the request may have another one by now.', max_length=64)),
                ('bounced_at', models.DateTimeField(blank=True, null=True, verbose_name='came back')),
                ('complained_at', models.DateTimeField(blank=True, null=True, verbose_name='complained of')),
                ('returned_email_key', models.CharField(blank=True, editable=False, help_text='A keyed hash of the mailbox that did not take it, or complained.', max_length=64)),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='bookings.booking')),
                ('offer', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='bookings.waitingoffer')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'mail',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='WeeklyHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.TimeField(help_text="In the clinic's time zone.", verbose_name='from')),
                ('ends', models.TimeField(help_text='No call runs past this.', verbose_name='to')),
                ('note', models.CharField(blank=True, help_text='For staff. Visitors do not see it.', max_length=120)),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')])),
                ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='clinic.clinician')),
            ],
            options={
                'verbose_name': 'weekly hours',
                'verbose_name_plural': 'weekly hours',
                'ordering': ['clinician', 'weekday', 'starts'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BookingNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000)),
                ('by_name', models.CharField(blank=True, editable=False, max_length=160, verbose_name='by')),
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
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField(help_text='The same as the first for one day.')),
                ('starts', models.TimeField(blank=True, help_text='Empty for the whole day.', null=True, verbose_name='from')),
                ('ends', models.TimeField(blank=True, help_text='On each of the days.', null=True, verbose_name='to')),
                ('reason', models.CharField(blank=True, help_text='For staff. Visitors do not see it.', max_length=80)),
                ('clinician', models.ForeignKey(blank=True, help_text='Empty for the whole clinic.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clinic.clinician', verbose_name='whose')),
            ],
            options={
                'verbose_name': 'closure or time off',
                'verbose_name_plural': 'closures and time off',
                'ordering': ['first_day'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='closure_ends_after_it_starts', violation_error_message='The last day must not be before the first.'), models.CheckConstraint(condition=models.Q(models.Q(('ends', None), ('starts', None)), models.Q(('ends__isnull', False), ('starts__isnull', False)), _connector='OR'), name='a_part_of_a_day_has_both_its_ends', violation_error_message='Give both times, or none for the whole day.'), models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gt', models.F('starts')), _connector='OR'), name='a_part_of_a_day_ends_after_it_starts', violation_error_message='The end must be after the start.')],
            },
        ),
        migrations.AddConstraint(
            model_name='externalcalendar',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sealed_address', ''), _negated=True), models.Q(('host', ''), _negated=True)), name='an_other_calendar_has_an_address'),
        ),
        migrations.AddConstraint(
            model_name='busytime',
            constraint=models.UniqueConstraint(fields=('calendar', 'starts_at'), name='a_calendar_is_busy_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='busytime',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='busy_time_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='extrahours',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='extrahours_end_after_they_start', violation_error_message='The end must be after the start.'),
        ),
        migrations.AddIndex(
            model_name='holdlimit',
            index=models.Index(fields=['expires_at'], name='hold_limit_by_end'),
        ),
        migrations.AddConstraint(
            model_name='holdlimit',
            constraint=models.UniqueConstraint(fields=('key', 'number'), name='a_visitor_holds_each_number_once'),
        ),
        migrations.AddConstraint(
            model_name='holdlimit',
            constraint=models.CheckConstraint(condition=models.Q(('number__in', (1, 2, 3))), name='a_visitor_holds_three_at_most'),
        ),
        migrations.AddIndex(
            model_name='slot',
            index=models.Index(fields=['starts_at'], name='slot_by_start'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'held', 'blocked'])), fields=('clinician', 'starts_at'), name='a_clinician_has_one_slot_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='slot_ends_after_it_starts', violation_error_message='The end must be after the start.'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'held', 'blocked', 'withdrawn', 'assigned'])), name='slot_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='bookingevent',
            constraint=models.UniqueConstraint(fields=('booking', 'version'), name='a_booking_has_one_event_per_version'),
        ),
        migrations.AddConstraint(
            model_name='bookingevent',
            constraint=models.CheckConstraint(condition=models.Q(('action__in', ['', 'booked', 'undone', 'corrected', 'replied'])), name='event_action_is_known'),
        ),
        migrations.AddConstraint(
            model_name='bookingevent',
            constraint=models.CheckConstraint(condition=models.Q(('corrected__in', ['', 'name', 'email', 'phone', 'name email', 'name phone', 'email phone', 'name email phone'])), name='event_corrected_is_known'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['-created_at', '-id', 'state', 'kind'], name='booking_by_age'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('wants_earlier_since__isnull', False)), fields=['wants_earlier_since'], name='booking_by_wish_for_earlier'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(fields=['state', '-created_at'], name='booking_by_state'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('client_ip_key', ''), _negated=True), fields=['client_ip_key'], name='booking_by_client_ip_key'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('phone', ''), _negated=True), fields=['phone'], name='booking_by_phone'),
        ),
        migrations.AddIndex(
            model_name='booking',
            index=models.Index(condition=models.Q(('email_key', ''), _negated=True), fields=['email_key'], name='booking_by_email_key'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('requested', 'confirmed'))), fields=('slot',), name='one_open_booking_per_slot'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.UniqueConstraint(fields=('idempotency_key',), name='a_form_is_stored_once'),
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
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), models.Q(('phone', ''), _negated=True), ('name', ''), _connector='OR'), name='whoever_asks_can_be_reached'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['discovery_call', 'call_back', 'join_program', 'say_hi'])), name='booking_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('suspicion__in', ['', 'hidden_field', 'too_fast', 'many', 'bulk', 'hidden_field too_fast', 'hidden_field many', 'hidden_field bulk', 'too_fast many', 'too_fast bulk', 'many bulk', 'hidden_field too_fast many', 'hidden_field too_fast bulk', 'hidden_field many bulk', 'too_fast many bulk', 'hidden_field too_fast many bulk'])), name='booking_suspicion_is_known'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'confirmed', 'completed', 'no_show', 'declined', 'expired', 'cancelled_by_visitor', 'cancelled_by_clinic'])), name='booking_state_is_known'),
        ),
        migrations.AddIndex(
            model_name='waitingoffer',
            index=models.Index(fields=['slot', 'created_at'], name='offer_by_slot'),
        ),
        migrations.AddConstraint(
            model_name='waitingoffer',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('slot',), name='a_time_is_offered_to_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='waitingoffer',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('booking',), name='a_visitor_is_offered_one_time_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='waitingoffer',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='an_offer_stands_for_a_while'),
        ),
        migrations.AddConstraint(
            model_name='waitingoffer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'taken', 'kept', 'expired', 'withdrawn'])), name='offer_state_is_known'),
        ),
        migrations.AddIndex(
            model_name='outboxmail',
            index=models.Index(fields=['state', 'next_attempt_at'], name='mail_by_state'),
        ),
        migrations.AddIndex(
            model_name='outboxmail',
            index=models.Index(condition=models.Q(('returned_email_key', ''), _negated=True), fields=['booking'], name='mail_that_came_back'),
        ),
        migrations.AddConstraint(
            model_name='outboxmail',
            constraint=models.UniqueConstraint(condition=models.Q(('offer', None)), fields=('booking', 'kind', 'version'), name='a_change_is_told_once_by_each_kind_of_mail'),
        ),
        migrations.AddConstraint(
            model_name='outboxmail',
            constraint=models.UniqueConstraint(fields=('offer',), name='an_offer_is_told_once'),
        ),
        migrations.AddConstraint(
            model_name='outboxmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'offer'), ('offer__isnull', False)), models.Q(models.Q(('kind', 'offer'), _negated=True), ('offer', None)), _connector='OR'), name='exactly_the_mail_of_an_offer_has_one'),
        ),
        migrations.AddConstraint(
            model_name='outboxmail',
            constraint=models.CheckConstraint(condition=models.Q(('returned_email_key', ''), ('bounced_at__isnull', False), ('complained_at__isnull', False), _connector='OR'), name='mail_that_came_back_says_when'),
        ),
        migrations.AddConstraint(
            model_name='weeklyhours',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='weeklyhours_end_after_they_start', violation_error_message='The end must be after the start.'),
        ),
        migrations.AddConstraint(
            model_name='weeklyhours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__range', (0, 6))), name='weekly_hours_are_on_a_day_of_the_week'),
        ),
    ]
