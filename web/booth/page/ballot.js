// The form with the projects: what is chosen, and how much of each limit is
// used. The rules are the sealed ones, from the worker; which choice keeps them
// is for the core to say, when it seals.
import { listenToDrags } from "./drag.js";
import { money, say } from "./words.js";

const hide = (element, hidden) => {
  element.hidden = hidden;
};

/** One contest of the form. */
class Contest {
  constructor(root, sealed, changed) {
    this.root = root;
    this.id = sealed.id;
    this.rules = sealed.rules;
    this.money = { money: root.dataset.money, decimals: Number(root.dataset.decimals) };
    this.meter = root.querySelector("[data-meter]");
    this.wrong = root.querySelector("[data-wrong]");
    this.cards = Array.from(root.querySelectorAll("[data-project]"), (card) => ({
      card,
      project: Number(card.dataset.project),
      name: card.querySelector("[data-name]"),
      input: card.querySelector("input"),
      note: card.querySelector("[data-note]"),
      text: card.textContent.toLowerCase(),
      groups: [...card.querySelectorAll("[data-group]")].map((group) => group.textContent),
    }));
    this.byProject = new Map(this.cards.map((one) => [one.project, one]));
    this.order = [];
    this.check(sealed);
    this.listen(changed);
  }

  // A page that shows other projects or costs than the sealed ones is not voted with.
  check({ projects, rules }) {
    const same =
      this.cards.length === projects.length &&
      this.cards.every(({ card, project }) => projects[project] === card.dataset.id && String(rules.costs[project]) === card.dataset.cost);
    if (!same) throw new Error("this page shows other projects than the public record: do not vote on it, and report it");
  }

  listen(changed) {
    this.root.addEventListener("input", changed);
    this.root.addEventListener("change", changed);
    this.root.addEventListener("click", ({ target }) => {
      const button = target.closest("button[data-do]");
      if (!button) return;
      this.press(button.dataset.do, Number(button.closest("[data-project], [data-ranked]").dataset.project));
      changed();
    });
    const list = this.root.querySelector("[data-ranking]");
    if (!list) return;
    listenToDrags(list, (from, to) => {
      this.move(this.order[from], to);
      this.showOrder();
      changed();
    });
  }

  press(what, project) {
    const { rules, order } = this;
    if (what === "more" || what === "less") {
      const { input } = this.byProject.get(project);
      const [least, most] = rules.points;
      const now = this.pointsOf(input);
      let next;
      if (what === "more") next = now === undefined ? Math.max(least, 1) : Math.min(now + 1, most);
      else next = now === undefined || now <= least || (least <= 0 && now - 1 === 0) ? undefined : now - 1;
      input.value = next ?? "";
    }
    if (what === "rank" && !order.includes(project)) order.push(project);
    if (what === "unrank") this.order = order.filter((one) => one !== project);
    if (what === "up" || what === "down") this.move(project, order.indexOf(project) + (what === "up" ? -1 : 1));
    if (["rank", "unrank", "up", "down"].includes(what)) this.showOrder(project, what);
  }

  move(project, place) {
    if (place < 0 || place >= this.order.length) return;
    this.order = this.order.filter((one) => one !== project);
    this.order.splice(place, 0, project);
  }

  // The ranked projects as a list of their own, best first.
  showOrder(focused, what) {
    const list = this.root.querySelector("[data-ranking]");
    const row = this.root.querySelector("template[data-row]").content.firstElementChild;
    const rows = this.order.map((project, place) => {
      const item = row.cloneNode(true);
      const { name } = this.byProject.get(project);
      item.dataset.project = project;
      item.querySelector("[data-row-name]").replaceChildren(name.cloneNode(true));
      for (const button of item.querySelectorAll("button")) {
        button.setAttribute("aria-label", `${button.textContent}: ${name.textContent}`);
        const still = { up: place === 0, down: place === this.order.length - 1 }[button.dataset.do];
        button.setAttribute("aria-disabled", String(Boolean(still)));
      }
      return item;
    });
    list.replaceChildren(...rows);
    hide(this.root.querySelector("[data-ranking-empty]"), rows.length > 0);
    for (const { card, project } of this.cards) {
      const ranked = this.order.includes(project);
      const add = card.querySelector("button[data-do=rank]");
      add.setAttribute("aria-disabled", String(ranked));
    }
    // The keyboard stays where it was.
    const target = { up: "up", down: "down", unrank: undefined, rank: undefined }[what];
    if (target) list.querySelector(`[data-project="${focused}"] button[data-do=${target}]`)?.focus();
    if (what === "unrank") this.byProject.get(focused).card.querySelector("button[data-do=rank]").focus();
  }

