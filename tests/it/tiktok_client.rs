//! The client against everything TikTok documents: each code leads to its decision, lost answers say what may have
//! happened, and an upload goes out byte for byte as the pages want it.

mod desk;
mod happy;
mod refusals;
mod upload;
mod whole;

use greenroom::domain::creator::Privacy;
use greenroom::tiktok::chunks::ChunkPlan;
use greenroom::tiktok::publish::DirectPost;
use greenroom::tiktok::{Client, TikTokApp, http_client};
use secrecy::SecretString;

fn client(address: &str) -> Client {
    let app = TikTokApp {
        client_key: "a-key".to_owned(),
        client_secret: "a-secret".into(),
        api_url: address.parse().unwrap(),
        authorize_url: address.parse().unwrap(),
    };
    Client::new(app, http_client().unwrap())
}

fn access() -> SecretString {
    "act.access".into()
}

fn latte() -> DirectPost {
    DirectPost {
        title: "Friday latte ☕ #latte".to_owned(),
        privacy: Privacy::SelfOnly,
        disable_comment: true,
        disable_duet: true,
        disable_stitch: false,
        cover_millis: 1500,
        brand_content: false,
        brand_organic: true,
        ai_generated: false,
    }
}

fn small_plan() -> ChunkPlan {
    ChunkPlan::for_size(5).unwrap()
}
