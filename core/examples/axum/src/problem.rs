//! Errors as problem details (RFC 9457).

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use carekey::{Code, Error, ErrorKind, Locale};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// An error of carekey as an answer: its status by its kind, its code as the
/// type, and its findings. The text is in the reader's language, which
/// [`crate::layer::around`] knows.
#[derive(Debug, Clone)]
pub struct Problem(pub Error);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl Problem {
    /// What is hidden answers like what is not there, so that nobody learns who
    /// is a client.
    pub(crate) fn hidden() -> Self {
        Self(Error::not_found(Code::PartyNotFound))
    }

    fn status(&self) -> StatusCode {
        match self.0.kind {
            ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorKind::NotFound => StatusCode::NOT_FOUND,
            ErrorKind::NotAllowed => StatusCode::FORBIDDEN,
            ErrorKind::Refused => StatusCode::UNAUTHORIZED,
            ErrorKind::Conflict => StatusCode::CONFLICT,
            ErrorKind::Store | ErrorKind::Cancelled => StatusCode::SERVICE_UNAVAILABLE,
            ErrorKind::Configuration | ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The answer, for a reader of that language.
    pub(crate) fn told(&self, locale: Locale) -> Response {
        let Self(error) = self;
        let findings = error.findings.iter().map(|finding| {
            json!({ "code": finding.code.as_str(), "field": finding.field, "message": finding.message(locale) })
        });
        let body = json!({
            "type": format!("urn:carekey:{}", error.code.as_str()),
            "title": error.message(locale),
            "status": self.status().as_u16(),
            "code": error.code.as_str(),
            "findings": findings.collect::<Vec<_>>(),
        });
        as_json(self.status(), "application/problem+json", &body)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut answer = self.told(Locale::English);
        answer.extensions_mut().insert(self);
        answer
    }
}

/// The first language of `Accept-Language` that carekey has, by its weight
/// (RFC 9110, 12.5.4); English where there is none.
pub(crate) fn locale(headers: &HeaderMap) -> Locale {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known = header.split(',').filter_map(|part| {
        let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
        let weight = rest.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.parse::<f32>().ok())?;
        let language = tag.trim().split('-').next()?;
        let locale: Locale = tag.trim().parse().or_else(|_| language.parse()).ok()?;
        (weight > 0.0).then_some((locale, weight))
    });
    let best = known.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(Locale::English, |(locale, _)| locale)
}

fn as_json(status: StatusCode, kind: &'static str, body: &Value) -> Response {
    let mut answer = (status, body.to_string()).into_response();
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// An answer in JSON.
pub(crate) fn answer(status: StatusCode, body: &Value) -> Response {
    as_json(status, "application/json", body)
}

/// The JSON of a body. What was typed is not repeated where it is not in shape,
/// since passwords are. The type has to be JSON, which no form of another site
/// can send unasked.
pub struct Typed<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Typed<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase();
        let body = Bytes::from_request(request, state).await.unwrap_or_default();
        let typed = (kind == "application/json").then(|| serde_json::from_slice(&body).ok()).flatten();
        typed.map(Self).ok_or_else(|| {
            let error = Error::new(ErrorKind::Invalid, Code::InputWrongType);
            Problem(error.with("argument", "the body").with("expected", "JSON with the fields of this form"))
        })
    }
}
