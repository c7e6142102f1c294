//! A server that says what it is told to say and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// What to say.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Answer {
    pub(super) fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, body: body.into(), headers: Vec::new() }
    }

    /// A refusal in the v2 envelope.
    pub(super) fn refusal(status: u16, code: &str) -> Self {
        let error = serde_json::json!({ "code": code, "message": "a message", "log_id": "20261122" });
        Self::new(status, serde_json::json!({ "error": error }).to_string())
    }

    /// A success in the v2 envelope.
    pub(super) fn data(data: &serde_json::Value) -> Self {
        let error = serde_json::json!({ "code": "ok", "message": "", "log_id": "20261122" });
        Self::new(200, serde_json::json!({ "data": data, "error": error }).to_string())
    }
}

/// What was asked.
pub(super) struct Asked {
    pub(super) line: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Asked {
    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(super) fn form(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(&self.body).into_owned().collect()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

#[derive(Default)]
struct Book {
    answers: VecDeque<Answer>,
    asked: Vec<Asked>,
}

pub(super) struct Desk {
    pub(super) address: String,
    book: Arc<Mutex<Book>>,
    _serving: JoinSet<()>,
}

impl Desk {
    pub(super) async fn open() -> Self {
        let book = Arc::new(Mutex::new(Book::default()));
        let router = Router::new().fallback(take).with_state(book.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, book, _serving: serving }
    }

    pub(super) fn says(&self, answer: Answer) {
        self.book.lock().unwrap().answers.push_back(answer);
    }

    /// What was asked since this was last called.
    pub(super) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.book.lock().unwrap().asked)
    }
}

async fn take(State(book): State<Arc<Mutex<Book>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    let mut book = book.lock().unwrap();
    book.asked.push(Asked { line: format!("{} {}", head.method, head.uri), headers: head.headers, body });
    let answer = book.answers.pop_front().expect("an answer for every question");
    let mut response = Response::builder().status(answer.status);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body)).unwrap()
}

/// An address that takes every call and hangs up without a word.
pub(super) async fn hangs_up(serving: &mut JoinSet<()>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    serving.spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
        }
    });
    address
}

/// An address where nobody is.
pub(super) async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
