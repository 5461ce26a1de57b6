//! The code editor, a script of its own (`editor/src/main.js`): it is loaded where a program is written.

use serde::Serialize;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::{document, said};

#[wasm_bindgen]
extern "C" {
    /// `import()`, which `boot.mjs` hands to the app.
    #[wasm_bindgen(js_name = importScript, catch)]
    async fn import_script(address: &str) -> Result<JsValue, JsValue>;

    type EditorScript;

    #[wasm_bindgen(method, js_name = createEditor, catch)]
    fn create_editor(
        this: &EditorScript,
        parent: &Element,
        id: &str,
        label: &str,
        description: &str,
        text: &str,
        on_change: &Closure<dyn FnMut(String)>,
        on_run: &Closure<dyn FnMut()>,
    ) -> Result<RawEditor, JsValue>;

    type RawEditor;

    #[wasm_bindgen(method, js_name = setText)]
    fn set_text(this: &RawEditor, text: &str);

    #[wasm_bindgen(method)]
    fn insert(this: &RawEditor, text: &str);

    #[wasm_bindgen(method, js_name = goTo)]
    fn go_to(this: &RawEditor, line: u32, column: u32);

    #[wasm_bindgen(method, js_name = setDiagnostics)]
    fn set_diagnostics(this: &RawEditor, json: &str);

    #[wasm_bindgen(method)]
    fn destroy(this: &RawEditor);
}

/// What is wrong with a piece of code: lines and columns are counted from 1, columns in characters; the end is not included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// Where it begins.
    pub line: u32,
    /// Where it begins.
    pub column: u32,
    /// Where it ends.
    pub end_line: u32,
    /// Where it ends.
    pub end_column: u32,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
}

/// How an editor is named and described, for those who do not see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names {
    /// The id of what is typed into.
    pub id: &'static str,
    /// How it is called aloud.
    pub label: &'static str,
    /// The id of what describes it, or nothing.
    pub description: &'static str,
}

/// An editor on the page. It goes with this.
pub struct CodeEditor {
    editor: RawEditor,
    _on_change: Closure<dyn FnMut(String)>,
    _on_run: Closure<dyn FnMut()>,
}

impl Drop for CodeEditor {
    fn drop(&mut self) {
        self.editor.destroy();
    }
}

/// The script, loaded.
pub struct Script(EditorScript);

/// Loads the script at `address`, relative to the site's root.
///
/// # Errors
/// What the browser said, if it cannot be had.
pub async fn load(address: &str) -> Result<Script, String> {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let address = web_sys::Url::new_with_base(address, &base).map_err(|error| said(&error))?.href();
    let script = import_script(&address).await.map_err(|error| said(&error))?;
    Ok(Script(script.unchecked_into()))
}

impl Script {
    /// Makes an editor in the element that this selector finds.
    ///
    /// # Errors
    /// If there is no such element, or what the browser said.
    pub fn create(
        &self,
        selector: &str,
        names: Names,
        text: &str,
        on_change: impl FnMut(String) + 'static,
        on_run: impl FnMut() + 'static,
    ) -> Result<CodeEditor, String> {
        let parent = document().query_selector(selector).ok().flatten().ok_or("the page has no place for it")?;
        let (on_change, on_run) = (Closure::new(on_change), Closure::new(on_run));
        let Names { id, label, description } = names;
        let editor = self.0.create_editor(&parent, id, label, description, text, &on_change, &on_run);
        let editor = editor.map_err(|error| said(&error))?;
        Ok(CodeEditor { editor, _on_change: on_change, _on_run: on_run })
    }
}

impl CodeEditor {
    /// Puts a text in place of all that stands in it. It can be undone; who listens to changes hears nothing.
    pub fn set_text(&self, text: &str) {
        self.editor.set_text(text);
    }

    /// Types a text, as a key would.
    pub fn insert(&self, text: &str) {
        self.editor.insert(text);
    }

    /// Goes to a line and a column, counted from 1, and shows them.
    pub fn go_to(&self, line: u32, column: u32) {
        self.editor.go_to(line, column);
    }

    /// Marks what is wrong, in place of what was marked before.
    pub fn mark(&self, marks: &[Mark]) {
        self.editor.set_diagnostics(&serde_json::to_string(marks).expect("marks are JSON"));
    }
}
