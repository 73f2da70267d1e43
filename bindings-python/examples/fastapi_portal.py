"""A portal with FastAPI: signing in with all its steps, a session in a cookie,
and who may see what.

    export CAREKEY_STORE=sqlite:agency.db CAREKEY_KEY=$(openssl rand -hex 32)
    uvicorn examples.fastapi_portal:app

Endpoints are plain functions: FastAPI runs them in its threads, carekey lets
go of the interpreter while it hashes, and so the event loop stays free.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Cookie, Depends, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, SecretStr

from carekey import (
    Agency,
    CarekeyError,
    ChangePassword,
    Directory,
    Granted,
    Refused,
    Secret,
    SetQuestions,
    SignedIn,
    SignIn,
)
from carekey.keys import read_key
from carekey.password import questions
from carekey.words import ErrorKind, Locale, Resource

SESSION, STEP, DEVICE = "session", "step", "device"

STATUS: dict[ErrorKind, int] = {
    "invalid": 422,
    "not_found": 404,
    "not_allowed": 403,
    "refused": 401,
    "conflict": 409,
    "configuration": 500,
    "store": 503,
    "cancelled": 500,
    "internal": 500,
}
"""What each kind of error is in HTTP."""


class Credentials(BaseModel):
    """What someone types to sign in."""

    username: str
    password: SecretStr
    remember: bool = False


class NewPassword(BaseModel):
    """A password typed twice."""

    password: SecretStr
    confirm: SecretStr


class Answers(BaseModel):
    """Answers by the question's id."""

    answers: dict[str, SecretStr]


class Progress(BaseModel):
    """Where a sign-in stands: what is due next, or that it is done."""

    next: Literal["choose_password", "set_questions", "done"]


class Me(BaseModel):
    """Whoever is signed in."""

    username: str
    display_name: str
    is_manager: bool


router = APIRouter()


def the_agency(request: Request) -> Agency:
    """The agency of this portal."""
    agency: Agency = request.app.state.agency
    return agency


Here = Annotated[Agency, Depends(the_agency)]
SessionCookie = Annotated[str | None, Cookie(alias=SESSION)]
StepCookie = Annotated[str | None, Cookie(alias=STEP)]
DeviceCookie = Annotated[str | None, Cookie(alias=DEVICE)]


def source(request: Request) -> str:
    """From where someone comes, as the histories show it."""
    return f"{request.client.host if request.client else 'unknown'}, portal"


From = Annotated[str, Depends(source)]


def signed_in(agency: Here, session: SessionCookie = None) -> SignedIn:
    """Who is signed in; otherwise the answer is 401."""
    return agency.session(session or "")


Viewer = Annotated[SignedIn, Depends(signed_in)]


def can_see(resource: Resource) -> Callable[..., None]:
    """Guards an endpoint that has a ``client`` in its path (V). What is hidden
    answers like what is not there, so that nobody learns who is a client.
    """

    def guard(agency: Here, viewer: Viewer, client: UUID) -> None:
        if not agency.can_see(viewer.account, resource, party=client):
            raise HTTPException(404)

    return guard


@router.post("/sign-in")
def sign_in(
    typed: Credentials, response: Response, agency: Here, source: From, device: DeviceCookie = None
) -> Progress:
    """Begins. The answer says what is due next."""
    password = typed.password.get_secret_value()
    answer = agency.sign_in(typed.username, password, remember=typed.remember, device=device, source=source)
    return go_on(answer, response, device)


@router.post("/choose-password")
def choose_password(
    typed: NewPassword, response: Response, agency: Here, source: From, step: StepCookie = None
) -> Progress:
    """In place of a temporary password, one of their own."""
    answer = agency.choose_password(
        step or "", typed.password.get_secret_value(), confirm=typed.confirm.get_secret_value(), source=source
    )
    return go_on(answer, response)


@router.get("/questions")
def list_questions(locale: Locale = "en") -> dict[str, str]:
    """The security questions to choose from, by id."""
    return {question.id: question.text(locale) for question in questions()}


@router.post("/set-questions")
def set_questions(
    typed: Answers, response: Response, agency: Here, source: From, step: StepCookie = None
) -> Progress:
    """Three questions and their answers."""
    answers = {question: answer.get_secret_value() for question, answer in typed.answers.items()}
    return go_on(agency.set_questions(step or "", answers, source=source), response)


