//! Who is there, and what they see.

use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::MethodRouter;
use carekey::agency::SignedIn;
use carekey::{Code, Error, ErrorKind, PartyId, Resource};
use uuid::Uuid;

use crate::cookies::{Cookies, SESSION};
use crate::{Problem, Site};

/// Somebody who is signed in, as an argument of a handler. Otherwise the answer
/// is 401. It is asked of the store with each request, so that a session that
/// was ended is over with the next.
pub struct Visit(pub SignedIn);

impl FromRequestParts<Site> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let token = Cookies::from_request_parts(parts, site).await?.get(SESSION);
        let Some(token) = token else {
            return Err(Problem(Error::new(ErrorKind::Refused, Code::SessionEnded)));
        };
        site.run(move |agency| agency.session(token.reveal())).await.map(Self)
    }
}

/// A route with a `{client}` in its path, for who sees that of them now (V).
/// Others get 404, and who is not signed in 401.
pub fn sees(site: &Site, resource: Resource, route: MethodRouter<Site>) -> MethodRouter<Site> {
    let guard = move |State(site): State<Site>,
                      Visit(user): Visit,
                      path: RawPathParams,
                      request: Request,
                      next: Next| async move {
        let client = path.iter().find(|(name, _)| *name == "client");
        let Some(client) = client.and_then(|(_, id)| Uuid::parse_str(id).ok()).map(PartyId) else {
            return Problem::hidden().into_response();
        };
        let seen: Result<bool, Problem> =
            site.run(move |agency| Ok(agency.can_see(user.account, resource, client)?.allowed)).await;
        match seen {
            Ok(true) => next.run(request).await,
            Ok(false) => Problem::hidden().into_response(),
            Err(problem) if problem.0.kind == ErrorKind::NotFound => Problem::hidden().into_response(),
            Err(problem) => problem.into_response(),
        }
    };
    route.route_layer(from_fn_with_state(site.clone(), guard))
}
