"""The small set of pages of a portal with FastAPI, without a script: signing in
with all its steps, and one's own schedule. In English and Spanish.

    export CAREKEY_STORE=sqlite:agency.db CAREKEY_KEY=$(openssl rand -hex 32)
    uvicorn examples.fastapi_pages:app

They are forms on what :mod:`examples.fastapi_portal` does for an app. No rule is
here: what is wrong, carekey says in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from carekey import Agency, CarekeyError, Finding
from carekey.password import questions
from carekey.words import Locale

from .fastapi_portal import SESSION, DeviceCookie, From, Here, Progress, SessionCookie, StepCookie, from_environment, go_on

TEXTS: dict[Locale, dict[str, str]] = {
    "en": {
        "other": "Español", "sign-in": "Sign in", "username": "Username", "password": "Password",
        "remember": "Stay signed in on this device", "refused": "Username or password is wrong.",
        "problems": "Please look at this again:", "choose-password": "Choose a password", "new": "New password",
        "confirm": "The same again", "once": "The one you were sent is good for this step alone.",
        "set-questions": "Security questions", "why": "They help you in when you have forgotten your password.",
        "question": "Question", "answer": "Answer", "save": "Save", "schedule": "Your schedule",
        "none": "No visits are planned. Your office plans them.", "when": "When", "what": "What",
        "sign-out": "Sign out", "lost": "There is nothing here for you.", "home": "Back",
    },
    "es": {
        "other": "English", "sign-in": "Iniciar sesión", "username": "Nombre de usuario", "password": "Contraseña",
        "remember": "Mantener la sesión en este dispositivo", "refused": "El nombre de usuario o la contraseña no es correcto.",
        "problems": "Revise esto, por favor:", "choose-password": "Elija una contraseña", "new": "Contraseña nueva",
        "confirm": "La misma otra vez", "once": "La que recibió solo sirve para este paso.",
        "set-questions": "Preguntas de seguridad", "why": "Le ayudan a entrar si olvida su contraseña.",
        "question": "Pregunta", "answer": "Respuesta", "save": "Guardar", "schedule": "Su horario",
        "none": "No hay visitas previstas. Su oficina las prevé.", "when": "Cuándo", "what": "Qué",
        "sign-out": "Cerrar sesión", "lost": "Aquí no hay nada para usted.", "home": "Volver",
    },
}  # fmt: skip

STYLE = """
:root { color-scheme: light dark }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; background: light-dark(#fff, #14171a); color: light-dark(#1c2126, #e8ebee) }
main { max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
header { display: flex; justify-content: flex-end; gap: .5rem; padding: .5rem 1rem }
form.stack > p { margin: 0 0 1rem }
label { display: block; font-weight: 600 }
label.tick { font-weight: 400 }
input:not([type=checkbox]), select { box-sizing: border-box; width: 100%; min-height: 2.75rem; font: inherit }
button { min-height: 2.75rem; padding: 0 1rem; font: inherit; cursor: pointer }
[role=alert] { border-inline-start: 4px solid; padding-inline-start: 1rem; color: light-dark(#a32222, #ff9c9c) }
th, td { text-align: start; padding: .5rem 1rem .5rem 0 }
"""

NEXT = {"choose_password": "/choose-password", "set_questions": "/set-questions", "done": "/"}


@dataclass(frozen=True)
class Visit:
    """One visit of a schedule, from the host's own database."""

    begins_at: datetime
    what: str


def locale_of(request: Request) -> Locale:
    """The reader's language: the one that was chosen, or the browser's."""
    asked = request.cookies.get("locale") or request.headers.get("accept-language", "")
    return "es" if asked.lower().startswith("es") else "en"


Reader = Annotated[Locale, Depends(locale_of)]


def same_site(request: Request) -> None:
    """No other site posts a form of this one. Browsers say where a form is from."""
    if request.method == "POST" and request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403)


router = APIRouter(dependencies=[Depends(same_site)])


def page(locale: Locale, title: str, body: str, *, status: int = 200, path: str = "/", signed_in: bool = False) -> HTMLResponse:
    """A whole page. ``path`` is where it is looked at again in another language."""
    t = TEXTS[locale]
    other = "en" if locale == "es" else "es"
    leave = f'<form method="post" action="/sign-out"><button>{t["sign-out"]}</button></form>' if signed_in else ""
    html = f"""<!doctype html>
<html lang="{locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer"><title>{escape(title)}</title><style>{STYLE}</style></head>
<body><header><form method="post" action="/language"><input type="hidden" name="back" value="{escape(path)}">
<button name="locale" value="{other}" lang="{other}">{t["other"]}</button></form>{leave}</header>
<main><h1>{escape(title)}</h1>{body}</main></body></html>"""
    # Nobody keeps a page of somebody who is signed in.
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})


def field(name: str, label: str, *, kind: str = "text", value: str = "", autocomplete: str = "off") -> str:
    return (
        f'<p><label for="{name}">{escape(label)}</label><input id="{name}" name="{name}" type="{kind}" '
        f'value="{escape(value)}" autocomplete="{autocomplete}" autocapitalize="none" spellcheck="false" required></p>'
    )


def problems(locale: Locale, said: Iterable[str]) -> str:
    """What is wrong; the reader goes on there, without a script too."""
    lines = "".join(f"<li>{escape(one)}</li>" for one in said)
    if not lines:
        return ""
    return f'<div role="alert" tabindex="-1" autofocus><p>{TEXTS[locale]["problems"]}</p><ul>{lines}</ul></div>'


def messages(error: CarekeyError, locale: Locale) -> list[str]:
    """What carekey has to say, a sentence for each finding."""
    if error.kind not in ("invalid", "refused"):
        raise error
    findings: Iterable[Finding] = error.findings
    return [finding.message(locale) for finding in findings] or [error.message(locale)]


def follow(progress: Progress, response: Response) -> RedirectResponse:
    """To what comes next, with the cookies of it."""
    onward = RedirectResponse(NEXT[progress.next], 303)
    onward.raw_headers += [header for header in response.raw_headers if header[0] == b"set-cookie"]
    return onward


# --- signing in ---


@router.get("/sign-in", response_class=HTMLResponse)
def sign_in_page(locale: Reader) -> HTMLResponse:
    """Where mails and bookmarks lead."""
    return _sign_in(locale)


def _sign_in(locale: Locale, username: str = "", said: Iterable[str] = ()) -> HTMLResponse:
    t = TEXTS[locale]
    said = list(said)
    body = f"""{problems(locale, said)}<form class="stack" method="post" action="/sign-in">
{field("username", t["username"], value=username, autocomplete="username")}
{field("password", t["password"], kind="password", autocomplete="current-password")}
<p><label class="tick"><input type="checkbox" name="remember" value="yes"> {t["remember"]}</label></p>
<button>{t["sign-in"]}</button></form>"""
    return page(locale, t["sign-in"], body, status=401 if said else 200, path="/sign-in")


@router.post("/sign-in", response_class=HTMLResponse)
def sign_in(
    agency: Here,
    source: From,
    locale: Reader,
    response: Response,
    username: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    remember: Annotated[str, Form()] = "",
    device: DeviceCookie = None,
) -> Response:
    """Begins. Every refusal looks the same."""
    answer = agency.sign_in(username, password, remember=remember == "yes", device=device, source=source)
    try:
        return follow(go_on(answer, response, device), response)
    except HTTPException:
        return _sign_in(locale, username, [TEXTS[locale]["refused"]])


@router.get("/choose-password", response_class=HTMLResponse)
def choose_password_page(locale: Reader, step: StepCookie = None) -> Response:
    """The step after a temporary password."""
    return _choose_password(locale) if step else RedirectResponse("/sign-in", 303)


def _choose_password(locale: Locale, said: Iterable[str] = ()) -> HTMLResponse:
    t = TEXTS[locale]
    said = list(said)
    body = f"""<p>{t["once"]}</p>{problems(locale, said)}<form class="stack" method="post" action="/choose-password">
{field("password", t["new"], kind="password", autocomplete="new-password")}
{field("confirm", t["confirm"], kind="password", autocomplete="new-password")}
<button>{t["save"]}</button></form>"""
    return page(locale, t["choose-password"], body, status=422 if said else 200, path="/choose-password")


@router.post("/choose-password", response_class=HTMLResponse)
def choose_password(
    agency: Here,
    source: From,
    locale: Reader,
    response: Response,
    password: Annotated[str, Form()] = "",
    confirm: Annotated[str, Form()] = "",
    step: StepCookie = None,
) -> Response:
    """In place of a temporary password, one of their own."""
    try:
        answer = agency.choose_password(step or "", password, confirm=confirm, source=source)
    except CarekeyError as error:
        return _over(error) or _choose_password(locale, messages(error, locale))
    return follow(go_on(answer, response), response)


@router.get("/set-questions", response_class=HTMLResponse)
def set_questions_page(agency: Here, locale: Reader, step: StepCookie = None) -> Response:
    """As many questions as the policy asks."""
    return _set_questions(agency, locale) if step else RedirectResponse("/sign-in", 303)


def _set_questions(agency: Agency, locale: Locale, chosen: Iterable[str] = (), said: Iterable[str] = ()) -> HTMLResponse:
    t = TEXTS[locale]
    said = list(said)
    # Each begins with another one, for they must differ.
    offered = list(questions())
    given = list(chosen) or [question.id for question in offered]
    rows = ""
    for number in range(count_of(agency)):
        options = "".join(
            f'<option value="{one.id}"{" selected" if one.id == given[number] else ""}>{escape(one.text(locale))}</option>'
            for one in offered
        )
        rows += (
            f'<p><label for="question{number}">{t["question"]} {number + 1}</label>'
            f'<select id="question{number}" name="question{number}">{options}</select></p>'
            + field(f"answer{number}", f"{t['answer']} {number + 1}")
        )
    body = f"""<p>{t["why"]}</p>{problems(locale, said)}<form class="stack" method="post" action="/set-questions">{rows}
<button>{t["save"]}</button></form>"""
    return page(locale, t["set-questions"], body, status=422 if said else 200, path="/set-questions")


def count_of(agency: Agency) -> int:
    """How many questions the policy asks."""
    count: int = agency.settings.policy.to_dict()["questions"]["count"]
    return count


@router.post("/set-questions", response_class=HTMLResponse)
async def set_questions(request: Request) -> Response:
    """The form has as many fields as the policy asks, so that it is read by hand; what hashes runs in a thread."""
    from fastapi.concurrency import run_in_threadpool

    typed = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_questions_set, request, typed)


