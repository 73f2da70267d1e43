"""``manage.py carekey``: the agency, Django's users, rosters, messages, the review."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from carekey import UNUSED_DAYS, Actor, AgencySettings, CarekeyError, Office, Preview
from carekey._long_work import UNDONE, until_ctrl_c
from carekey._private import HandOver
from carekey.django.conf import agency, agency_code, create_agency
from carekey.django.language import locale
from carekey.django.mail import send_waiting


class Command(BaseCommand):
    """Ends with 1 where rows fail or there is something to review."""

    help = "Rosters, messages and the access review of this site's agency."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The acts."""
        acts = parser.add_subparsers(dest="act", required=True)
        for name, text in (("preview", "say what would come of a roster"), ("create", "create what passes")):
            roster = acts.add_parser(name, help=text)
            roster.add_argument("roster", type=Path)
            roster.add_argument("--accept", action="store_true", help="take the first suggestion where a name is taken")
            roster.add_argument(
                "--who", action="append", default=[], metavar="LINE=PARTY", help="who the row is: an id, or another"
            )
            roster.add_argument("--failed", type=Path, help="write the rows that do not pass to this CSV file")
        roster.add_argument(
            "--hand-over",
            type=Path,
            default=Path("hand-over.csv"),
            help="a new file for passwords that no message can carry (hand-over.csv)",
        )
        agency = acts.add_parser("agency", help="make the agency of this site")
        agency.add_argument("name", help="as people know it")
        agency.add_argument("link_base", help="what links in mails begin with: the address of this site's pages")
        agency.add_argument("--by", required=True, help="the name of whoever makes it, for the history")
        agency.add_argument("--prefix", help="what staff names begin with")
        agency.add_argument("--country", help="two capital letters")
        agency.add_argument("--language", help="of messages")
        users = acts.add_parser("import-users", help="make accounts of Django's own users, with their passwords")
        users.add_argument("--role", required=True, help="what all of them are to the agency")
        users.add_argument("--dry-run", action="store_true", help="only say what would come of it")
        acts.add_parser("outbox", help="send what waits through Django's e-mail backend")
        review = acts.add_parser("review", help="list what an office should look at from time to time")
        review.add_argument("--unused-days", type=int, default=UNUSED_DAYS)

    def handle(self, *_: Any, act: str, **options: Any) -> None:
        """Does it."""
        try:
            if act == "agency":
                return self._agency(options)
            office = agency().acting_as(Actor.system("manage.py carekey"))
            getattr(self, f"_{act.replace('-', '_')}")(office, options)
        except CarekeyError as error:
            told = [str(error), *(f"  {finding.field}: {finding.message(locale())}" for finding in error.findings)]
            raise CommandError("\n".join(told)) from error

    def _agency(self, options: dict[str, Any]) -> None:
        settings = AgencySettings(
            agency_code(), options["name"], options["link_base"],
            prefix=options["prefix"], country=options["country"], locale=options["language"],
        )  # fmt: skip
        made = create_agency(settings, actor=Actor.support(options["by"]))
        self.stdout.write(f"{options['name']} is agency {made.code}")

    def _import_users(self, office: Office, options: dict[str, Any]) -> None:
        """Accounts of Django's users (P7). Each stays the same row of Django's, so
        that what points to it still does: its username becomes the account's id.
        Superusers stay Django's own, for `ModelBackend`.
        """
        model: Any = get_user_model()
        users = [user for user in model.objects.filter(is_active=True, is_superuser=False).order_by("pk")]
        users = [user for user in users if user.has_usable_password()]
        if not users:
            return self._end({"users": 0}, 0)
        held = office.preview([
            {
                "Role": options["role"],
                "Name": user.get_full_name() or user.get_username(),
                "Email": user.email,
                "ID": f"django-{user.pk}",
                "Password hash": user.password,
            }
            for user in users
        ])  # fmt: skip
        if options["dry_run"]:
            for row in held.rows:
                why = "; ".join(finding.message(locale()) for finding in row.findings)
                self.stdout.write(f"{row.name}\t{row.state}\t{row.username or ''}\t{why}")
            return self._end(held.summary.to_dict(), held.summary.failed + held.summary.waiting)
        report = office.create(held)
        for user, made in zip(users, report.rows, strict=True):
            why = "; ".join(finding.message(locale()) for finding in made.findings)
            self.stdout.write(f"{user.get_username()}\t{made.label(locale())}\t{made.username or ''}\t{why}")
            if made.account is not None and made.outcome not in UNDONE:
                setattr(user, model.USERNAME_FIELD, str(made.account))
                user.set_unusable_password()
                user.save()
        self._end(report.counts, sum(report.counts.get(outcome, 0) for outcome in UNDONE))

    def _preview(self, office: Office, options: dict[str, Any]) -> None:
        held = self._held(office, options)
        for row in held.rows:
            names = row.username or ", ".join(row.suggestions or map(str, row.maybe))
            why = "; ".join(finding.message(locale()) for finding in row.findings)
            self.stdout.write(f"{row.line}\t{row.name}\t{row.state}\t{names}\t{why}")
        summary = held.summary
        self._end(summary.to_dict(), summary.failed + summary.waiting)

    def _create(self, office: Office, options: dict[str, Any]) -> None:
        held = self._held(office, options)
        path: Path = options["hand_over"]
        try:
            passwords = HandOver(path)
        except FileExistsError:
            raise CommandError(f"{path} exists already; name another file with --hand-over") from None
        with passwords, until_ctrl_c() as go_on:
            report = office.create(held, progress=go_on)
            passwords.write(report.rows)
        for row in report.rows:
            why = "; ".join(finding.message(locale()) for finding in row.findings)
            self.stdout.write(f"{row.line}\t{row.label(locale())}\t{row.username or ''}\t{why}")
        if passwords.count:
            self.stdout.write(f"{passwords.count} passwords to hand over in person: {path}")
        if report.stopped is not None:
            self.stderr.write(report.stopped.message(locale()))
        self._end(report.counts, sum(report.counts.get(outcome, 0) for outcome in UNDONE))

    def _outbox(self, office: Office, options: dict[str, Any]) -> None:
        done = send_waiting(office.agency)
        self._end({"sent": done.sent, "failed": done.failed}, done.failed)

    def _review(self, office: Office, options: dict[str, Any]) -> None:
        items = office.review(unused_days=options["unused_days"])
        for item in items:
            self.stdout.write(f"{item.kind}\t{', '.join(item.names)}\t{item.since or ''}")
        self._end({"items": len(items)}, len(items))

    def _held(self, office: Office, options: dict[str, Any]) -> Preview:
        held = office.preview(options["roster"])
        held.decide_all(_decisions(options["who"]))
        if options["accept"]:
            held.accept_suggestions()
        if options["failed"] is not None:
            held.write_failed(options["failed"], locale=locale())
        return held

    def _end(self, counts: dict[str, int], wrong: int) -> None:
        self.stdout.write(", ".join(f"{name}: {count}" for name, count in counts.items()))
        if wrong:
            raise SystemExit(1)


def _decisions(given: list[str]) -> list[tuple[int, str]]:
    split = [decision.partition("=") for decision in given]
    if not all(line.isdecimal() and who for line, _, who in split):
        raise CommandError("who a row is about is LINE=ID, or LINE=another")
    return [(int(line), who) for line, _, who in split]
