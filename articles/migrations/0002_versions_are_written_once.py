from django.db import migrations

from kneecare.publishing.triggers import write_once


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [write_once("articles", "ArticleVersion")]