def _questions_set(request: Request, typed: dict[str, str]) -> Response:
    agency: Agency = request.app.state.agency
    locale = locale_of(request)
    source = f"{request.client.host if request.client else 'unknown'}, portal"
    numbers = range(count_of(agency))
    chosen = [typed.get(f"question{number}", "") for number in numbers]
    answers = {question: typed.get(f"answer{number}", "") for number, question in zip(numbers, chosen)}
    response = Response()
    try:
        answer = agency.set_questions(request.cookies.get("step", ""), answers, source=source)
    except CarekeyError as error:
        return _over(error) or _set_questions(agency, locale, chosen, messages(error, locale))
    return follow(go_on(answer, response), response)


def _over(error: CarekeyError) -> RedirectResponse | None:
    """A step that is over begins again at the door."""
    return RedirectResponse("/sign-in", 303) if error.code.startswith("step.") else None


# --- inside ---


@router.get("/", response_class=HTMLResponse)
def schedule(request: Request, agency: Here, locale: Reader, session: SessionCookie = None) -> Response:
    """One's own schedule, where carekey says that they see one (V)."""
    try:
        viewer = agency.session(session or "")
    except CarekeyError as error:
        if error.kind != "refused":
            raise
        return RedirectResponse("/sign-in", 303)
    t = TEXTS[locale]
    seen = agency.sees(viewer.account)
    if not any(sight.resource == "calendar" and sight.party is None and sight.application is None for sight in seen):
        return page(locale, viewer.display_name, f"<p>{t['lost']}</p>", signed_in=True)
    visits: Callable[[UUID], Iterable[Visit]] = request.app.state.visits
    rows = "".join(
        f"<tr><td>{visit.begins_at:%Y-%m-%d %H:%M}</td><td>{escape(visit.what)}</td></tr>"
        for visit in sorted(visits(viewer.account), key=lambda visit: visit.begins_at)
    )
    head = f'<thead><tr><th scope="col">{t["when"]}</th><th scope="col">{t["what"]}</th></tr></thead>'
    body = f"<table>{head}<tbody>{rows}</tbody></table>" if rows else f'<p class="empty">{t["none"]}</p>'
    return page(locale, t["schedule"], f"<p>{escape(viewer.display_name)}</p>{body}", signed_in=True)


