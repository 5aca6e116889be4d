// Another language, the same voter: what is entered goes along, and never
// through a server.

/** Follows the page's language links, once `leave(url)` has kept what goes along. */
export const followLanguages = (leave) => {
  for (const link of document.querySelectorAll(".languages a"))
    link.addEventListener("click", async (event) => {
      const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (isElsewhere) return;
      event.preventDefault();
      const url = new URL(link.href);
      await leave(url);
      location.assign(url);
    });
};
