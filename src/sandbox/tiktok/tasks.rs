//! Every publishing task, found without looking through all of them: by TikTok's name, by upload address, by person, and
//! those with which time still does something. A day of many thousand posts costs no more for each than a quiet one.

use std::collections::{BTreeSet, HashMap};
use std::ops::{Deref, DerefMut};

use super::publication::{Publication, Stage, Transfer};

/// The tasks, in the order of opening.
#[derive(Default)]
pub(super) struct Tasks {
    all: Vec<Publication>,
    by_name: HashMap<String, usize>,
    by_address: HashMap<String, usize>,
    by_person: HashMap<String, Vec<usize>>,
    /// Those with which something happens by itself when its time comes.
    moving: BTreeSet<usize>,
}

impl Tasks {
    pub(super) fn push(&mut self, publication: Publication) {
        let place = self.all.len();
        self.by_name.insert(publication.publish_id.clone(), place);
        if let Transfer::File { task, .. } = &publication.transfer {
            self.by_address.insert(task.clone(), place);
        }
        self.by_person.entry(publication.open_id.clone()).or_default().push(place);
        self.moving.insert(place);
        self.all.push(publication);
    }

    /// Where the task of that name is.
    pub(super) fn place(&self, publish_id: &str) -> Option<usize> {
        self.by_name.get(publish_id).copied()
    }

    /// The task whose upload address carries that id.
    pub(super) fn at_address(&mut self, task: &str) -> Option<&mut Publication> {
        let place = *self.by_address.get(task)?;
        self.all.get_mut(place)
    }

    /// The tasks of one person.
    pub(super) fn of(&self, open_id: &str) -> impl Iterator<Item = &Publication> {
        self.by_person.get(open_id).into_iter().flatten().filter_map(|place| self.all.get(*place))
    }

    /// Where those are with which time may do something.
    pub(super) fn moving(&self) -> Vec<usize> {
        self.moving.iter().copied().collect()
    }

    /// Lets time do something with a task again.
    pub(super) fn wake(&mut self, place: usize) {
        self.moving.insert(place);
    }

    /// Leaves a task alone from now on, if time does nothing with it any more.
    pub(super) fn rest(&mut self, place: usize) {
        let rests = self.all.get(place).is_none_or(|one| match &one.stage {
            // Until its last byte wakes it: many an upload is opened and never ended.
            Stage::Receiving | Stage::Failed { .. } => true,
            Stage::Published => {
                one.post.as_ref().is_none_or(|post| post.announced || post.taken_down || post.shows_at.is_none())
            }
            // A draft may be finished by its author at any time.
            Stage::Downloading | Stage::Processing { .. } | Stage::InInbox => false,
        });
        if rests {
            self.moving.remove(&place);
        }
    }
}

impl Deref for Tasks {
    type Target = [Publication];
    fn deref(&self) -> &[Publication] {
        &self.all
    }
}

impl DerefMut for Tasks {
    fn deref_mut(&mut self) -> &mut [Publication] {
        &mut self.all
    }
}