  pointsOf(input) {
    const text = input.value.trim();
    if (!/^-?\d{1,9}$/.test(text)) return text === "" ? undefined : Number.NaN;
    const points = Number(text);
    // Nothing stands for not named, where nobody can be given nothing.
    return points === 0 && this.rules.points[0] > 0 ? undefined : points;
  }

  /** The choice as the worker seals it. */
  get choice() {
    const { kind } = this.rules;
    if (kind === "ranking") return { projects: [...this.order], isRanking: true };
    if (kind === "points" || kind === "scores") {
      const given = this.cards.map(({ project, input }) => [project, this.pointsOf(input)]);
      const named = given.filter(([, points]) => points !== undefined).sort(([one], [other]) => one - other);
      return { projects: named.map(([project]) => project), points: named.map(([, points]) => points) };
    }
    const chosen = this.cards.filter(({ input }) => input.checked && input.value !== "");
    return { projects: chosen.map(({ project }) => project).sort((one, other) => one - other) };
  }

  /** What is entered, right or wrong, to be entered again on another page. */
  get entered() {
    const inputs = this.cards.filter(({ input }) => input);
    return {
      id: this.id,
      order: this.order,
      inputs: inputs.map(({ project, input }) => [project, input.type === "text" ? input.value : input.checked]),
    };
  }

  enter({ order, inputs }) {
    for (const [project, value] of inputs) {
      const { input } = this.byProject.get(project);
      if (input.type === "text") input.value = value;
      else input.checked = value;
    }
    this.order = order;
    if (order.length) this.showOrder();
  }

  cost(projects) {
    return projects.reduce((sum, project) => sum + this.rules.costs[project], 0n);
  }

  /** Every limit: how much is used of how much, and whether that is allowed. */
  limits() {
    const { lengths, spending, points, limits, kind } = this.rules;
    const { projects, points: given } = this.choice;
    const number = (value) => String(value);
    const amount = (value) => money(BigInt(value), this.money);
    const limit = (name, used, least, most, shown, more = {}) => ({
      name,
      used,
      line: say(name, { used: shown(used), most: shown(most), ...more }),
      over: used > most ? say("booth-over", { most: shown(most) }) : undefined,
      under: used < least ? say("booth-under", { least: shown(least) }) : undefined,
    });
    const found = [];
    if (kind !== "scores" || lengths[0] > 0 || lengths[1] < this.cards.length)
      found.push(limit(kind === "ranking" ? "booth-meter-ranked" : "booth-meter-count", projects.length, lengths[0], lengths[1], number));
    if (spending.length) found.push(limit("booth-meter-cost", this.cost(projects), spending[0], spending[1], amount));
    if (points.length === 4) {
      const sum = given.reduce((all, one) => all + one, 0);
      found.push(limit("booth-meter-points", sum, points[2], points[3], number));
    }
    for (const { projects: counted, isCost, range } of limits) {
      const named = projects.filter((project) => counted.includes(project));
      const whose = counted.map((project) => this.byProject.get(project).name.textContent).join(", ");
      const used = isCost ? this.cost(named) : BigInt(named.length);
      found.push(limit("booth-meter-group", used, range[0], range[1], isCost ? amount : number, { whose }));
    }
    return found;
  }

  // Points that are no number, or beyond what one project can be given.
  wrongPoints() {
    const [least, most] = this.rules.points;
    const wrong = this.cards.filter(({ input }) => {
      const points = input && this.rules.points.length ? this.pointsOf(input) : undefined;
      return points !== undefined && !(points >= least && points <= most);
    });
    for (const { input } of this.cards) input?.setAttribute("aria-invalid", String(wrong.some((one) => one.input === input)));
    return wrong.length ? [say("booth-wrong-points", { least, most })] : [];
  }

