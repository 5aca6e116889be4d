// One tab at a time has a vote.

/** `take(options)` takes the vote, even from another tab with `steal`: `begin` is called here, or `elsewhere`. */
export const oneTab = (name, { begin, elsewhere }) => (options) =>
  navigator.locks
    .request(name, options, async (held) => {
      if (!held) return elsewhere();
      await begin();
      await new Promise(() => {});
    })
    .catch(() => elsewhere({ taken: true }));
