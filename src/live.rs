//! Values that pages watch: what is drawn from them is drawn anew when they change.
//!
//! These are Leptos' signals and memos, of one type for all values. Leptos compiles its machinery once more for every
//! type that a signal or a memo holds; here it holds a shared value of any type, and what is left to do for each type
//! is a cast. Values are shared, not copied, so reading one never keeps it from being changed.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::mem;
use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;

type Shared = Arc<dyn Any + Send + Sync>;

/// A value to be watched. It belongs to the owner it was made in.
pub struct Live<T> {
    source: Source,
    of: PhantomData<fn() -> T>,
}

#[derive(Clone, Copy)]
enum Source {
    Set(RwSignal<Shared>),
    Derived(Memo<Shared>),
}

#[derive(Clone, Copy)]
enum Reading {
    Tracked,
    Untracked,
}

impl<T> Clone for Live<T> {
    fn clone(&self) -> Live<T> {
        *self
    }
}

impl<T> Copy for Live<T> {}

impl<T> Live<T> {
    fn from(source: Source) -> Live<T> {
        Live { source, of: PhantomData }
    }
}

impl<T: Send + Sync + 'static> Live<T> {
    /// A value made of others. What watches it hears of it only if it has become another one.
    pub fn derived(compute: impl Fn() -> T + Send + Sync + 'static) -> Live<T>
    where
        T: PartialEq,
    {
        Live::from(Source::Derived(memo(Box::new(move |previous| {
            let value = compute();
            match previous {
                Some(previous) if previous.downcast_ref() == Some(&value) => (previous, false),
                _ => (Arc::new(value), true),
            }
        }))))
    }

    /// The value now; whoever asks within something drawn is told when it changes.
    pub fn read(self) -> Read<T> {
        Read::of(value(self.source, Reading::Tracked))
    }

    /// The value now, and no news of it.
    pub fn read_untracked(self) -> Read<T> {
        Read::of(value(self.source, Reading::Untracked))
    }

    /// A copy of the value, tracked.
    pub fn get(self) -> T
    where
        T: Clone,
    {
        T::clone(&self.read())
    }

    /// A copy of the value, not tracked.
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        T::clone(&self.read_untracked())
    }

    /// The value, tracked, unless the page that it belonged to is gone.
    pub fn try_read(self) -> Option<Read<T>> {
        try_value(self.source, Reading::Tracked).map(Read::of)
    }

    /// The value, not tracked, unless the page that it belonged to is gone.
    pub fn try_read_untracked(self) -> Option<Read<T>> {
        try_value(self.source, Reading::Untracked).map(Read::of)
    }
}

/// A value that can be set.
pub struct Cell<T>(Live<T>);

impl<T> Clone for Cell<T> {
    fn clone(&self) -> Cell<T> {
        *self
    }
}

impl<T> Copy for Cell<T> {}

impl<T> Deref for Cell<T> {
    type Target = Live<T>;

    fn deref(&self) -> &Live<T> {
        &self.0
    }
}

impl<T: Send + Sync + 'static> Cell<T> {
    /// A cell that holds `value`.
    pub fn new(value: T) -> Cell<T> {
        Cell(Live::from(Source::Set(signal_of(Arc::new(value)))))
    }

    /// The value, for those who may watch it only.
    pub fn live(self) -> Live<T> {
        self.0
    }

    /// Replaces the value. If the page that it belonged to is gone, nothing happens.
    pub fn set(self, value: T) {
        set(self.0.source, Arc::new(value));
    }

    /// Changes the value. `None` if the page that it belonged to is gone.
    pub fn update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R>
    where
        T: Clone,
    {
        let mut value: Arc<T> = cast(take(self.0.source)?);
        let result = change(Arc::make_mut(&mut value));
        set(self.0.source, value);
        Some(result)
    }
}

/// A value that is looked at. Later changes do not reach it.
pub struct Read<T>(Arc<T>);

impl<T: Send + Sync + 'static> Read<T> {
    fn of(shared: Shared) -> Read<T> {
        Read(cast(shared))
    }
}

impl<T> Deref for Read<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Read<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn cast<T: Send + Sync + 'static>(shared: Shared) -> Arc<T> {
    shared.downcast().unwrap_or_else(|_| unreachable!("a cell holds the type it was made for"))
}

// What follows is compiled once.

type Compute = Box<dyn Fn(Option<Shared>) -> (Shared, bool) + Send + Sync>;

fn memo(compute: Compute) -> Memo<Shared> {
    Memo::new_owning(compute)
}

fn signal_of(value: Shared) -> RwSignal<Shared> {
    RwSignal::new(value)
}

fn value(source: Source, reading: Reading) -> Shared {
    try_value(source, reading).expect("what is drawn outlives nothing that it is drawn from")
}

fn try_value(source: Source, reading: Reading) -> Option<Shared> {
    match (source, reading) {
        (Source::Set(signal), Reading::Tracked) => signal.try_get(),
        (Source::Set(signal), Reading::Untracked) => signal.try_get_untracked(),
        (Source::Derived(memo), Reading::Tracked) => memo.try_get(),
        (Source::Derived(memo), Reading::Untracked) => memo.try_get_untracked(),
    }
}

fn set(source: Source, value: Shared) {
    if let Source::Set(signal) = source {
        let _ = signal.try_set(value);
    }
}

/// Takes the value out, so that whoever changes it need not copy it first. It must be put back.
fn take(source: Source) -> Option<Shared> {
    match source {
        Source::Set(signal) => signal.try_update_untracked(|value| mem::replace(value, Arc::new(()))),
        Source::Derived(_) => None,
    }
}
