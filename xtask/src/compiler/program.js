// Runs one program with the compiler: rustc's front end with Miri, as a WebAssembly module for WASI.
//
// It knows neither where the compiler's files come from nor who asks: `worker.js` does, and `node.mjs` for tests.
// What a program says is not judged here, but by `crates/quiz/src/device`.

import { ConsoleStdout, Directory, File, OpenFile, PreopenDirectory } from "./wasi/fs_mem.js";
import WASI from "./wasi/wasi.js";

/** The platform that programs are compiled for: the one whose library is at hand. */
const TARGET = "x86_64-unknown-linux-gnu";
/** The file that is the module. */
const MODULE = "bin/miri.wasm";
/** Leaves out what finds undefined behaviour: loops are up to ten times as fast. Inlining would lose the program's lines. */
const UNCHECKED = [
  "-Zmir-opt-level=3",
  "-Zinline-mir=no",
  "-Zmir-emit-retag=false",
  "-Zmiri-disable-alignment-check",
  "-Zmiri-disable-data-race-detector",
  "-Zmiri-disable-stacked-borrows",
  "-Zmiri-disable-validation",
];
/** What this compiler knows but held for unstable, and is stable by now. */
const STABLE_SINCE = [
  "exclusive_range_pattern",
  "io_error_more",
  "is_sorted",
  "lazy_cell",
  "let_chains",
  "lint_reasons",
  "noop_waker",
  "raw_ref_op",
  "trait_upcasting",
];
/** What has come into the prelude. It stands behind the program, so its lines stay; what the program itself imports or declares comes first. */
const PRELUDE_SINCE = `
mod __prelude_since {
    pub use ::std::mem::{align_of, align_of_val, size_of, size_of_val};
}
#[allow(unused_imports)]
use __prelude_since::*;
`;
/** How often at most, in ms, news of what a program prints is sent while it runs. */
const NEWS = 100;
/** What begins a mark of a test program: `MARK` in crates/quiz/src/exercise.rs. */
const MARK = 2;

/**
 * @typedef {{ module: WebAssembly.Module, sysroot: Directory }} Compiler
 *
 * @typedef {object} Request What to do with a program; `Request` in crates/quiz/src/device/message.rs.
 * @property {number} id
 * @property {"run" | "check" | "look"} way run it, run it and look for undefined behaviour, or compile it only
 * @property {string} source
 * @property {string} edition
 * @property {number} seed which schedule
 * @property {number} preemption how often, in percent of all steps, a thread gives way to another
 * @property {string} stdin
 * @property {number} limit how many bytes it may print
 *
 * @typedef {[path: string, content: Uint8Array<ArrayBuffer>]} Unpacked A file of the compiler's.
 *
 * @typedef {{ exited: number } | { trapped: string } | "flooded"} End
 */

/** A program printed more than it may. */
class Flooded extends Error {}

/**
 * @param {(Unpacked | Promise<Unpacked>)[]} files the compiler's; its module is compiled while others are still on their way
 * @returns {Promise<Compiler>}
 */
export async function prepare(files) {
  let module;
  const sysroot = folder();
  // The compiler looks for the library of its own platform, too, and is content with an empty one.
  addFile(sysroot, "lib/rustlib/wasm32-wasi/lib");
  const add = async (file) => {
    const [path, content] = await file;
    if (path === MODULE) {
      module = await WebAssembly.compile(content);
    } else {
      addFile(sysroot, path, content);
    }
  };
  await Promise.all(files.map(add));
  if (!module) throw new Error(`${MODULE} is missing`);
  return { module, sysroot };
}

/** @returns {Directory} */
function folder() {
  return new Directory(new Map());
}

/**
 * Adds a file with its folders; without content, a folder.
 * @param {Directory} root
 * @param {string} path
 * @param {Uint8Array=} content
 */
function addFile(root, path, content) {
  const names = path.split("/");
  const last = names.pop();
  let at = root;
  for (const name of names) {
    if (!at.contents.has(name)) at.contents.set(name, folder());
    at = /** @type {Directory} */ (at.contents.get(name));
  }
  at.contents.set(last, content ? fileOf(content) : folder());
}

