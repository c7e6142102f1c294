//! How much one visitor may ask. Counted by address, in memory of a bounded size: it keeps a stranger from wearing the
//! program out, not a flood from filling the line.
//!
//! Behind a proxy of ours everybody has the proxy's address, so a proxy that is trusted says for whom it asks. What others
//! say about that is not read. A trusted proxy that names nobody asks for itself and is counted as one visitor; only a
//! supervisor's questions about health are not counted, for it asks for nobody and has to be answered.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock as _, MonotonicClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use ipnet::IpNet;

use super::pages::Pages;
use crate::say;

/// How much a visitor may ask in the long run: a player that is moved about asks several times a second.
const PER_MINUTE: NonZeroU32 = NonZeroU32::new(300).expect("not zero");

/// How much at once.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(100).expect("not zero");

/// How many visitors are told apart. Whoever comes beyond that shares one count with the rest, until some are forgotten.
const MOST_VISITORS: usize = 10_000;

/// Who stands for those who are too many to be told apart; nobody comes from there.
const THE_REST: IpAddr = IpAddr::V6(Ipv6Addr::UNSPECIFIED);

/// Counts visitors. The clock is the machine's own, which nobody can set.
pub(super) struct Guests {
    trusted: Vec<IpNet>,
    pages: Pages,
    limiter: RateLimiter<IpAddr, HashMapStateStore<IpAddr>, MonotonicClock>,
}

impl Guests {
    /// Nobody was here yet.
    pub(super) fn new(trusted: Vec<IpNet>, pages: Pages) -> Self {
        let quota = Quota::per_minute(PER_MINUTE).allow_burst(AT_ONCE);
        let limiter = RateLimiter::new(quota, HashMapStateStore::default(), MonotonicClock);
        Self { trusted, pages, limiter }
    }

    /// Counts a visit; says how many seconds are to be waited when it is one too many.
    fn count(&self, visitor: IpAddr) -> Result<(), u64> {
        let known = if self.limiter.len() < MOST_VISITORS {
            visitor
        } else {
            self.limiter.retain_recent();
            if self.limiter.len() < MOST_VISITORS { visitor } else { THE_REST }
        };
        self.limiter.check_key(&known).map_err(|early| early.wait_time_from(self.limiter.clock().now()).as_secs() + 1)
    }

    /// Whose visit it is, and whether it comes from us: a proxy of ours that names nobody.
    fn visitor(&self, peer: IpAddr, headers: &HeaderMap) -> (IpAddr, bool) {
        let peer = peer.to_canonical();
        if !self.trusts(peer) {
            return (narrowed(peer), false);
        }
        let said: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .flat_map(|line| line.to_str().unwrap_or("?").split(','))
            .collect();
        // Each proxy adds whom it heard from at the end, so from there on the first stranger is the one nobody made up.
        for one in said.iter().rev() {
            match address(one.trim()) {
                Some(address) if self.trusts(address) => {}
                Some(stranger) => return (narrowed(stranger), false),
                None => return (narrowed(peer), false),
            }
        }
        (narrowed(peer), true)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|net| net.contains(&address))
    }
}

/// An address as proxies write it, some with a port.
fn address(text: &str) -> Option<IpAddr> {
    let plain = text.parse().or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()));
    let plain = plain.or_else(|_| text.trim_start_matches('[').trim_end_matches(']').parse());
    plain.ok().map(|address: IpAddr| address.to_canonical())
}

/// Who is told apart by an address: of the newer kind everybody has a whole network.
pub(super) fn narrowed(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

/// Lets a visit through, or asks to come again later.
pub(super) async fn admit(State(guests): State<Arc<Guests>>, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let visitor = peer.map(|peer| guests.visitor(peer, request.headers()));
    let is_about_health = super::HEALTH.contains(&request.uri().path());
    let counted = visitor.filter(|(_, is_ours)| !(*is_ours && is_about_health));
    match counted.map_or(Ok(()), |(visitor, _)| guests.count(visitor)) {
        Ok(()) => next.run(request).await,
        Err(seconds) => {
            let (title, text) = (say!("commands-web-at-once-title"), say!("commands-web-at-once"));
            let mut answer = guests.pages.show(StatusCode::TOO_MANY_REQUESTS, &title, &text);
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            answer
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guests(trusted: &[&str]) -> Guests {
        Guests::new(trusted.iter().map(|net| net.parse().unwrap()).collect(), Pages::below(None))
    }

    fn visitor(guests: &Guests, peer: &str, forwarded: &[&str]) -> (String, bool) {
        let said = forwarded.iter().map(|one| ("x-forwarded-for".parse().unwrap(), one.parse().unwrap()));
        let headers: HeaderMap = said.collect();
        let (address, is_ours) = guests.visitor(peer.parse().unwrap(), &headers);
        (address.to_string(), is_ours)
    }

    #[test]
    fn only_a_proxy_of_ours_says_for_whom_it_asks() {
        let ours = guests(&["127.0.0.0/8", "10.1.0.0/16", "::1/128"]);
        let rows: [(&str, &[&str], &str, bool); 11] = [
            ("203.0.113.9", &[], "203.0.113.9", false),
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9", false),
            ("127.0.0.1", &[], "127.0.0.1", true),
            ("::1", &["198.51.100.1"], "198.51.100.1", false),
            ("::ffff:127.0.0.1", &["198.51.100.1"], "198.51.100.1", false),
            ("127.0.0.1", &["192.0.2.1, 198.51.100.1"], "198.51.100.1", false),
            ("127.0.0.1", &["192.0.2.1", "198.51.100.1, 10.1.2.3"], "198.51.100.1", false),
            ("127.0.0.1", &["10.1.2.3"], "127.0.0.1", true),
            ("127.0.0.1", &["198.51.100.1:4711"], "198.51.100.1", false),
            ("127.0.0.1", &["[2001:db8:1:2:3:4:5:6]:4711"], "2001:db8:1:2::", false),
            ("127.0.0.1", &["unknown"], "127.0.0.1", false),
        ];
        for (peer, forwarded, expected, is_ours) in rows {
            let found = visitor(&ours, peer, forwarded);
            assert_eq!(found, (expected.to_owned(), is_ours), "{peer} for {forwarded:?}");
        }
        assert_eq!(visitor(&guests(&[]), "127.0.0.1", &["192.0.2.1"]), ("127.0.0.1".to_owned(), false));
    }

    #[test]
    fn whoever_asks_too_much_waits_and_nobody_else_does() {
        let guests = guests(&[]);
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let mut refused = 0;
        for _ in 0..AT_ONCE.get() * 2 {
            refused += u32::from(guests.count(one).is_err());
        }
        assert!(refused > AT_ONCE.get() / 2, "{refused}");
        assert_eq!(guests.count(other), Ok(()));
    }

    #[test]
    fn strangers_without_number_need_no_memory_without_bound() {
        let guests = guests(&[]);
        for number in 0..u32::try_from(MOST_VISITORS * 2).unwrap() {
            let _ = guests.count(IpAddr::from(number.to_be_bytes()));
        }
        assert!(guests.limiter.len() <= MOST_VISITORS + 1, "{}", guests.limiter.len());
    }
}
