//! A portal on [axum]: signing in with all its steps, sessions in cookies,
//! guards, and errors as problem details (RFC 9457).
//!
//! carekey's calls block: they hash, or go to the store. [`Site::run`] is the
//! one door to them, and takes them off the runtime. [`layer::around`] stands
//! around every route: it refuses what other sites send, keeps the cookies, and
//! tells errors in the reader's language. [`visit::Visit`] is an argument of
//! handlers that want someone signed in, and [`visit::sees`] guards a route.

pub mod cookies;
pub mod layer;
pub mod problem;
pub mod routes;
pub mod site;
pub mod visit;

pub use problem::Problem;
pub use routes::portal;
pub use site::Site;
pub use visit::{Visit, sees};
