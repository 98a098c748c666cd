import articles.anatomy
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import kneecare.core.fields
import kneecare.media.fields
import kneecare.media.models
import kneecare.media.videos
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
        ('clinic', '0001_initial'),
        ('exercises', '0001_initial'),
        ('media', '0001_initial'),
        ('publishing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExternalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('last_error', models.CharField(blank=True, help_text='The kind of error; never a text that may name somebody.', max_length=80, verbose_name='what went wrong')),
                ('url', models.URLField(max_length=500, unique=True, verbose_name='address')),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='last status')),
                ('times_gone', models.PositiveIntegerField(default=0, help_text='How often in a row the site said that there is no such page.', verbose_name='gone, times in a row')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='last checked')),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next check')),
            ],
            options={
                'ordering': ['-times_gone', 'url'],
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('slug', models.SlugField(help_text="The last part of the page's address: lower-case words joined by hyphens. When it changes, the old address leads to the new one.", max_length=80, unique=True, verbose_name='address')),
                ('summary', models.CharField(help_text='One or two plain sentences. Shown on cards and by search engines.', max_length=200)),
                ('published_at', models.DateTimeField(blank=True, help_text='Empty while this is a draft.', null=True, verbose_name='published')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='next review due')),
                ('goes_live_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('comes_down_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False, help_text='Counts the saves of the draft, so that no editor overwrites another unawares.')),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('language', models.CharField(choices=[('en-us', 'English (United States)')], default='en-us', max_length=10)),
                ('preview_round', models.PositiveIntegerField(default=1, editable=False, help_text='Preview links of an earlier round have ended.')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinician')),
                ('related', models.ManyToManyField(blank=True, help_text='Shown under the article.', related_name='suggested_by', to='articles.article', verbose_name='you might also like')),
                ('saved_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['title'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='articles_article_has_an_address'), models.CheckConstraint(condition=models.Q(('goes_live_at', None), ('comes_down_at', None), ('comes_down_at__gt', models.F('goes_live_at')), _connector='OR'), name='article_comes_down_after_it_goes_live')],
                'indexes': [models.Index(fields=['-published_at', '-id'], name='articles_newest_first')],
            },
        ),
        migrations.CreateModel(
            name='ArticleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, help_text='SHA-256 of what a review is of.', max_length=64)),
                ('reviewed_on', models.DateField(editable=False, null=True, verbose_name='last clinical review')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='next review due')),
                ('made_by_name', models.CharField(blank=True, max_length=160, verbose_name='by')),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=0, help_text='Which save of the draft it was made of.')),
                ('title', models.CharField(max_length=120)),
                ('summary', models.CharField(max_length=200)),
                ('data', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('source', models.JSONField(default=dict)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('language', models.CharField(default='en-us', max_length=10)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinician')),
                ('figures', models.ManyToManyField(related_name='article_versions', to='exercises.figure')),
                ('dosed', models.ManyToManyField(help_text='Every exercise whose dose stands in it, be it in a routine.', related_name='dosed_in', to='exercises.exercise')),
                ('exercises', models.ManyToManyField(related_name='article_versions', to='exercises.exercise')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='articles.article', verbose_name='article')),
                ('pictures', models.ManyToManyField(related_name='article_versions', to='media.picture')),
                ('related', models.ManyToManyField(related_name='suggested_in', to='articles.article')),
                ('reviewer', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinician')),
                ('signature', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publishing.signature')),
                ('routines', models.ManyToManyField(related_name='article_versions', to='exercises.routine')),
            ],
            options={
                'verbose_name': 'version of an article',
                'verbose_name_plural': 'versions of articles',
                'ordering': ['-made_at', '-pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reviewed_on', None), ('reviewer', None), ('signature', None)), models.Q(('reviewed_on__isnull', False), ('reviewer__isnull', False), ('signature__isnull', False)), _connector='OR'), name='articles_articleversion_review_is_a_signature'), models.UniqueConstraint(fields=('page', 'number'), name='articleversions_are_numbered_once'), models.CheckConstraint(condition=models.Q(('number', None), ('number__gte', 1), _connector='OR'), name='articleversions_are_numbered_from_one')],
            },
        ),
        migrations.CreateModel(
            name='ArticleEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_by_name', models.CharField(blank=True, max_length=160, verbose_name='by')),
                ('action', models.CharField(choices=[('published', 'Published'), ('planned', 'Planned to go live'), ('plan_dropped', 'Plan dropped'), ('went_live', 'Went live as planned'), ('taken_down', 'Taken down'), ('came_down', 'Came down as planned'), ('end_changed', 'Time to come down changed'), ('restored', 'Brought back into the working copy'), ('link_made', 'Preview link made'), ('links_ended', 'All preview links ended')], max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(blank=True, help_text='The time that it was planned for, or ends at.', null=True)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='articles.article', verbose_name='article')),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='articles.articleversion')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='article',
            name='live_version',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.articleversion'),
        ),
        migrations.AddField(
            model_name='article',
            name='scheduled_version',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.articleversion'),
        ),
        migrations.CreateModel(
            name='CalloutBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(max_length=255)),
                ('ordering', models.IntegerField(default=0)),
                ('tone', models.CharField(choices=[('tip', 'Tip'), ('warning', 'Warning'), ('urgent', 'Urgent')], default='tip', max_length=10)),
                ('title', models.CharField(max_length=120)),
                ('html', models.TextField(verbose_name='text')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_set', to='articles.article')),
            ],
            options={
                'verbose_name': 'callout',
                'verbose_name_plural': 'callouts',
                'ordering': ['ordering'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DrawingBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(max_length=255)),
                ('ordering', models.IntegerField(default=0)),
                ('drawing', models.CharField(choices=[('alignment', 'A leg that lines up, and one that turns in')], max_length=20)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_set', to='articles.article')),
            ],
            options={
                'verbose_name': 'drawing',
                'verbose_name_plural': 'drawings',
                'ordering': ['ordering'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MythBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(max_length=255)),
                ('ordering', models.IntegerField(default=0)),
                ('myth', models.CharField(help_text='What many people think, in their words.', max_length=200)),
                ('fact', models.TextField(help_text='What is true instead.')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_set', to='articles.article')),
            ],
            options={
                'verbose_name': 'myth and fact',
                'verbose_name_plural': 'myths and facts',
                'ordering': ['ordering'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlainWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(help_text='A word or a short phrase, in its plain form: utilize, prior to.', max_length=60, verbose_name='hard word')),
                ('plainer', models.CharField(help_text='What to say instead, such as: use.', max_length=120, verbose_name='plainer')),
            ],
            options={
                'ordering': ['word'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('word'), name='a_hard_word_stands_in_the_list_once', violation_error_message='This word stands in the list already.')],
            },
        ),
        migrations.CreateModel(
            name='QuestionBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(max_length=255)),
                ('ordering', models.IntegerField(default=0)),
                ('question', models.CharField(help_text='As a patient would ask it, with its question mark.', max_length=200)),
                ('answer', models.TextField()),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_set', to='articles.article')),
            ],
            options={
                'verbose_name': 'question and answer',
                'verbose_name_plural': 'questions and answers',
                'ordering': ['ordering'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuoteBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(max_length=255)),
                ('ordering', models.IntegerField(default=0)),
                ('html', models.TextField(verbose_name='quote or personal note')),
                ('attribution', models.CharField(help_text='Who says so.', max_length=120)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_set', to='articles.article')),
            ],
            options={
                'verbose_name': 'quote or personal note',
                'verbose_name_plural': 'quotes and personal notes',
                'ordering': ['ordering'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SelfScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pemat', 'PEMAT-P'), ('index', 'CDC Clear Communication Index')], max_length=10)),
                ('answers', models.JSONField(help_text='The answer to each item, by its number.')),
                ('scores', models.JSONField(help_text='Percent of each part.')),
                ('text_digest', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='self_scores', to='articles.article')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='self_scores', to='articles.articleversion')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StepsBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(max_length=255)),
                ('ordering', models.IntegerField(default=0)),
                ('steps', models.TextField(help_text='What to do, one step per line. No numbers.')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_set', to='articles.article')),
            ],
            options={
                'verbose_name': 'steps',
                'verbose_name_plural': 'steps',
                'ordering': ['ordering'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TextBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(max_length=255)),
                ('ordering', models.IntegerField(default=0)),
                ('html', models.TextField(verbose_name='text')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_set', to='articles.article')),
            ],
            options={
                'verbose_name': 'text',
                'verbose_name_plural': 'texts',
                'ordering': ['ordering'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80)),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('summary', models.CharField(blank=True, help_text='One or two plain sentences.', max_length=200)),
                ('place', models.CharField(blank=True, choices=[('front', 'Front of the knee'), ('below', 'Below the kneecap'), ('outside', 'Outside of the knee'), ('inside', 'Inside of the knee'), ('back', 'Back of the knee')], help_text='For the knee finder.', max_length=10, verbose_name='where it hurts')),
                ('drawing', models.CharField(blank=True, choices=articles.anatomy.choices, help_text='At the top of its articles, and on their cards.', max_length=20, verbose_name='drawing of what is sore')),
                ('fits', models.TextField(blank=True, help_text='For the knee finder: what a person with this may say of the knee, one per line. Plain words, such as It hurts just below my kneecap.', verbose_name='what fits')),
                ('routine', models.ForeignKey(blank=True, help_text='For the knee finder. A draft is not shown.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='exercises.routine', verbose_name='routine to start with')),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.AddField(
            model_name='articleversion',
            name='topics',
            field=models.ManyToManyField(related_name='versions', to='articles.topic'),
        ),
        migrations.AddField(
            model_name='article',
            name='topics',
            field=models.ManyToManyField(blank=True, related_name='articles', to='articles.topic'),
        ),
        migrations.CreateModel(
            name='VideoBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='what the video shows')),
                ('file', kneecare.media.videos.VideoField(blank=True, upload_to='videos', verbose_name='video file')),
                ('url', kneecare.core.fields.WebURLField(blank=True, help_text='On YouTube or Vimeo. The page asks nothing of that site until a visitor opens the video.', verbose_name='or its address elsewhere')),
                ('poster', kneecare.media.fields.PictureField(blank=True, help_text='Shown before the video plays.', upload_to='pictures', verbose_name='still picture')),
                ('captions', kneecare.media.videos.CaptionsField(blank=True, help_text='A WebVTT file (.vtt), for people who cannot hear your own video.', upload_to='videos')),
                ('transcript', models.TextField(blank=True, help_text='Every word that is said, and what else matters.')),
                ('has_no_speech', models.BooleanField(default=False, verbose_name='nobody speaks in it')),
                ('region', models.CharField(max_length=255)),
                ('ordering', models.IntegerField(default=0)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_set', to='articles.article')),
            ],
            options={
                'verbose_name': 'video',
                'verbose_name_plural': 'videos',
                'ordering': ['ordering'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('file', ''), _negated=True), ('url', '')), models.Q(('file', ''), models.Q(('url', ''), _negated=True)), _connector='OR'), name='a_video_is_ours_or_elsewhere', violation_error_message='Give a video file or an address elsewhere, one of the two.'), models.CheckConstraint(condition=models.Q(('url', ''), ('url__startswith', 'https://www.youtube.com/'), ('url__startswith', 'https://youtube.com/'), ('url__startswith', 'https://m.youtube.com/'), ('url__startswith', 'https://youtu.be/'), ('url__startswith', 'https://www.youtube-nocookie.com/'), ('url__startswith', 'https://vimeo.com/'), ('url__startswith', 'https://www.vimeo.com/'), ('url__startswith', 'https://player.vimeo.com/'), _connector='OR'), name='a_video_elsewhere_is_where_we_know_it', violation_error_message='Give an address on YouTube or Vimeo that starts with https://.'), models.CheckConstraint(condition=models.Q(models.Q(('transcript', ''), _negated=True), ('has_no_speech', True), _connector='OR'), name='a_video_says_in_words_what_is_said', violation_error_message='Write down what is said in the video, or tick that nobody speaks.')],
            },
        ),
        migrations.CreateModel(
            name='ArticleFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(db_index=True, max_length=100)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='articles.articleversion')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('version', 'name'), name='articlefiles_are_named_once_a_version')],
            },
        ),
        migrations.CreateModel(
            name='CallToActionBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(max_length=255)),
                ('ordering', models.IntegerField(default=0)),
                ('title', models.CharField(max_length=80)),
                ('text', models.CharField(blank=True, max_length=300)),
                ('label', models.CharField(max_length=40, verbose_name='button')),
                ('target', models.CharField(choices=[('book', 'Book a Discovery Call'), ('contact', 'Say hi'), ('program', 'A program')], default='book', max_length=10, verbose_name='leads to')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_set', to='articles.article')),
                ('program', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.program')),
            ],
            options={
                'verbose_name': 'call to action',
                'verbose_name_plural': 'calls to action',
                'ordering': ['ordering'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('program__isnull', False), ('target', 'program')), models.Q(models.Q(('target', 'program'), _negated=True), ('program', None)), _connector='OR'), name='a_call_to_action_names_a_program_if_it_leads_to_one', violation_error_message='Choose a program only, and always, when the button leads to one.')],
            },
        ),
        migrations.CreateModel(
            name='ExerciseBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.CharField(max_length=255)),
                ('ordering', models.IntegerField(default=0)),
                ('exercise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exercises.exercise')),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_set', to='articles.article')),
                ('routine', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exercises.routine')),
            ],
            options={
                'verbose_name': 'exercise or routine',
                'verbose_name_plural': 'exercises and routines',
                'ordering': ['ordering'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('exercise__isnull', False), ('routine', None)), models.Q(('exercise', None), ('routine__isnull', False)), _connector='OR'), name='a_block_shows_an_exercise_or_a_routine', violation_error_message='Choose an exercise or a routine, one of the two.')],
            },
        ),
        migrations.CreateModel(
            name='ImageBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('focus_x', kneecare.media.models.FocusField(default=50, help_text='Percent. What stands here stays in sight where the picture is cut.', verbose_name='focal point: from the left')),
                ('focus_y', kneecare.media.models.FocusField(default=50, help_text='Percent.', verbose_name='focal point: from the top')),
                ('image', kneecare.media.fields.PictureField(crops=['social'], height_field='height', upload_to='pictures', verbose_name='picture', width_field='width')),
                ('width', models.PositiveIntegerField(default=0, editable=False)),
                ('height', models.PositiveIntegerField(default=0, editable=False)),
                ('alt', models.CharField(help_text='What the picture shows, for people who cannot see it.', max_length=200, verbose_name='description')),
                ('caption', models.CharField(blank=True, max_length=200)),
                ('region', models.CharField(max_length=255)),
                ('ordering', models.IntegerField(default=0)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_set', to='articles.article')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'ordering': ['ordering'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('focus_x__lte', 100), ('focus_y__lte', 100)), name='articles_imageblock_focal_point_is_on_the_picture', violation_error_message='A focal point is at 0 to 100 percent.')],
            },
        ),
        migrations.CreateModel(
            name='PendingReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pending_reviews', to='articles.article')),
                ('said_by', models.ForeignKey(help_text='Empty for the first content.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-said_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('article',), name='an_article_is_said_to_be_pending_once')],
            },
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='Of the page, paper or book, as its makers wrote it.', max_length=300)),
                ('authors', models.CharField(blank=True, max_length=200)),
                ('publisher', models.CharField(blank=True, help_text='Such as NHS.', max_length=120, verbose_name='published by')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('url', kneecare.core.fields.WebURLField(blank=True, verbose_name='address')),
                ('accessed_on', models.DateField(blank=True, null=True, verbose_name='read on')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower numbers come first.')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='articles.article')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('url', ''), ('url__startswith', 'https://'), ('url__startswith', 'http://'), _connector='OR'), name='a_reference_leads_to_the_web_or_nowhere', violation_error_message='Give an address that starts with https:// or http://.'), models.CheckConstraint(condition=models.Q(('year', None), models.Q(('year__gte', 1450), ('year__lte', 2200)), _connector='OR'), name='a_reference_is_from_a_year_of_print', violation_error_message='Give the year with four digits, such as 2024.')],
            },
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), ('live_version__isnull', False), _connector='OR'), name='a_published_article_has_a_version'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('goes_live_at', None), ('scheduled_version', None)), models.Q(('goes_live_at__isnull', False), ('scheduled_version__isnull', False)), _connector='OR'), name='a_scheduled_article_has_a_version_and_its_time'),
        ),
    ]
