from django.db import migrations

from kneecare.publishing.triggers import only_added_to, signs_with_one_account


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]
    operations = [
        only_added_to("publishing", "Signature"),
        only_added_to("publishing", "SignatureWithdrawal"),
        signs_with_one_account(),
    ]
