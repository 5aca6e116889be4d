// The worker's side of `ask` (machine.js).

/** Answers what the page asks, one after the other, in the order it came. */
export const answerBy = (answers) => {
  let before = Promise.resolve();
  self.onmessage = ({ data: { number, name, values } }) => {
    before = before.then(async () => {
      try {
        self.postMessage({ number, result: await answers[name](...values) });
      } catch (error) {
        self.postMessage({ number, error: String(error?.message ?? error) });
      }
    });
  };
};