/** A file whose content is not copied. */
function fileOf(content) {
  const file = new File([], { readonly: true });
  file.data = content;
  return file;
}

/**
 * Compiles a program, and runs it if that is wanted.
 * @param {Compiler} compiler
 * @param {Request} request
 * @param {(stdout: string) => void} hear is told what the program has printed since the last time
 * @returns {Promise<{ end: End, stdout: string, stderr: string, ms: number }>}
 */
export async function run(compiler, request, hear) {
  const start = performance.now();
  const output = new Output(request.limit, hear);
  const files = [
    new OpenFile(fileOf(new TextEncoder().encode(request.stdin))),
    output.stdout,
    output.stderr,
    new PreopenDirectory("/tmp", new Map()),
    new PreopenDirectory("/sysroot", compiler.sysroot.contents),
    new PreopenDirectory("/", new Map([["main.rs", new File(new TextEncoder().encode(asOfToday(request.source)))]])),
  ];
  const end = await outcome(compiler.module, new WASI(command(request), environment(request), files, { debug: false }));
  return { end, ...output.texts(), ms: Math.round(performance.now() - start) };
}

/**
 * A program with what a compiler of today would see in it.
 * @param {string} source
 */
function asOfToday(source) {
  return /\b(size|align)_of(_val)?\b/.test(source) ? source + PRELUDE_SINCE : source;
}

/**
 * @param {Request} request
 * @returns {string[]}
 */
function command(request) {
  const all = ["miri", "--sysroot", "/sysroot", "main.rs", "--target", TARGET, "--edition", request.edition];
  all.push(`-Zcrate-attr=feature(${STABLE_SINCE.join(", ")})`);
  all.push("-Zunstable-options", "--error-format=json", "-A", "warnings");
  if (request.way === "look") return [...all, "--emit=metadata", "-o", "/tmp/main.rmeta"];
  all.push("-Zmiri-ignore-leaks", "-Zmiri-permissive-provenance");
  all.push(`-Zmiri-seed=${request.seed}`, `-Zmiri-preemption-rate=${request.preemption / 100}`);
  return request.way === "run" ? [...all, ...UNCHECKED] : all;
}

/** @param {Request} request */
function environment(request) {
  return request.way === "look" ? ["MIRI_BE_RUSTC=target"] : [];
}

/**
 * @param {WebAssembly.Module} module
 * @param {WASI} wasi
 * @returns {Promise<End>}
 */
async function outcome(module, wasi) {
  const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport });
  try {
    return { exited: wasi.start(instance) };
  } catch (error) {
    // A panic ends in a trap: this compiler cannot unwind. What was said lies in stderr.
    return error instanceof Flooded ? "flooded" : { trapped: String(error?.message ?? error) };
  }
}

/** What a program and the compiler print, up to a limit. */
class Output {
  /** @type {Uint8Array[]} */
  #out = [];
  /** @type {Uint8Array[]} */
  #err = [];
  #unheard = new TextDecoder();
  #news = "";
  #heardAt = performance.now();

  /**
   * @param {number} limit
   * @param {(stdout: string) => void} hear
   */
  constructor(limit, hear) {
    let printed = 0;
    this.stdout = new ConsoleStdout((bytes) => {
      const kept = bytes.slice(0, Math.max(0, limit - printed));
      printed += bytes.length;
      this.#out.push(kept);
      this.#tell(kept, hear);
      if (printed > limit) throw new Flooded();
    });
    let said = 0;
    // The compiler's own words count as well, but each error is long.
    this.stderr = new ConsoleStdout((bytes) => {
      said += bytes.length;
      this.#err.push(bytes.slice());
      if (said > 16 * limit) throw new Flooded();
    });
  }

  #tell(bytes, hear) {
    this.#news += this.#unheard.decode(bytes, { stream: true });
    // Who ends a run wants to know in which test it was.
    if (performance.now() - this.#heardAt < NEWS && !bytes.includes(MARK)) return;
    hear(this.#news);
    this.#news = "";
    this.#heardAt = performance.now();
  }

  texts() {
    return { stdout: textOf(this.#out), stderr: textOf(this.#err) };
  }
}

/** @param {Uint8Array[]} parts */
function textOf(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new TextDecoder().decode(whole);
}
