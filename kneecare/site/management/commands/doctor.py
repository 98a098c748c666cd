import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from kneecare.core.health.checks import Finding, Severity, examine
from kneecare.site.mail_dns import text_for_dns

KINDS = {Severity.NOTE: "Note: ", Severity.FAULT: "WRONG: ", Severity.OUTAGE: "ILL: "}
MEANING = "ILL keeps the site from its work, and /readyz tells it too; what is WRONG will be missed one day."


class Command(BaseCommand):
    help = f"Say in plain words what is wrong with this installation. {MEANING} Ends with 1 where either is found."
    requires_system_checks = []  # they are a part of what is said

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dns", action="store_true", help="Only print what to enter in the DNS so that mail is believed: SPF, DKIM, DMARC.")  # fmt: skip

    def handle(self, *, dns: bool, **options: Any) -> None:
        if dns:
            self.stdout.write(text_for_dns())
            return
        self.stdout.write(f"{settings.SITE_URL}, {connection.display_name}, data in {settings.DATA_DIR}")  # fmt: skip
        found = sorted(examine(Severity.NOTE), key=lambda each: -each.severity)
        for finding in found:
            self.tell(finding)
        wrong = [each for each in found if each.severity > Severity.NOTE]
        if wrong:
            sys.exit(1)
        self.stdout.write("Nothing is wrong.")

    def tell(self, finding: Finding) -> None:
        self.stdout.write(f"\n{KINDS[finding.severity]}{finding.words}.\n    {finding.advice}")  # fmt: skip
