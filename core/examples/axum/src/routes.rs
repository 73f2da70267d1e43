//! The routes of the portal.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{get, post};
use carekey::password::questions::{Answer, Question};
use carekey::{Code, Credentials, Error, ErrorKind, Locale, NewPassword, Resource, Secret, SignIn, Source};
use serde::Deserialize;
use serde_json::json;

use crate::cookies::{Cookies, DEVICE, SESSION, STEP};
use crate::problem::{Typed, answer};
use crate::{Problem, Site, Visit, layer, sees};

/// The portal of a site.
pub fn portal(site: Site) -> Router {
    Router::new()
        .route("/sign-in", post(sign_in))
        .route("/choose-password", post(choose_password))
        .route("/set-questions", post(set_questions))
        .route("/sign-out", post(sign_out))
        .route("/questions", get(questions))
        .route("/me", get(me))
        .route("/clients/{client}/invoices", sees(&site, Resource::Invoices, get(of_client)))
        .route("/clients/{client}/service-plan", sees(&site, Resource::ServicePlan, get(of_client)))
        .layer(from_fn_with_state(site.clone(), layer::around))
        .with_state(site)
}

/// Where someone comes from, as the histories show it: behind a proxy, what
/// that one says of it.
fn source(ConnectInfo(from): ConnectInfo<SocketAddr>) -> Source {
    Source::new(&format!("{}, portal", from.ip()))
}

#[derive(Deserialize)]
struct Typing {
    username: String,
    password: String,
    #[serde(default)]
    remember: bool,
}

/// Begins a sign-in. The answer says what is due next.
async fn sign_in(
    State(site): State<Site>,
    cookies: Cookies,
    from: ConnectInfo<SocketAddr>,
    Typed(typed): Typed<Typing>,
) -> Result<Response, Problem> {
    let (password, device) = (Secret::from(typed.password), cookies.get(DEVICE));
    let asked = site.run(move |agency| {
        let device = device.as_ref().map(Secret::reveal);
        let credentials =
            Credentials { username: &typed.username, password: &password, remember: typed.remember, device };
        agency.sign_in(&credentials, &source(from))
    });
    go_on(asked.await?, &cookies)
}

#[derive(Deserialize)]
struct Twice {
    password: String,
    confirm: String,
}

/// In place of a temporary password, one of their own.
async fn choose_password(
    State(site): State<Site>,
    cookies: Cookies,
    from: ConnectInfo<SocketAddr>,
    Typed(typed): Typed<Twice>,
) -> Result<Response, Problem> {
    let step = step(&cookies)?;
    let (new, confirm) = (Secret::from(typed.password), Secret::from(typed.confirm));
    let asked = site
        .run(move |agency| agency.choose_password(&step, NewPassword { new: &new, confirm: &confirm }, &source(from)));
    go_on(asked.await?, &cookies)
}

/// Three questions and their answers, by the question's id.
async fn set_questions(
    State(site): State<Site>,
    cookies: Cookies,
    from: ConnectInfo<SocketAddr>,
    Typed(typed): Typed<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let step = step(&cookies)?;
    let asked = site.run(move |agency| {
        let answers: Vec<Answer<'_>> = typed.iter().map(|(question, answer)| Answer { question, answer }).collect();
        agency.set_questions(&step, &answers, &source(from))
    });
    go_on(asked.await?, &cookies)
}

fn step(cookies: &Cookies) -> Result<Secret, Problem> {
    cookies.get(STEP).ok_or_else(|| Problem(Error::new(ErrorKind::Refused, Code::StepRefused)))
}

/// Gives the visitor the token of what comes next, in a cookie.
fn go_on(came: SignIn, cookies: &Cookies) -> Result<Response, Problem> {
    let next = match came {
        SignIn::Granted(session) => {
            let now = std::time::SystemTime::now();
            let seconds = |until: time::OffsetDateTime| (until - time::OffsetDateTime::from(now)).whole_seconds();
            cookies.set(SESSION, &session.token, session.remembered.then(|| seconds(session.expires_at)));
            // The device outlives the session, and is kept for longer with each sign-in.
            if let Some(device) = session.device.or_else(|| cookies.get(DEVICE)) {
                cookies.set(DEVICE, &device, Some(seconds(session.device_expires_at)));
            }
            cookies.remove(STEP);
            "done"
        }
        SignIn::ChangePassword(step) => {
            cookies.set(STEP, &step.token, None);
            "choose_password"
        }
        SignIn::SetQuestions(step) => {
            cookies.set(STEP, &step.token, None);
            "set_questions"
        }
        // Why is in the history, and nowhere else (E3).
        SignIn::Refused => return Ok(answer(StatusCode::UNAUTHORIZED, &json!({ "next": "sign_in" }))),
    };
    Ok(answer(StatusCode::OK, &json!({ "next": next })))
}

/// Ends the session.
async fn sign_out(
    State(site): State<Site>,
    cookies: Cookies,
    from: ConnectInfo<SocketAddr>,
) -> Result<StatusCode, Problem> {
    if let Some(token) = cookies.get(SESSION) {
        site.run(move |agency| agency.sign_out(token.reveal(), &source(from))).await?;
    }
    cookies.remove(SESSION);
    Ok(StatusCode::NO_CONTENT)
}

/// The security questions to choose from, by id.
async fn questions() -> Response {
    let list: BTreeMap<_, _> =
        Question::ALL.iter().map(|question| (question.id, question.text(Locale::English))).collect();
    answer(StatusCode::OK, &json!(list))
}

/// Who is signed in.
async fn me(Visit(user): Visit) -> Response {
    let me = json!({ "username": user.username, "display_name": user.display_name, "is_manager": user.is_manager });
    answer(StatusCode::OK, &me)
}

/// What your own database has of a client. The guard let the visitor through.
async fn of_client(Path(client): Path<String>) -> Response {
    answer(StatusCode::OK, &json!({ "client": client }))
}
