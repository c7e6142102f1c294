//! What stands in addresses and bodies does not stand in the log, however much is logged.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use tokio::sync::mpsc;

use super::{event, signed};
use crate::studio::{PATIENCE, Studio, client};

/// Also the libraries that are quiet otherwise.
const EVERYTHING: &str = "trace,sqlx=trace,hyper=trace,hyper_util=trace,reqwest=trace,rustls=trace";

#[tokio::test]
async fn no_address_with_a_secret_in_it_is_logged() {
    let mut studio = Studio::open_bare(&[]).await;
    studio.stops().await;
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    command.args(["run", "--role", "web", "--config", "/dev/null"]).env_clear().envs(studio.environment());
    command.env("GREENROOM_LOG__LEVEL", EVERYTHING).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let log = BufReader::new(child.stderr.take().unwrap());
    let (said, mut lines) = mpsc::unbounded_channel();
    let reader = tokio::task::spawn_blocking(move || {
        let mut all = Vec::new();
        for line in log.lines().map_while(Result::ok) {
            let _ = said.send(line.clone());
            all.push(line);
        }
        all.join("\n")
    });
    let address = async {
        loop {
            let line = lines.recv().await.expect("it says where its pages are");
            if let Some((_, address)) = line.split_once("its pages are at ") {
                return address.trim().to_owned();
            }
        }
    };
    let address = tokio::time::timeout(PATIENCE, address).await.unwrap();

    let stamp = greenroom::domain::clock::Clock::now(&greenroom::domain::clock::SystemClock).timestamp();
    let body =
        event(&studio.tiktok, "post.publish.complete", "o-secret", &serde_json::json!({"publish_id": "v-secret"}));
    let signature = signed("sandbox_secret", stamp, &body);
    for path in ["/oauth/tiktok/callback?code=c-secret&state=s-secret", "/preview/p-secret", "/preview/p-secret/video"]
    {
        client().get(format!("{address}{path}")).send().await.unwrap();
    }
    for (signature, body) in
        [(signature.as_str(), body.as_str()), ("t=1,s=secret", "b-secret"), (&signature, "f-secret")]
    {
        let said = client().post(format!("{address}/webhooks/tiktok")).header("TikTok-Signature", signature);
        said.body(body.to_owned()).send().await.unwrap();
    }
    let ended = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(ended.success());
    let log = tokio::time::timeout(PATIENCE, reader).await.unwrap().unwrap();
    child.wait().unwrap();
    assert!(log.contains("TRACE") || log.contains("DEBUG"), "everything was logged");
    assert!(log.contains("not TikTok's word"), "{log}");
    assert!(!log.contains("-secret") && !log.contains(&signature[20..]), "{log}");
    studio.discord.stop().await;
    studio.tiktok.stop().await;
}
