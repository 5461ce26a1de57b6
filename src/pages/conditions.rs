//! The conditions that an address names.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use quiz::listing::{Conditions, Facet};

/// The conditions of the page's address, whatever comes of it.
pub fn of_query() -> Memo<Conditions> {
    let query = use_query_map();
    Memo::new(move |_| {
        let query = query.read();
        let mut conditions = Conditions::default();
        for facet in Facet::ALL {
            conditions.choose(facet, query.get(facet.name()).as_deref());
        }
        conditions
    })
}
