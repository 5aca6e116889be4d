// Rows put in order by dragging: with a mouse anywhere on a row, with a finger
// or a pen by its grip, so that the page still scrolls. Buttons do the same.

/** How near to the window's edge a drag scrolls, and how far at once, in pixels. */
const EDGE = 60;
const STEP = 12;

const middle = (row) => {
  const box = row.getBoundingClientRect();
  return (box.top + box.bottom) / 2;
};

/** Calls `move(from, to)` with places in the list when a row is dropped elsewhere. */
export const listenToDrags = (list, move) => {
  let drag;
  const places = () => [...list.children];
  // Where the dragged row would stand: behind all others that are above the pointer.
  const placeAt = (y) => places().filter((row) => row !== drag.row && middle(row) < y).length;
  const mark = (place) => {
    const others = places().filter((row) => row !== drag.row);
    for (const [at, row] of others.entries()) {
      row.classList.toggle("drop-before", at === place && place !== drag.from);
      row.classList.toggle("drop-after", at === others.length - 1 && place === others.length && place !== drag.from);
    }
  };
  const end = () => {
    if (!drag) return;
    for (const row of places()) row.classList.remove("dragged", "drop-before", "drop-after");
    drag.row.style.transform = "";
    drag = undefined;
  };
  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("[data-ranked]");
    const isHeld = event.pointerType === "mouse" ? !event.target.closest("button") : event.target.closest("[data-grip]");
    if (drag || !row || !isHeld || event.button !== 0) return;
    list.setPointerCapture(event.pointerId);
    drag = { row, from: places().indexOf(row), pointer: event.pointerId, y: event.pageY };
    row.classList.add("dragged");
  });
  list.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    if (event.clientY < EDGE) scrollBy({ top: -STEP, behavior: "instant" });
    if (event.clientY > innerHeight - EDGE) scrollBy({ top: STEP, behavior: "instant" });
    drag.row.style.transform = `translateY(${event.pageY - drag.y}px)`;
    mark(placeAt(event.clientY));
  });
  list.addEventListener("pointerup", (event) => {
    if (event.pointerId !== drag?.pointer) return;
    const [from, to] = [drag.from, placeAt(event.clientY)];
    end();
    if (from !== to) move(from, to);
  });
  list.addEventListener("lostpointercapture", end);
};
