// The page loads again when the folder has changed.
"use strict";
const shown = document.body.dataset.revision;
setInterval(async () => {
  try {
    const answer = await fetch("/revision", { cache: "no-store" });
    if (answer.ok && (await answer.text()) !== shown) location.reload();
  } catch {
    // The command has ended; the page stays as it is.
  }
}, 1000);
