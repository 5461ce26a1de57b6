// Finding and replacing.

import { closeSearchPanel, findNext, findPrevious, openSearchPanel } from "@codemirror/search";
import { EditorState } from "@codemirror/state";

const scope = "editor search-panel";

export const searchKeys = [
  { key: "Mod-f", run: openSearchPanel, scope },
  { key: "F3", run: findNext, shift: findPrevious, scope, preventDefault: true },
  { key: "Mod-g", run: findNext, shift: findPrevious, scope, preventDefault: true },
  { key: "Escape", run: closeSearchPanel, scope },
];

/** What CodeMirror says, in the app's words. */
export const words = EditorState.phrases.of({
  next: "Next",
  previous: "Previous",
  "match case": "Match case",
  Replace: "Replace with",
  replace: "Replace",
  "replace all": "Replace all",
  close: "Close",
  "current match": "Found",
  "on line": "in line",
  "replaced match on line $": "Replaced in line $",
  "replaced $ matches": "Replaced: $",
});
