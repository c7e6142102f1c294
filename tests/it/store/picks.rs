//! Videos people pointed at in messages.

use greenroom::domain::ids::{MemberId, MessageId, WorkspaceId};
use greenroom::store::{Pick, PickedFile, Store};

use super::engines;
use super::given::{MIA, RUI, TEAM, Team, at};

const MESSAGE: MessageId = MessageId(u64::MAX - 1);

async fn points(store: &Store, member: MemberId, file_name: &str, minutes: i64) {
    let file = PickedFile {
        attachment: "7".into(),
        link: format!("https://cdn.discordapp.com/{file_name}"),
        file_name: file_name.into(),
    };
    let mut tx = store.begin().await.unwrap();
    tx.keep_pick(&Pick { workspace: TEAM, member, message: MESSAGE, file }, at(minutes)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn found(store: &Store, member: MemberId) -> Option<String> {
    store.pick(TEAM, member, MESSAGE).await.unwrap().map(|pick| pick.file.file_name)
}

#[tokio::test]
async fn what_was_pointed_at_is_found_by_whoever_pointed_until_it_is_forgotten() {
    for engine in engines().await {
        let store = &engine.store;
        Team::moves_in(store).await;
        points(store, MIA, "first.mp4", 0).await;
        assert_eq!((found(store, MIA).await.as_deref(), found(store, RUI).await), (Some("first.mp4"), None));
        assert_eq!(store.pick(WorkspaceId(1), MIA, MESSAGE).await.unwrap(), None, "another team's");
        points(store, MIA, "second.mp4", 2).await;
        points(store, RUI, "third.mp4", 1).await;
        assert_eq!(found(store, MIA).await.as_deref(), Some("second.mp4"), "the later counts");
        // Whoever has the link has the video.
        let shown = format!("{:?}", store.pick(TEAM, MIA, MESSAGE).await.unwrap());
        assert!(!shown.contains("cdn.discordapp.com"), "{shown}");

        let mut tx = store.begin().await.unwrap();
        assert_eq!(tx.forget_picks(at(2)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!((found(store, MIA).await.as_deref(), found(store, RUI).await), (Some("second.mp4"), None));

        let mut tx = store.begin().await.unwrap();
        assert!(tx.mark_erasing(TEAM, at(3)).await.unwrap());
        tx.erase(TEAM).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(found(store, MIA).await, None);
        store.close().await;
    }
}
