// Tells htmx when the town moved; moves the focus through lists. The pages work without it.
"use strict";

const soon = (act, wait) => {
  let timer = 0;
  return () => {
    if (!timer) timer = setTimeout(() => { timer = 0; act(); }, wait);
  };
};
const changed = soon(() => {
  const again = { source: "#main", target: "#main", select: "#main", swap: "outerMorph" };
  htmx.ajax("GET", location.href, again);
}, 120);
const moved = soon(() => htmx.trigger(document.body, "town:time"), 40);

// Who went on to another page meanwhile must not be taken back to this one.
document.addEventListener("htmx:before:swap", (event) => {
  const { sourceElement, request } = event.detail.ctx;
  const asked = new URL(request.action, location.href).href;
  if (sourceElement.id === "main" && asked !== location.href) event.preventDefault();
});

let last = document.body.dataset.after;
let source = null;
let told = "";

// A hidden tab lets go of its stream: browsers allow only a few per server.
const listen = () => {
  source?.close();
  source = null;
  if (document.hidden) return;
  source = new EventSource(`/live?after=${last}`);
  source.addEventListener("time", (event) => {
    const { problems } = JSON.parse(event.data);
    if (told && JSON.stringify(problems) !== told) changed();
    told = JSON.stringify(problems);
    moved();
  });
  source.addEventListener("happened", (event) => {
    last = event.lastEventId;
    moved();
    changed();
  });
};
document.addEventListener("visibilitychange", listen);
listen();

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = event.target.closest?.("[data-arrows]");
  if (!step || !list) return;
  const links = [...list.querySelectorAll("a")];
  const next = links[links.indexOf(event.target.closest("a")) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

// A control that time disables keeps the focus; it only does nothing.
document.addEventListener("submit", (event) => {
  if (event.submitter?.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);
