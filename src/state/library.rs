//! What the release holds: the catalog at once, packs of problems when they are first needed.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use quiz::catalog::{Catalog, Pack};
use quiz::guide::Guide;
use quiz::interview::Blueprint;
use quiz::learner::misconceptions::Beliefs;
use quiz::problem::{Problem, Slug};
use quiz::search::Texts;

use crate::browser::{fetch, page};

/// Something that is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Load<T> {
    /// On its way.
    Loading,
    /// Here.
    Ready(T),
    /// Not to be had; in words for the learner.
    Failed(String),
}

/// The problems of a pack. They are shared, not copied.
type Shelf = Vec<Arc<Problem>>;

/// The address of a pack.
type Address = String;

/// The catalog and the packs that have been asked for.
#[derive(Clone, Copy)]
pub struct Library {
    catalog: RwSignal<Load<Arc<Catalog>>>,
    packs: RwSignal<Vec<(Address, Load<Shelf>)>>,
    beliefs: RwSignal<Load<Beliefs>>,
    /// Nothing until somebody searches.
    texts: RwSignal<Option<Load<Texts>>>,
    /// Nothing until somebody opens it.
    guide: RwSignal<Option<Load<Arc<Guide>>>>,
    /// Nothing until somebody wants to rehearse one.
    interviews: RwSignal<Option<Load<Arc<Vec<Blueprint>>>>>,
}

impl Library {
    /// Starts to fetch the catalog.
    pub fn load() -> Library {
        let library = Library {
            catalog: RwSignal::new(Load::Loading),
            packs: RwSignal::new(Vec::new()),
            beliefs: RwSignal::new(Load::Loading),
            texts: RwSignal::new(None),
            guide: RwSignal::new(None),
            interviews: RwSignal::new(None),
        };
        library.fetch_catalog();
        library
    }

    /// The catalog.
    pub fn catalog(self) -> RwSignal<Load<Arc<Catalog>>> {
        self.catalog
    }

    /// Fetches again whatever had failed.
    pub fn retry(self) {
        if matches!(self.catalog.get_untracked(), Load::Failed(_)) {
            self.fetch_catalog();
        }
        self.packs.update(|packs| packs.retain(|(_, pack)| !matches!(pack, Load::Failed(_))));
    }

    fn fetch_catalog(self) {
        self.catalog.set(Load::Loading);
        spawn_local(async move {
            let loaded = match page::meta("catalog") {
                Some(address) => fetch::json::<Catalog>(&address).await,
                None => Err("This page does not say where its problems are.".to_owned()),
            };
            self.catalog.set(match loaded {
                Ok(catalog) => Load::Ready(Arc::new(catalog)),
                Err(why) => Load::Failed(why),
            });
        });
    }

    /// Starts to fetch the pack of a problem, unless it is here or on its way.
    pub fn want(self, slug: &Slug) {
        let address = match self.catalog.get() {
            Load::Ready(catalog) => catalog.pack_of(slug).map(|pack| pack.address.clone()),
            Load::Loading | Load::Failed(_) => None,
        };
        if let Some(address) = address.filter(|address| shelf(&self.packs.read(), address).is_none()) {
            self.fetch_pack(address);
        }
    }

    fn fetch_pack(self, address: Address) {
        self.set_pack(address.clone(), Load::Loading);
        spawn_local(async move {
            let loaded = match fetch::json::<Pack>(&address).await {
                Ok(pack) => Load::Ready(pack.problems.into_iter().map(Arc::new).collect()),
                Err(why) => Load::Failed(why),
            };
            self.set_pack(address, loaded);
        });
    }

    fn set_pack(self, address: Address, pack: Load<Shelf>) {
        self.packs.update(|packs| {
            packs.retain(|(known, _)| *known != address);
            packs.push((address, pack));
        });
    }

    /// Which options stand for which beliefs; they must have been [wanted](Library::want_beliefs).
    pub fn beliefs(self) -> RwSignal<Load<Beliefs>> {
        self.beliefs
    }