  /** Shows the meters, and why a project does not fit; gives what is wrong. */
  update() {
    const limits = this.limits();
    this.meter.textContent = limits.map(({ line }) => line).join(" · ");
    const over = limits.map((limit) => limit.over).filter(Boolean);
    const under = limits.map((limit) => limit.under).filter(Boolean);
    const points = this.wrongPoints();
    this.meter.classList.toggle("meter-over", over.length > 0);
    this.wrong.textContent = [...points, ...over].join(" ");
    this.notes();
    return [...points, ...over, ...under];
  }

  // Said beside a project before the limit is hit.
  notes() {
    const { kind, lengths, spending } = this.rules;
    if (kind === "choose-one" || kind === "scores" || kind === "points") return;
    const { projects } = this.choice;
    const left = spending.length ? spending[1] - this.cost(projects) : undefined;
    for (const { project, note } of this.cards) {
      const chosen = projects.includes(project);
      let reason = "";
      if (!chosen && projects.length >= lengths[1]) reason = say("booth-note-full", { most: lengths[1] });
      else if (!chosen && left !== undefined && this.rules.costs[project] > left) {
        reason = say("booth-note-cost", { left: money(left > 0n ? left : 0n, this.money) });
      }
      note.textContent = reason;
    }
  }

  filter(words, group) {
    let shown = 0;
    for (const { card, text, groups } of this.cards) {
      const fits = words.every((word) => text.includes(word)) && (!group || groups.includes(group));
      hide(card, !fits);
      shown += fits ? 1 : 0;
    }
    return shown;
  }

  /** The choice in words: lines for the review. */
  lines(choice = this.choice) {
    return choice.projects.map((project, place) => {
      const line = document.createElement("li");
      line.append(this.byProject.get(project).name.cloneNode(true));
      const cost = this.byProject.get(project).card.querySelector("[data-cost-shown]").textContent;
      const more = choice.points ? say("booth-line-points", { points: choice.points[place] }) : cost;
      line.append(" – ", more);
      return line;
    });
  }
}

/** The form of a poll: the contests of its style. */
export const makeBallot = (form, contests, changed) => {
  const roots = new Map([...form.querySelectorAll("[data-contest]")].map((root) => [root.dataset.id, root]));
  for (const root of roots.values()) hide(root, true);
  const update = () => {
    const wrong = made.flatMap((contest) => contest.update());
    changed();
    return wrong;
  };
  const made = contests.map((sealed) => {
    const root = roots.get(sealed.id);
    if (!root) throw new Error("this page lacks a question of the public record: do not vote on it, and report it");
    hide(root, false);
    return new Contest(root, sealed, () => update());
  });
  const search = form.querySelector("#q");
  const group = form.querySelector("#group");
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = made.reduce((sum, contest) => sum + contest.filter(words, group?.value), 0);
    form.querySelector("#found").textContent = say("booth-found", { count: shown });
  };
  search.addEventListener("input", filter);
  group?.addEventListener("input", filter);
  return {
    contests: made,
    update,
    get choices() {
      return made.map((contest) => contest.choice);
    },
    get entered() {
      return made.map((contest) => contest.entered);
    },
    enter(list) {
      for (const one of list) made.find(({ id }) => id === one.id)?.enter(one);
    },
    get isTouched() {
      return made.some((contest) => contest.choice.projects.length > 0);
    },
  };
};

/** A choice to read again: every contest with its lines. */
export const summary = (ballot, choices = ballot.choices) =>
  ballot.contests.map((contest, place) => {
    const part = document.createElement("section");
    const heading = document.createElement("h3");
    heading.append(...[...contest.root.querySelector("[data-heading]").childNodes].map((node) => node.cloneNode(true)));
    const lines = contest.lines(choices[place]);
    const list = document.createElement(contest.rules.kind === "ranking" ? "ol" : "ul");
    list.append(...lines);
    const blank = document.createElement("p");
    blank.textContent = say("booth-blank");
    part.append(heading, lines.length ? list : blank);
    return part;
  });
