from django.db import migrations

from kneecare.publishing.triggers import only_added_to


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]
    operations = [only_added_to("publishing", "Signature")]