@router.post("/sign-out")
def sign_out(agency: Here, source: From, session: SessionCookie = None) -> RedirectResponse:
    """Ends the session; the device stays known."""
    agency.sign_out(session or "", source=source)
    onward = RedirectResponse("/sign-in", 303)
    onward.delete_cookie(SESSION, secure=True, httponly=True, samesite="strict")
    return onward


@router.post("/language")
def language(locale: Annotated[str, Form()] = "en", back: Annotated[str, Form()] = "/") -> RedirectResponse:
    """The language of the pages, for a year."""
    onward = RedirectResponse(back if back in NEXT.values() or back == "/sign-in" else "/", 303)
    chosen = "es" if locale == "es" else "en"
    onward.set_cookie("locale", chosen, max_age=365 * 86_400, secure=True, httponly=True, samesite="lax")
    return onward


def none_planned(account: UUID) -> Iterable[Visit]:
    """In place of the host's own database."""
    return ()


def site(agency: Agency | None = None, visits: Callable[[UUID], Iterable[Visit]] = none_planned) -> FastAPI:
    """The pages of an agency: that of the environment, if none is given. ``visits``
    is the schedule of an account, from the host's own database.
    """
    app = FastAPI(title="Pages", lifespan=None if agency else from_environment, openapi_url=None)
    app.state.agency = agency
    app.state.visits = visits
    app.include_router(router)
    return app


app = site()
