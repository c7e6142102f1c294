//! Whether what leaves this machine is encrypted, and goes to whom it is meant for.

use std::net::IpAddr;

use url::Url;

use super::Finding;
use crate::config::Config;
use crate::media::fetch::is_here;

const CHECK: &str = "encryption on the way";

pub(super) fn look(config: &Config) -> Vec<Finding> {
    let mut findings: Vec<Finding> = database(config.database.url.expose()).into_iter().collect();
    for (key, url) in [
        ("discord.api_url", &config.discord.api_url),
        ("tiktok.api_url", &config.tiktok.api_url),
        ("tiktok.authorize_url", &config.tiktok.authorize_url),
    ] {
        if url.scheme() == "http" && !is_here(url) {
            let host = url.host_str().unwrap_or_default();
            let found = format!("`{key}` reaches {host} without encryption: tokens can be read on the way");
            findings.push(Finding::notice(CHECK, found, "use its https address"));
        }
    }
    if findings.is_empty() {
        findings.push(Finding::good(CHECK, "whatever leaves this machine is encrypted"));
    }
    findings
}

/// What is to be said about the way to a database on another machine. PostgreSQL's clients try TLS, go on without it where
/// there is none, and check nobody's certificate unless told to.
/// <https://www.postgresql.org/docs/current/libpq-ssl.html>
fn database(url: &str) -> Option<Finding> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "postgres" | "postgresql"))?;
    let said = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let host = said("host").or_else(|| url.host_str().map(str::to_owned)).unwrap_or_default();
    let is_checked = said("sslmode").is_some_and(|mode| mode == "verify-full");
    if is_checked || host.starts_with('/') || host == "localhost" || is_loopback(&host) {
        return None;
    }
    Some(Finding::notice(
        CHECK,
        format!(
            "PostgreSQL on {host} may be reached without encryption, and whose certificate it shows is not checked"
        ),
        "add `sslmode=verify-full` to the address in `database.url`, and `sslrootcert=FILE` where its authority is your own",
    ))
}

fn is_loopback(host: &str) -> bool {
    host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_elsewhere_wants_a_checked_certificate() {
        for (url, is_noted) in [
            ("sqlite://greenroom.db", false),
            ("postgres://bot:hush@localhost/greenroom", false),
            ("postgres://bot:hush@[::1]/greenroom", false),
            ("postgres:///greenroom?host=/run/postgresql", false),
            ("postgres://bot:hush@db.example.com/greenroom?sslmode=verify-full", false),
            ("postgres://bot:hush@db.example.com/greenroom?sslmode=require", true),
            ("postgresql://bot:hush@10.0.0.5/greenroom", true),
            ("postgres:///greenroom?host=db.example.com", true),
        ] {
            let found = database(url);
            assert_eq!(found.is_some(), is_noted, "{url}");
            assert!(found.is_none_or(|finding| !finding.found.contains("hush")), "{url}");
        }
    }
}
