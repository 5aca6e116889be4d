// Runs the observer's module in a worker, so that a recount never makes the page
// stand still. It has no network: the page fetches what this asks for.
import { answerBy } from "./answering.js";
import init, { Finder, Observer } from "./observer.js";

let machine;

// A new one takes the place of one that did not come to its end.
const replace = (fresh) => {
  machine?.free();
  machine = fresh;
  return state();
};

const state = () => ({ wants: machine.wants(), done: machine.done, of: machine.of });

const unpacked = async (file) => {
  const stream = new Blob([file]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

answerBy({
  start: async (module) => {
    await init({ module_or_path: module });
  },
  audit: (election) => replace(new Observer(election)),
  find: (receipt, election) => replace(new Finder(receipt, election)),
  take: async (file) => {
    if (!machine.take(file) && !machine.take(await unpacked(file))) throw new Error("unproven: a file packed twice");
    return state();
  },
  verdict: () => {
    const judged = machine;
    // The verdict is an observer's end.
    machine = undefined;
    return JSON.parse(judged.verdict());
  },
  found: () => JSON.parse(machine.found() ?? "null"),
});
