from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exercises', '0005_freeze_what_is_published'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='exercise',
            name='an_exercise_is_not_its_own_harder_version',
        ),
        migrations.RemoveField(
            model_name='exercise',
            name='harder',
        ),
        migrations.AddConstraint(
            model_name='dose',
            constraint=models.CheckConstraint(condition=models.Q(('reps_from__isnull', False), ('hold_seconds__isnull', False), models.Q(('as_able', ''), _negated=True), _connector='OR'), name='dose_states_reps_hold_or_as_able', violation_error_message='Give repetitions, a hold, or words in place of a number. When none is stated, remove the dose: patients then read that it is not stated.'),
        ),
        migrations.AddConstraint(
            model_name='dose',
            constraint=models.CheckConstraint(condition=models.Q(('as_able', ''), models.Q(('hold_seconds', None), ('reps_from', None)), _connector='OR'), name='dose_counts_or_says_as_able', violation_error_message='Give numbers or words in place of a number, not both.'),
        ),
        migrations.AddConstraint(
            model_name='dose',
            constraint=models.CheckConstraint(condition=models.Q(('as_able', ''), ('set_by__isnull', False), _connector='OR'), name='dose_as_able_comes_from_a_clinician', violation_error_message="Words in place of a number are a clinician's: say whose, and the day."),
        ),
        migrations.AddConstraint(
            model_name='dose',
            constraint=models.CheckConstraint(condition=models.Q(('sides__in', ['', 'both', 'each'])), name='dose_side_is_known'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.UniqueConstraint(fields=('progression', 'level'), name='a_progression_has_one_exercise_a_level', violation_error_message='Another exercise has this level. Give each version its own.'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', None), ('progression', None)), models.Q(('level__isnull', False), ('progression__isnull', False)), _connector='OR'), name='an_exercise_has_a_progression_and_a_level_or_neither', violation_error_message='Give both the progression and the level, or neither.'),
        ),
        migrations.AddConstraint(
            model_name='exercise',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), ('live__isnull', False), _connector='OR'), name='a_published_exercise_has_a_publication'),
        ),
        migrations.AddConstraint(
            model_name='routine',
            constraint=models.CheckConstraint(condition=models.Q(('days_per_week', None), ('days_per_week__range', (1, 7)), _connector='OR'), name='routine_days_fit_in_a_week', violation_error_message='Days a week run from 1 to 7.'),
        ),
        migrations.AddConstraint(
            model_name='routine',
            constraint=models.CheckConstraint(condition=models.Q(('weeks', None), ('weeks__gte', 1), _connector='OR'), name='routine_weeks_start_at_one', violation_error_message='Weeks start at 1. Leave the field empty for not stated.'),
        ),
        migrations.AddConstraint(
            model_name='routine',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amber_to', None), ('green_to', None)), models.Q(('amber_to__gt', models.F('green_to')), ('amber_to__isnull', False), ('amber_to__lte', 9), ('green_to__isnull', False)), _connector='OR'), name='routine_pain_guide_runs_from_green_to_red', violation_error_message='Give both limits of the pain guide or neither. Amber ends above green and at 9 or lower.'),
        ),
        migrations.AddConstraint(
            model_name='routine',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), ('live__isnull', False), _connector='OR'), name='a_published_routine_has_a_publication'),
        ),
    ]