@router.post("/sign-out", status_code=204)
def sign_out(response: Response, agency: Here, source: From, session: SessionCookie = None) -> None:
    """Ends the session."""
    agency.sign_out(session or "", source=source)
    response.delete_cookie(SESSION, secure=True, httponly=True, samesite="strict")


@router.get("/me")
def me(viewer: Viewer) -> Me:
    """Who is signed in."""
    return Me(username=viewer.username, display_name=viewer.display_name, is_manager=viewer.is_manager)


@router.get("/clients/{client}/service-plan", dependencies=[Depends(can_see("service_plan"))])
def service_plan(client: UUID) -> dict[str, str]:
    """Seen by the client, and by office staff who were granted it."""
    return {"client": str(client), "plan": "from your own database"}


@router.get("/clients/{client}/invoices", dependencies=[Depends(can_see("invoices"))])
def invoices(client: UUID) -> dict[str, str]:
    """Seen by the client, their emergency contacts, and whom they are issued to."""
    return {"client": str(client), "invoices": "from your own database"}


def go_on(answer: SignIn, response: Response, device: str | None = None) -> Progress:
    """Gives the visitor the token of what comes next, in a cookie."""
    match answer:
        case Granted(session):
            _set(response, SESSION, session.token, session.expires_at if session.remembered else None)
            # The device outlives the session, is kept for longer with each
            # sign-in, and is never taken away: by it, this visitor gets in
            # whatever strangers try meanwhile (E4).
            if known := session.device or (Secret(device) if device else None):
                _set(response, DEVICE, known, session.device_expires_at, samesite="lax")
            response.delete_cookie(STEP, secure=True, httponly=True, samesite="strict")
            return Progress(next="done")
        case ChangePassword(step):
            _set(response, STEP, step.token, step.expires_at)
            return Progress(next="choose_password")
        case SetQuestions(step):
            _set(response, STEP, step.token, step.expires_at)
            return Progress(next="set_questions")
        case Refused():
            raise HTTPException(401, "username or password is wrong")


def _set(
    response: Response,
    name: str,
    token: Secret,
    expires_at: datetime | None,
    samesite: Literal["lax", "strict"] = "strict",
) -> None:
    # Scripts cannot read it, it goes over TLS only, and no other site can send it.
    response.set_cookie(name, token.reveal(), expires=expires_at, secure=True, httponly=True, samesite=samesite)


def problem(request: Request, error: Exception) -> JSONResponse:
    """An error of carekey as problem details (RFC 9457): its status by its
    kind, its code as the type, and its findings.
    """
    assert isinstance(error, CarekeyError)
    locale: Locale = "es" if request.headers.get("accept-language", "").lower().startswith("es") else "en"
    status = STATUS[error.kind]
    findings = [
        {"code": finding.code, "field": finding.field, "message": finding.message(locale)} for finding in error.findings
    ]
    body = {"type": f"urn:carekey:{error.code}", "title": error.message(locale), "status": status, "findings": findings}
    return JSONResponse(body, status, media_type="application/problem+json")


def malformed(request: Request, error: Exception) -> JSONResponse:
    """A request that is not in shape. What was typed is not repeated: FastAPI's
    own answer would, passwords included.
    """
    assert isinstance(error, RequestValidationError)
    findings = [{"field": ".".join(map(str, fault["loc"])), "message": fault["msg"]} for fault in error.errors()]
    body = {"type": "about:blank", "title": "Unprocessable Content", "status": 422, "findings": findings}
    return JSONResponse(body, 422, media_type="application/problem+json")


@asynccontextmanager
async def from_environment(app: FastAPI) -> AsyncGenerator[None, None]:
    """Opens the directory when the server starts, in each of its processes."""
    key = read_key(os.environ["CAREKEY_KEY"])
    with Directory.open(os.environ["CAREKEY_STORE"], key=key) as directory:
        app.state.agency = directory.agency(os.environ.get("CAREKEY_AGENCY", "104"))
        yield


def portal(agency: Agency | None = None) -> FastAPI:
    """The portal of an agency: that of the environment, if none is given."""
    app = FastAPI(title="Portal", lifespan=None if agency else from_environment)
    app.state.agency = agency
    app.include_router(router)
    app.add_exception_handler(CarekeyError, problem)
    app.add_exception_handler(RequestValidationError, malformed)
    return app


app = portal()
