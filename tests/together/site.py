"""A Django site with the pages of `carekey.django`, for a browser: an agency with
people who can sign in, in a folder of its own. It says on one line where it is and
who is there, and serves until its input ends.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
import tempfile
import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

sys.path.insert(0, str(Path(__file__).parents[2] / "bindings-python"))

PASSWORD = "Harvest!Moon47"
ANSWERS = {"first_pet": "Biscuit", "first_school": "Lincoln Elementary", "first_boss": "Rosalind"}


class Quiet(WSGIRequestHandler):
    """What is asked for is nobody's to read."""

    def log_message(self, format: str, *args: object) -> None:
        pass


def pages() -> list[str]:
    """The addresses of everything that is a page."""
    from carekey.django import urls
    from carekey.django.office import urls as office

    no_pages = {"sign-out", "style", "link-script"}
    found = [("/", urls.urlpatterns), ("/admin/carekey/", office.urlpatterns)]
    return [base + str(one.pattern) for base, patterns in found for one in patterns if one.name not in no_pages]


def main(folder: str) -> None:
    os.environ["PORTAL_FOLDER"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.apps.portal.settings"
    with socket.create_server(("localhost", 0)) as free:
        port = free.getsockname()[1]
    base = f"http://localhost:{port}"

    import django
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["localhost"]
    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    from carekey import Actor, AgencySettings
    from carekey.django import conf

    # The file of Django's own users and sessions.
    call_command("migrate", verbosity=0)
    support = Actor.support("Pat Long")
    agency = conf.create_agency(AgencySettings("104", "Harbor Home Care", link_base=base), actor=support)
    office = agency.acting_as(support)

    def letter(address: str) -> str:
        found = ""
        for message in agency.outbox.claim(100):
            agency.outbox.sent(message)
            if message.address == address:
                found = message.body.reveal()
        return found

    def active(name: str, email: str) -> None:
        office.add_party(name, roles=["client"], email=email, phone="404-555-0131")
        temporary = re.search(r"password: (\S+)", letter(email))
        assert temporary is not None
        step = agency.sign_in(email, temporary[1]).step
        step = agency.choose_password(step.token, PASSWORD, confirm=PASSWORD).step
        agency.set_questions(step.token, ANSWERS)

    active("Karl Lund", "karl@example.com")
    active("Mona Nash", "mona@example.com")
    [karl] = office.each_user(filter="karl@example.com")
    office.promote(karl.account)
    office.add_party("Nils Ott", roles=["client"], email="nils@example.com")
    temporary = re.search(r"password: (\S+)", letter("nils@example.com"))
    caregiver = office.add_party("Sue Taming", roles=["caregiver"], email="sue@example.com").party
    office.create_account(caregiver, "caregiver")
    activation = re.search(r"\S+#\S+", letter("sue@example.com"))
    family = office.add_party("Paz Quin", roles=["family"], email="paz@example.com").party
    office.add_application("PQ-1", family=family)
    invitation = re.search(r"\S+#\S+", letter("paz@example.com"))
    assert temporary and activation and invitation

    # The admin's styles come with it.
    settings.DEBUG = True
    server = make_server("localhost", port, StaticFilesHandler(get_wsgi_application()), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = {
        "base": base, "password": PASSWORD, "temporary": temporary[1], "activation": activation[0], "invitation": invitation[0],
        "pages": pages(),
    }  # fmt: skip
    print(json.dumps(here), flush=True)
    sys.stdin.read()
    server.shutdown()
    conf.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(folder)
