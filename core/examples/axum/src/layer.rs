//! What stands around every route.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use carekey::{Code, Error, ErrorKind};

use crate::cookies::Cookies;
use crate::{Problem, Site, problem};

/// Refuses what another site made a browser send, gives handlers the cookies,
/// and finishes the answer: cookies that were set, no copy of it in a cache, and
/// errors in the reader's language.
pub async fn around(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let locale = problem::locale(request.headers());
    let cookies = Cookies::of(request.headers());
    let mut answer = if is_own(request.method(), request.headers(), &site.origins) {
        request.extensions_mut().insert(cookies.clone());
        next.run(request).await
    } else {
        let error = Error::new(ErrorKind::NotAllowed, Code::ActorNotAllowed);
        Problem(error.with("act", "form")).into_response()
    };
    if let Some(problem) = answer.extensions_mut().remove::<Problem>() {
        answer = problem.told(locale);
    }
    let set = cookies.taken();
    if cookies.are_there() || !set.is_empty() {
        answer.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    for cookie in set {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// Whether a request that changes something comes from this site, by what the
/// browser itself says, which no page can change (Fetch Metadata; Origin, RFC
/// 6454). A sibling of the same domain is another site. Where neither header
/// is, no browser sent it, and nobody's cookies came with it against their will.
fn is_own(method: &Method, headers: &HeaderMap, origins: &[String]) -> bool {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(method) {
        return true;
    }
    let text = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or_default());
    let (site, origin) = (text("sec-fetch-site"), text("origin"));
    if origin.is_some_and(|origin| origins.iter().any(|known| known == origin)) {
        return true;
    }
    match (site, origin) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => origin.split_once("://").map(|(_, host)| host) == text("host"),
        (None, None) => true,
    }
}
