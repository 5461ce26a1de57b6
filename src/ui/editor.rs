//! The editor: where a program is written, what the keys of a phone lack, and the errors that are known of it.
//!
//! It begins as a plain field. Where the release has the code editor, that takes its place as soon as it is loaded.

mod errors;
mod field;
mod signs;

use leptos::prelude::*;
use leptos::task::spawn_local;
use quiz::diagnostics::with_import;
use quiz::verdict::Diagnostic;

use self::errors::Errors;
use self::field::CodeField;
use self::signs::Signs;
use crate::browser::code_editor::{self, CodeEditor, Mark, Names};
use crate::browser::{page, text_field};

/// The id of the field that the program is written in.
pub const FIELD: &str = "code";

/// How it is called aloud.
pub const LABEL: &str = "Your program";

/// What one level of blocks is indented by.
const STEP: &str = "    ";

/// The id of what says how it is left by keys.
const KEYS: &str = "code-keys";

/// Where the code editor is put.
const PLACE: &str = "code-place";

/// What stands in an editor, and what comes of it.
#[derive(Clone, Copy)]
pub struct Written {
    /// The program, as far as it was taken.
    pub text: Memo<String>,
    /// Hears what the learner has written.
    pub on_text: Callback<String>,
    /// When it changes, the program comes back into the field, whatever stands there.
    pub restores: RwSignal<u32>,
    /// What is wrong with it, as far as it is known.
    pub errors: RwSignal<Vec<Diagnostic>>,
    /// Hears of Control and Enter.
    pub on_run: Callback<()>,
}

/// The editor.
#[component]
pub fn Editor(written: Written) -> impl IntoView {
    let loaded = StoredValue::new_local(None::<CodeEditor>);
    let is_loaded = RwSignal::new(false);
    if let Some(address) = page::meta("editor") {
        spawn_local(async move {
            // Without it the plain field does the job.
            let Ok(script) = code_editor::load(&address).await else { return };
            if is_loaded.try_get_untracked() != Some(false) {
                return;
            }
            let had_focus = page::has_focus(&format!("#{FIELD}"));
            is_loaded.set(true);
            // In the same task: no frame shows its place empty.
            page::once_drawn(move || mount(&script, written, loaded, is_loaded, had_focus));
        });
    }
    Effect::new(move || {
        let text = written.text.get();
        written.restores.track();
        loaded.with_value(|editor| editor.iter().for_each(|editor| editor.set_text(&text)));
    });
    Effect::new(move || {
        let marks = marks(&written.errors.read());
        loaded.with_value(|editor| editor.iter().for_each(|editor| editor.mark(&marks)));
    });
    on_cleanup(move || loaded.set_value(None));
    let on_sign = Callback::new(move |sign: &'static str| {
        let is_typed = loaded.with_value(|editor| editor.as_ref().map(|editor| editor.insert(sign)).is_some());
        if !is_typed {
            text_field::type_into(FIELD, sign);
        }
    });
    let on_pick = Callback::new(move |(line, column): (u32, u32)| {
        let is_there = loaded.with_value(|editor| editor.as_ref().map(|editor| editor.go_to(line, column)).is_some());
        if !is_there {
            text_field::go_to_line(FIELD, line);
        }
    });
    let on_import = Callback::new(move |import: String| {
        let text = written.text.get_untracked();
        written.on_text.run(with_import(&text, &import));
    });
    let has_keyboard = !page::is_touched();
    let keys = has_keyboard
        .then(|| view! { <p class="note" id=KEYS>"Tab indents. Press Escape and then Tab to leave the field."</p> });
    let field = move || match is_loaded.get() {
        true => view! { <div id=PLACE translate="no"></div> }.into_any(),
        false => view! { <CodeField written /> }.into_any(),
    };
    view! {
        <div class="editor">
            {move || field()}
            {keys}
            <Signs on_sign />
        </div>
        <Errors errors=written.errors on_pick=on_pick on_import=on_import />
    }
}

fn mount(
    script: &code_editor::Script,
    written: Written,
    loaded: StoredValue<Option<CodeEditor>, LocalStorage>,
    is_loaded: RwSignal<bool>,
    had_focus: bool,
) {
    let Some(text) = written.text.try_get_untracked() else { return };
    let description = if page::is_touched() { "" } else { KEYS };
    let names = Names { id: FIELD, label: LABEL, description };
    let on_change = move |text| _ = written.on_text.try_run(text);
    let on_run = move || _ = written.on_run.try_run(());
    match script.create(&format!("#{PLACE}"), names, &text, on_change, on_run) {
        Ok(editor) => {
            editor.mark(&marks(&written.errors.read_untracked()));
            loaded.set_value(Some(editor));
        }
        Err(_) => is_loaded.set(false),
    }
    if had_focus {
        page::focus(&format!("#{FIELD}"));
    }
}

fn marks(errors: &[Diagnostic]) -> Vec<Mark> {
    let mark = |error: &Diagnostic| {
        let span = error.primary()?;
        let label = span.label.as_ref().map_or_else(String::new, |label| format!("\n{label}"));
        let code = error.code.as_ref().map_or_else(String::new, |code| format!(" ({code})"));
        Some(Mark {
            line: span.line,
            column: span.column,
            end_line: span.end_line,
            end_column: span.end_column,
            severity: "error",
            message: format!("{}{code}{label}", error.message),
        })
    };
    errors.iter().filter_map(mark).collect()
}
