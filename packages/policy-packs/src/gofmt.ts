import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** What the module is called with; see its `gofmt.d.wasm.ts`. */
interface GofmtExports {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly alloc: (length: number) => number;
  /** 0: nothing to change; 1: the output is the formatted source; else it is the complaint. */
  readonly format: () => number;
  readonly output_ptr: () => number;
  readonly output_len: () => number;
  readonly dispose: () => void;
}

let compiled: WebAssembly.Module | undefined;
let running: GofmtExports | undefined;

function start(): GofmtExports {
  compiled ??= new WebAssembly.Module(
    readFileSync(
      createRequire(__filename).resolve('@wasm-fmt/gofmt/gofmt.wasm'),
    ),
  );
  const exports = new WebAssembly.Instance(compiled)
    .exports as unknown as GofmtExports;
  exports._initialize();
  return exports;
}

/** Formats Go source with Go's own formatter, compiled to WebAssembly: the formatted text, or what the parser complains about. */
export function gofmt(
  source: string,
): { readonly formatted: string } | { readonly complaint: string } {
  const wasm = (running ??= start());
  try {
    const bytes = new TextEncoder().encode(source);
    const at = wasm.alloc(bytes.length);
    new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
    const outcome = wasm.format();
    const text =
      outcome === 0
        ? source
        : new TextDecoder().decode(
            new Uint8Array(
              wasm.memory.buffer,
              wasm.output_ptr(),
              wasm.output_len(),
            ),
          );
    wasm.dispose();
    return outcome > 1 || outcome < 0
      ? { complaint: text }
      : { formatted: text };
  } catch (error) {
    // One that has stopped in the middle cannot be used again.
    running = undefined;
    throw error;
  }
}
