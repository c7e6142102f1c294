//! Places for connections: so many altogether, and so many for one host, so that no stranger takes them all.
//!
//! A proxy of ours stands for everybody behind it and may have as many as there are.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use ipnet::IpNet;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::guests::narrowed;

/// How many connections are held at the same time. Whoever comes next waits.
const MOST: usize = 512;

/// How many of them one host may hold: a browser opens six. Whoever comes next is let go at once.
const MOST_OF_ONE_HOST: usize = 32;

/// The places there are. Clones share them.
#[derive(Debug, Clone)]
pub(super) struct Places {
    all: Arc<Semaphore>,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
    trusted: Arc<[IpNet]>,
}

/// A place that is free again when this goes.
#[derive(Debug)]
pub(super) struct Place {
    _one_of_all: OwnedSemaphorePermit,
    _of_its_host: Option<OfItsHost>,
}

#[derive(Debug)]
struct OfItsHost {
    host: IpAddr,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Places {
    /// All free; hosts of these networks are proxies of ours.
    pub(super) fn new(trusted: &[IpNet]) -> Self {
        Self { all: Arc::new(Semaphore::new(MOST)), taken: Arc::default(), trusted: trusted.into() }
    }

    /// One of all the places, as soon as one is free.
    pub(super) async fn one(&self) -> OwnedSemaphorePermit {
        Arc::clone(&self.all).acquire_owned().await.expect("the places are never closed")
    }

    /// Gives that place to a host; none when it has as many as one may have.
    pub(super) fn give(&self, one: OwnedSemaphorePermit, peer: IpAddr) -> Option<Place> {
        let peer = peer.to_canonical();
        if self.trusted.iter().any(|net| net.contains(&peer)) {
            return Some(Place { _one_of_all: one, _of_its_host: None });
        }
        let host = narrowed(peer);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let of_this_host = taken.entry(host).or_default();
        if *of_this_host >= MOST_OF_ONE_HOST {
            return None;
        }
        *of_this_host += 1;
        let of_its_host = OfItsHost { host, taken: Arc::clone(&self.taken) };
        Some(Place { _one_of_all: one, _of_its_host: Some(of_its_host) })
    }
}

impl Drop for OfItsHost {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.host) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.host);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRANGER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 9));
    const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 10));

    async fn take(places: &Places, host: IpAddr) -> Option<Place> {
        places.give(places.one().await, host)
    }

    #[tokio::test]
    async fn one_host_cannot_take_every_place() {
        let places = Places::new(&[]);
        let mut held = Vec::new();
        for _ in 0..MOST_OF_ONE_HOST {
            held.push(take(&places, STRANGER).await.expect("a host has this many"));
        }
        assert!(take(&places, STRANGER).await.is_none());
        assert!(take(&places, OTHER).await.is_some());
        assert_eq!(places.all.available_permits(), MOST - MOST_OF_ONE_HOST, "who is let go gives the place back");
        held.pop();
        assert!(take(&places, STRANGER).await.is_some());
        held.clear();
        assert!(places.taken.lock().unwrap().is_empty(), "nobody is remembered who has gone");
    }

    #[tokio::test]
    async fn a_proxy_of_ours_stands_for_everybody_behind_it() {
        let places = Places::new(&["203.0.113.9/32".parse().unwrap()]);
        let mut held = Vec::new();
        for _ in 0..MOST {
            held.push(take(&places, STRANGER).await.expect("a proxy has all of them"));
        }
        assert_eq!(places.all.available_permits(), 0);
    }
}
