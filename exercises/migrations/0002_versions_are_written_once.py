from django.db import migrations

from kneecare.publishing.triggers import never_changed, write_once


class Migration(migrations.Migration):
    dependencies = [("exercises", "0001_initial")]
    operations = [write_once("exercises", "ExerciseVersion", "RoutineVersion", "HandoutVersion"), never_changed("exercises", "Figure")]
