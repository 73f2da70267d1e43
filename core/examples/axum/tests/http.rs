//! The portal over real HTTP: who would break it, and with what.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "it is a test")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use axum::extract::State;
use axum::routing::get;
use carekey::agency::NewParty;
use carekey::{Actor, Agency, AgencySettings, Directory, Office, PartyId, Role};
use carekey_axum::{Site, portal};
use serde_json::{Value, json};

/// An agency in memory, with two clients.
struct Place {
    _directory: Directory,
    agency: Agency,
    sue: PartyId,
    ann: PartyId,
}

impl Place {
    fn new() -> Self {
        let directory = Directory::open("memory:", &[7; 32]).unwrap();
        let support = Actor::Support("Pat Long".into());
        let settings = AgencySettings::new("104", "Harbor Home Care", "https://portal.example.com");
        let agency = directory.create_agency(settings, &support).unwrap();
        let office = agency.acting_as(support);
        let (sue, ann) = (client(&office, "Sue Wright"), client(&office, "Ann Hale"));
        Self { _directory: directory, agency, sue, ann }
    }

    /// The temporary password that Sue's message brings her.
    fn temporary(&self) -> String {
        let messages = self.agency.outbox().claim(10).unwrap();
        let sue = messages.iter().find(|message| message.address.starts_with("sue")).unwrap();
        let body = sue.body.reveal();
        let line = body.lines().find(|line| line.contains("password: ")).unwrap();
        line.split("password: ").nth(1).unwrap().trim().to_owned()
    }
}

fn client(office: &Office, name: &str) -> PartyId {
    let email = format!("{}@example.com", name.split(' ').next().unwrap().to_lowercase());
    let new = NewParty { name: name.into(), roles: [Role::Client].into(), email: Some(email), ..NewParty::default() };
    office.add_party(&new).unwrap().party
}

/// Serves it on a runtime with one thread, which whatever blocks would stop.
fn served(app: axum::Router) -> SocketAddr {
    let (told, at) = channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            told.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
        });
    });
    at.recv().unwrap()
}

/// A browser: keeps its cookies.
struct Browser {
    at: SocketAddr,
    cookies: BTreeMap<String, String>,
    /// The last answer's cookies, as they were set.
    set: Vec<String>,
    /// Headers of every request.
    headers: Vec<(&'static str, String)>,
}

struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Value,
}

impl Browser {
    fn new(at: SocketAddr) -> Self {
        let headers = vec![("Sec-Fetch-Site", "same-origin".to_owned())];
        Self { at, cookies: BTreeMap::new(), set: Vec::new(), headers }
    }

    fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, &body.to_string())
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.at).unwrap();
        // An answer that never comes fails the test, rather than hold it up.
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.at);
        for (name, value) in &self.headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str(&format!("Cookie: {}\r\nContent-Type: application/json\r\n", cookies.join("; ")));
        request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        stream.write_all(request.as_bytes()).unwrap();
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let status = line.split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = BTreeMap::new();
        self.set.clear();
        loop {
            line.clear();
            reader.read_line(&mut line).unwrap();
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            if name == "set-cookie" {
                self.keep(value);
            }
            headers.insert(name.to_owned(), value.to_owned());
        }
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        Answer { status, headers, body: serde_json::from_str(&text).unwrap_or_default() }
    }

    fn keep(&mut self, cookie: &str) {
        self.set.push(cookie.to_owned());
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        if cookie.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

const PASSWORD: &str = "Harvest!Moon47";

/// Sue goes through all steps of her first sign-in.
fn signed_in(place: &Place, browser: &mut Browser) {
    let typed = json!({ "username": "sue@example.com", "password": place.temporary() });
    assert_eq!(browser.post("/sign-in", &typed).body, json!({ "next": "choose_password" }));
    // The step opens nothing but itself.
    assert_eq!(browser.get("/me").status, 401);
    let twice = |new: &str| json!({ "password": new, "confirm": new });
    let refused = browser.post("/choose-password", &twice("short"));
    assert_eq!(refused.status, 422);
    assert!(refused.body["findings"].as_array().unwrap().len() > 1, "all that is wrong, at once");
    let answer = browser.post("/choose-password", &twice(PASSWORD));
    if answer.body == json!({ "next": "set_questions" }) {
        let Value::Object(list) = browser.get("/questions").body else { panic!("no list") };
        let answers = list.keys().zip(["Biscuit", "Lincoln", "Rosalind"]);
        let answers: BTreeMap<&String, &str> = answers.collect();
        assert_eq!(browser.post("/set-questions", &json!(answers)).body, json!({ "next": "done" }));
    } else {
        assert_eq!(answer.body, json!({ "next": "done" }));
    }
}

#[test]
fn a_client_signs_in_sees_their_own_and_nobody_elses() {
    let place = Place::new();
    let mut browser = Browser::new(served(portal(Site::new(place.agency.clone()))));
    signed_in(&place, &mut browser);
    assert_eq!(browser.get("/me").body["display_name"], "Sue Wright");

    let own = browser.get(&format!("/clients/{}/invoices", place.sue));
    assert_eq!((own.status, own.headers["cache-control"].as_str()), (200, "no-store"));
    // What is hidden, what is not there, and what is no id answer alike.
    let hidden = browser.get(&format!("/clients/{}/invoices", place.ann));
    let nobody = browser.get("/clients/00000000-0000-7000-8000-000000000000/invoices");
    let no_id = browser.get("/clients/x/invoices");
    for answer in [&hidden, &nobody, &no_id] {
        assert_eq!((answer.status, &answer.body), (404, &hidden.body));
    }

    // Without the session, by whoever has the address.
    let token = browser.cookies["__Host-carekey-session"].clone();
    assert_eq!(browser.post("/sign-out", &json!({})).status, 204);
    let gone = browser.get(&format!("/clients/{}/invoices", place.sue));
    assert_eq!((gone.status, &gone.body["code"]), (401, &json!("session.ended")));
    // And with a copy of its cookie.
    browser.cookies.insert("__Host-carekey-session".to_owned(), token);
    assert_eq!(browser.get("/me").status, 401);
    assert!(browser.cookies.contains_key("__Host-carekey-device"), "no sign-out takes the device away");
}

#[test]
fn no_script_no_other_site_and_no_plain_connection_has_the_cookies() {
    let place = Place::new();
    let mut browser = Browser::new(served(portal(Site::new(place.agency.clone()))));
    let typed = json!({ "username": "sue@example.com", "password": place.temporary(), "remember": true });
    browser.post("/sign-in", &typed);
    assert!(!browser.set.is_empty());
    for cookie in &browser.set {
        assert!(cookie.starts_with("__Host-"), "{cookie}");
        for flag in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(flag), "{flag} is not in {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    browser.post("/choose-password", &json!({ "password": PASSWORD, "confirm": PASSWORD }));
    let session = browser.set.iter().find(|cookie| cookie.starts_with("__Host-carekey-session="));
    if let Some(session) = session {
        assert!(session.contains("Max-Age="), "it is remembered: {session}");
    }
}

#[test]
fn another_site_changes_nothing() {
    let place = Place::new();
    let site = Site::new(place.agency.clone()).with_origins(["https://www.example.com".to_owned()]);
    let at = served(portal(site));
    let typed = json!({ "username": "sue@example.com", "password": "wrong" });
    let from = |headers: Vec<(&'static str, String)>| {
        let mut browser = Browser { headers, ..Browser::new(at) };
        browser.post("/sign-in", &typed).status
    };
    let cross = [
        vec![("Sec-Fetch-Site", "cross-site".to_owned())],
        vec![("Sec-Fetch-Site", "same-site".to_owned())],
        vec![("Origin", "https://evil.example".to_owned())],
        vec![("Origin", "null".to_owned())],
        vec![("Origin", format!("http://{at}.evil.example"))],
    ];
    for headers in cross {
        assert_eq!(from(headers.clone()), 403, "{headers:?}");
    }
    let own = [
        vec![("Sec-Fetch-Site", "same-origin".to_owned())],
        vec![("Origin", format!("http://{at}"))],
        vec![("Origin", "https://www.example.com".to_owned()), ("Sec-Fetch-Site", "cross-site".to_owned())],
        vec![],
    ];
    for headers in own {
        assert_eq!(from(headers.clone()), 401, "{headers:?}");
    }
}

#[test]
fn errors_are_problem_details_in_the_readers_language_and_repeat_nothing() {
    let place = Place::new();
    let mut browser = Browser::new(served(portal(Site::new(place.agency.clone()))));
    let in_english = browser.get("/me");
    assert_eq!(in_english.headers["content-type"], "application/problem+json");
    assert_eq!(in_english.body["type"], "urn:carekey:session.ended");
    browser.headers.push(("Accept-Language", "de;q=1, es-MX;q=0.9, en;q=0.1".to_owned()));
    let in_spanish = browser.get("/me");
    assert_ne!(in_spanish.body["title"], in_english.body["title"]);
    assert_eq!(in_spanish.body["code"], in_english.body["code"]);

    for body in ["{\"username\": \"sue\", \"password\": [\"Canary!47\"]}", "{\"password\": \"Canary!47\"", "Canary!47"]
    {
        let answer = browser.ask("POST", "/sign-in", body);
        assert_eq!((answer.status, &answer.body["code"]), (422, &json!("input.wrong_type")));
        assert!(!answer.body.to_string().contains("Canary"), "{}", answer.body);
    }
}

#[test]
fn whoever_signs_in_keeps_nobody_waiting() {
    let place = Place::new();
    let site = Site::new(place.agency.clone());
    let (begun, has_begun) = channel();
    let (finish, may_finish) = channel::<()>();
    let (begun, may_finish) = (Mutex::new(begun), Mutex::new(may_finish));
    let (begun, may_finish): (&'static _, &'static Mutex<Receiver<()>>) =
        (Box::leak(Box::new(begun)), Box::leak(Box::new(may_finish)));
    // Work on the agency that lasts until somebody else was answered.
    let slow = get(move |State(site): State<Site>| async move {
        let done = site.run(move |agency| {
            begun.lock().unwrap().send(()).unwrap();
            may_finish.lock().unwrap().recv().unwrap();
            Ok(agency.code().to_owned())
        });
        done.await.unwrap_or_default()
    });
    let slow = axum::Router::new().route("/slow", slow).with_state(site.clone());
    let at = served(portal(site).merge(slow));
    let waiting = std::thread::spawn(move || Browser::new(at).get("/slow").status);
    has_begun.recv_timeout(Duration::from_secs(60)).unwrap();
    // The one thread of the runtime answers this, while that is under way.
    assert_eq!(Browser::new(at).get("/questions").status, 200);
    finish.send(()).unwrap();
    assert_eq!(waiting.join().unwrap(), 200);
}

#[test]
fn a_panic_is_an_answer_and_says_nothing() {
    let place = Place::new();
    let site = Site::new(place.agency.clone());
    let broken = get(|State(site): State<Site>| async move {
        site.run(|_| -> carekey::Result<()> { panic!("Canary!47") }).await
    });
    let broken = axum::Router::new().route("/broken", broken).with_state(site.clone());
    let at = served(portal(site.clone()).merge(broken));
    let answer = Browser::new(at).get("/broken");
    assert_eq!((answer.status, &answer.body["code"]), (500, &json!("internal.fault")));
    assert!(!answer.body.to_string().contains("Canary"));
    assert_eq!(Browser::new(at).get("/questions").status, 200);
}
