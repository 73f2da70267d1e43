"""The FastAPI example, with FastAPI's own client and once over a real server."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient

from carekey import Actor, Agency, AgencySettings, Directory
from examples.fastapi_portal import portal

ROOT = Path(__file__).parents[2]

KEY = bytes([7]) * 32
PASSWORD = "Harvest!Moon47"
ANSWERS = {"first_pet": "Biscuit", "first_school": "Lincoln Elementary", "first_boss": "Rosalind"}
SETTINGS = AgencySettings("104", "Harbor Home Care", "https://portal.example.com")


@pytest.fixture
def agency() -> Iterator[Agency]:
    with Directory.open("memory:", key=KEY) as directory:
        yield directory.create_agency(SETTINGS, actor=Actor.support("Pat Long"))


@pytest.fixture
def client(agency: Agency) -> TestClient:
    return TestClient(portal(agency), base_url="https://testserver")


def register(agency: Agency, name: str, email: str) -> tuple[str, str]:
    """A client of the agency, and the temporary password from their message."""
    party = agency.acting_as(Actor.support("Pat Long")).add_party(name, roles=["client"], email=email).party
    [message] = [message for message in agency.outbox.claim(1000) if message.address == email]
    agency.outbox.sent(message)
    found = re.search(r"password: (\S+)", message.body.reveal())
    assert found is not None
    return str(party), found[1]


def all_the_way_in(client: TestClient, username: str, temporary: str, remember: bool = False) -> httpx.Response:
    typed = {"username": username, "password": temporary, "remember": remember}
    first = client.post("/sign-in", json=typed)
    assert first.json() == {"next": "choose_password"}
    second = client.post("/choose-password", json={"password": PASSWORD, "confirm": PASSWORD})
    assert second.json() == {"next": "set_questions"}, second.text
    offered = client.get("/questions").json()
    assert set(ANSWERS) <= set(offered)
    last = client.post("/set-questions", json={"answers": ANSWERS})
    assert last.json() == {"next": "done"}, last.text
    return last


def test_a_sign_in_goes_through_all_its_steps(client: TestClient, agency: Agency) -> None:
    _, temporary = register(agency, "Sue Wright", "sue@example.com")
    assert client.get("/me").status_code == 401
    last = all_the_way_in(client, "sue@example.com", temporary)
    assert client.get("/me").json() == {
        "username": "sue@example.com",
        "display_name": "Sue Wright",
        "is_manager": False,
    }
    [session] = [cookie for cookie in last.headers.get_list("set-cookie") if cookie.startswith("session=")]
    assert {"HttpOnly", "Secure", "SameSite=strict"} <= set(session.split("; "))
    assert "expires" not in session
    # The step is gone.
    assert "step" not in client.cookies
    assert client.post("/sign-out").status_code == 204
    assert client.get("/me").status_code == 401


def test_who_is_remembered_is_so_after_the_browser_closes(client: TestClient, agency: Agency) -> None:
    _, temporary = register(agency, "Sue Wright", "sue@example.com")
    last = all_the_way_in(client, "sue@example.com", temporary, remember=True)
    [session] = [cookie for cookie in last.headers.get_list("set-cookie") if cookie.startswith("session=")]
    assert "expires=" in session


def test_the_device_stays_known_whatever_strangers_try(client: TestClient, agency: Agency) -> None:
    _, temporary = register(agency, "Sue Wright", "sue@example.com")
    last = all_the_way_in(client, "sue@example.com", temporary)
    [device] = [cookie for cookie in last.headers.get_list("set-cookie") if cookie.startswith("device=")]
    assert {"HttpOnly", "Secure", "SameSite=lax"} <= set(device.split("; ")) and "expires=" in device
    client.post("/sign-out")
    assert "device" in client.cookies
    right = {"username": "sue@example.com", "password": PASSWORD}
    stranger = TestClient(portal(agency), base_url="https://testserver")
    for _ in range(5):
        assert stranger.post("/sign-in", json={**right, "password": "wrong"}).status_code == 401
    assert stranger.post("/sign-in", json=right).status_code == 401
    again = client.post("/sign-in", json=right)
    assert again.json() == {"next": "done"}
    [kept] = [cookie for cookie in again.headers.get_list("set-cookie") if cookie.startswith("device=")]
    assert kept.split(";")[0] == device.split(";")[0] and "expires=" in kept


def test_who_sees_what(client: TestClient, agency: Agency) -> None:
    own, temporary = register(agency, "Sue Wright", "sue@example.com")
    other, _ = register(agency, "Ann Hale", "ann@example.com")
    assert client.get(f"/clients/{own}/invoices").status_code == 401
    all_the_way_in(client, "sue@example.com", temporary)
    assert client.get(f"/clients/{own}/invoices").status_code == 200
    assert client.get(f"/clients/{own}/service-plan").status_code == 200
    assert client.get(f"/clients/{other}/invoices").status_code == 404


def test_every_refusal_is_the_same(client: TestClient, agency: Agency) -> None:
    register(agency, "Sue Wright", "sue@example.com")
    told = [
        client.post("/sign-in", json={"username": username, "password": "wrong"})
        for username in ("sue@example.com", "nobody@example.com")
    ]
    assert {answer.status_code for answer in told} == {401}
    assert told[0].content == told[1].content
    assert not client.cookies


def test_errors_are_problem_details_in_the_readers_language(client: TestClient, agency: Agency) -> None:
    _, temporary = register(agency, "Sue Wright", "sue@example.com")
    client.post("/sign-in", json={"username": "sue@example.com", "password": temporary})
    typed = {"password": "short", "confirm": "shorter"}
    refused = client.post("/choose-password", json=typed)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert problem["type"] == "urn:carekey:password.too_short"
    codes = [finding["code"] for finding in problem["findings"]]
    assert "password.too_short" in codes and "password.no_digit" in codes
    assert "shorter" not in refused.text
    spanish = client.post("/choose-password", json=typed, headers={"accept-language": "es-US"}).json()
    assert spanish["title"] != problem["title"]

    client.cookies.clear()
    gone = client.post("/choose-password", json={"password": PASSWORD, "confirm": PASSWORD})
    assert (gone.status_code, gone.json()["type"]) == (401, "urn:carekey:step.refused")


def test_what_was_typed_is_never_repeated(client: TestClient) -> None:
    answer = client.post("/choose-password", json={"password": PASSWORD})
    assert answer.status_code == 422
    assert answer.json()["findings"] == [{"field": "body.confirm", "message": "Field required"}]
    assert PASSWORD not in answer.text


def test_disabling_ends_the_session_at_once(client: TestClient, agency: Agency) -> None:
    _, temporary = register(agency, "Sue Wright", "sue@example.com")
    all_the_way_in(client, "sue@example.com", temporary)
    office = agency.acting_as(Actor.support("Pat Long"))
    [user] = office.each_user()
    office.disable(user.account)
    assert client.get("/me").json()["type"] == "urn:carekey:session.ended"


def test_over_a_real_server(tmp_path: Path) -> None:
    store = f"sqlite:{tmp_path / 'agency.db'}"
    with Directory.open(store, key=KEY) as directory:
        agency = directory.create_agency(SETTINGS, actor=Actor.support("Pat Long"))
        _, temporary = register(agency, "Sue Wright", "sue@example.com")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "examples.fastapi_portal:app", "--port", str(port), "--log-level", "warning"],
        cwd=ROOT,
        env={**os.environ, "CAREKEY_STORE": store, "CAREKEY_KEY": KEY.hex()},
    )
    try:
        address = f"http://127.0.0.1:{port}"
        # However long it takes: it has come up, or it has ended.
        while server.poll() is None:
            try:
                httpx.get(f"{address}/questions", timeout=None)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        typed = {"username": "sue@example.com", "password": temporary}
        first = httpx.post(f"{address}/sign-in", json=typed, timeout=None)
        assert first.json() == {"next": "choose_password"}
        # A secure cookie does not travel over plain HTTP by itself, so it is carried by hand.
        step = {"step": first.cookies["step"]}
        second = httpx.post(
            f"{address}/choose-password",
            json={"password": PASSWORD, "confirm": PASSWORD},
            cookies=step,
            timeout=None,
        )
        assert second.json() == {"next": "set_questions"}
    finally:
        server.terminate()
        server.wait()


def test_the_pages_without_a_browser(agency: Agency) -> None:
    """What a browser's story does not reach: steps that are over, odd forms, who sees no schedule."""
    from examples.fastapi_pages import site

    pages = TestClient(site(agency), base_url="https://testserver", follow_redirects=False)
    _, temporary = register(agency, "Sue Wright", "sue@example.com")
    assert pages.get("/").headers["location"] == "/sign-in"
    assert pages.get("/set-questions").headers["location"] == "/sign-in"
    refused = pages.post("/sign-in", data={"username": '"><b>sue', "password": "x"})
    assert refused.status_code == 401
    assert "&quot;&gt;&lt;b&gt;sue" in refused.text and '"><b>' not in refused.text
    assert pages.post("/sign-in", data={}).status_code == 401
    step = pages.post("/sign-in", data={"username": "sue@example.com", "password": temporary})
    assert step.headers["location"] == "/choose-password" and "step=" in step.headers["set-cookie"]
    weak = pages.post("/choose-password", data={"password": "short"}, headers={"accept-language": "es-MX"})
    assert weak.status_code == 422 and '<html lang="es">' in weak.text and "short" not in weak.text
    done = pages.post("/choose-password", data={"password": PASSWORD, "confirm": PASSWORD})
    assert done.headers["location"] == "/set-questions"
    assert pages.post("/set-questions", data={"question0": "nothing of the kind"}).status_code == 422
    answers = {f"question{n}": question for n, question in enumerate(ANSWERS)}
    answers |= {f"answer{n}": answer for n, answer in enumerate(ANSWERS.values())}
    assert pages.post("/set-questions", data=answers).headers["location"] == "/"
    assert pages.get("/").headers["cache-control"] == "no-store"
    # A step that is over begins again at the door, and a language leads nowhere else.
    pages.cookies.set("step", "gone")
    assert pages.post("/choose-password", data={"password": PASSWORD, "confirm": PASSWORD}).headers["location"] == "/sign-in"
    assert pages.post("/language", data={"locale": "es", "back": "https://evil.example"}).headers["location"] == "/"
    assert pages.post("/sign-out", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert pages.post("/sign-out").headers["location"] == "/sign-in"
    assert pages.get("/").headers["location"] == "/sign-in"
