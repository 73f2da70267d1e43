"""The pages of the FastAPI example, for a browser: an agency with people who can
sign in. It says on one line where it is and who is there, and serves until its
input ends.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[2] / "bindings-python"))

import uvicorn  # noqa: E402
from examples.fastapi_pages import Visit, router, site  # noqa: E402
from fastapi.routing import APIRoute  # noqa: E402

from carekey import Actor, AgencySettings, Directory  # noqa: E402

PASSWORD = "Harvest!Moon47"


def main() -> None:
    with socket.create_server(("localhost", 0)) as free:
        port = free.getsockname()[1]
    base = f"http://localhost:{port}"
    with Directory.open("memory:", key=bytes([7]) * 32) as directory:
        support = Actor.support("Pat Long")
        agency = directory.create_agency(AgencySettings("104", "Harbor Home Care", link_base=base), actor=support)
        office = agency.acting_as(support)
        office.add_party("Nils Ott", roles=["client"], email="nils@example.com")
        caregiver = office.add_party("Sue Taming", roles=["caregiver"], email="sue@example.com").party
        office.create_account(caregiver, "caregiver")
        letters = {}
        for message in agency.outbox.claim(100):
            agency.outbox.sent(message)
            letters[message.address] = message.body.reveal()
        temporary = re.search(r"password: (\S+)", letters["nils@example.com"])
        link = re.search(r"\S+#(\S+)", letters["sue@example.com"])
        assert temporary and link
        agency.activate(link[1], PASSWORD, confirm=PASSWORD)
        busy = {user.account for user in office.each_user(filter="sue@example.com")}

        def visits(account: UUID) -> Iterable[Visit]:
            day = datetime(2026, 3, 14, 9, tzinfo=timezone.utc)
            return [Visit(day, "Morning visit, Sue Wright"), Visit(day.replace(hour=15), "Meal, Elena Muñoz")] if account in busy else []

        app = site(agency, visits)
        pages = [one.path for one in router.routes if isinstance(one, APIRoute) and "GET" in one.methods]
        server = uvicorn.Server(uvicorn.Config(app, host="localhost", port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.02)
        print(json.dumps({"base": base, "password": PASSWORD, "temporary": temporary[1], "pages": pages}), flush=True)
        sys.stdin.read()
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
