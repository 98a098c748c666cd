from django.db import migrations

from kneecare.audit.triggers import only_added_to


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [only_added_to()]