    /// Starts to fetch the beliefs, unless they are here.
    pub fn want_beliefs(self) {
        let Load::Ready(catalog) = self.catalog.get_untracked() else { return };
        if catalog.beliefs.is_empty() || matches!(*self.beliefs.read_untracked(), Load::Ready(_)) {
            return;
        }
        spawn_local(async move {
            self.beliefs.set(match fetch::json::<Beliefs>(&catalog.beliefs).await {
                Ok(beliefs) => Load::Ready(beliefs),
                Err(why) => Load::Failed(why),
            });
        });
    }

    /// The texts for a search, once they were [wanted](Library::want_texts) and are here.
    pub fn texts(self) -> ReadSignal<Option<Load<Texts>>> {
        self.texts.read_only()
    }

    /// Starts to fetch the texts for a search, unless they are here or on their way.
    pub fn want_texts(self) {
        let Load::Ready(catalog) = self.catalog.get_untracked() else { return };
        if matches!(*self.texts.read_untracked(), Some(Load::Loading | Load::Ready(_))) {
            return;
        }
        self.texts.set(Some(Load::Loading));
        spawn_local(async move {
            self.texts.set(Some(match fetch::json::<Texts>(&catalog.texts).await {
                Ok(texts) => Load::Ready(texts),
                Err(why) => Load::Failed(why),
            }));
        });
    }

    /// The handbook, once it was [wanted](Library::want_guide) and is here.
    pub fn guide(self) -> ReadSignal<Option<Load<Arc<Guide>>>> {
        self.guide.read_only()
    }

    /// Starts to fetch the handbook, unless it is here or on its way.
    pub fn want_guide(self) {
        let Load::Ready(catalog) = self.catalog.get_untracked() else { return };
        if matches!(*self.guide.read_untracked(), Some(Load::Loading | Load::Ready(_))) {
            return;
        }
        self.guide.set(Some(Load::Loading));
        spawn_local(async move {
            self.guide.set(Some(match fetch::json::<Guide>(&catalog.guide).await {
                Ok(guide) => Load::Ready(Arc::new(guide)),
                Err(why) => Load::Failed(why),
            }));
        });
    }

    /// The interviews to rehearse, once they were [wanted](Library::want_interviews) and are here.
    pub fn interviews(self) -> ReadSignal<Option<Load<Arc<Vec<Blueprint>>>>> {
        self.interviews.read_only()
    }

    /// Starts to fetch the interviews, unless they are here or on their way.
    pub fn want_interviews(self) {
        let Load::Ready(catalog) = self.catalog.get_untracked() else { return };
        if matches!(*self.interviews.read_untracked(), Some(Load::Loading | Load::Ready(_))) {
            return;
        }
        self.interviews.set(Some(Load::Loading));
        spawn_local(async move {
            self.interviews.set(Some(match fetch::json::<Vec<Blueprint>>(&catalog.interviews).await {
                Ok(interviews) => Load::Ready(Arc::new(interviews)),
                Err(why) => Load::Failed(why),
            }));
        });
    }

    /// A problem; its pack must have been [wanted](Library::want). `Ready(None)` if there is no such problem.
    pub fn problem(self, slug: &Slug) -> Load<Option<Arc<Problem>>> {
        let catalog = match self.catalog.get() {
            Load::Ready(catalog) => catalog,
            Load::Loading => return Load::Loading,
            Load::Failed(why) => return Load::Failed(why),
        };
        let Some(pack) = catalog.pack_of(slug) else { return Load::Ready(None) };
        match shelf(&self.packs.read(), &pack.address).cloned() {
            None | Some(Load::Loading) => Load::Loading,
            Some(Load::Failed(why)) => Load::Failed(why),
            Some(Load::Ready(pack)) => Load::Ready(pack.iter().find(|problem| problem.slug == *slug).cloned()),
        }
    }
}

fn shelf<'a>(packs: &'a [(Address, Load<Shelf>)], address: &str) -> Option<&'a Load<Shelf>> {
    packs.iter().find(|(known, _)| known == address).map(|(_, pack)| pack)
}
