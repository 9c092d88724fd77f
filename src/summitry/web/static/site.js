"use strict";
// The pages work without this. With it: lists follow what is typed, and keys decide in review.

(() => {
  const results = () => document.getElementById("results");

  // Search as you type: the form's own address is asked for, and its results take the place of those shown.
  for (const form of document.querySelectorAll("form[data-live]")) {
    let waiting = 0;
    let asking = null;
    const show = async () => {
      const query = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
      const address = form.getAttribute("action") + (query.size ? "?" + query : "");
      if (asking) asking.abort();
      asking = new AbortController();
      try {
        const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = answer.ok ? page.getElementById("results") : null;
        if (fresh) {
          results().replaceWith(fresh);
          history.replaceState(null, "", address);
        } else {
          const told = document.createElement("p");
          told.className = "conflict";
          told.textContent = page.querySelector("main p")?.textContent ?? "";
          results().replaceChildren(told);
        }
      } catch (error) {
        if (error.name !== "AbortError") form.submit();
      }
    };
    form.addEventListener("input", (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(show, event.target.matches("select, [type=checkbox]") ? 0 : 220);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      show();
    });
  }

  // "/" leads to the search.
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !typing(event)) {
      const search = document.querySelector("input[type=search]");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
  });

  // A report whose people, places and times were not found in time: look again, a few times.
  const again = async (left) => {
    const marked = document.querySelector("#marked[data-late]");
    if (!marked || !left) return;
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = answer.ok ? page.getElementById("marked") : null;
      if (fresh && !fresh.hasAttribute("data-late")) marked.replaceWith(fresh);
    } catch {
      return;
    }
    setTimeout(again, 2000, left - 1);
  };
  setTimeout(again, 1000, 10);

  function typing(event) {
    return event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]");
  }

  const review = document.getElementById("review");
  if (!review) return;

  // Review: folded until asked for; a key presses the button that shows it, a number the choice of the open list.
  const folds = [...review.querySelectorAll("details")];
  for (const fold of folds) fold.open = location.hash === "#" + fold.id;
  const open = (name) => {
    for (const fold of folds) fold.open = fold.id === name;
    const fold = document.getElementById(name);
    fold.scrollIntoView({ block: "nearest" });
    (fold.querySelector("input:not([type=hidden])") ?? fold.querySelector("button") ?? fold.querySelector("summary")).focus();
  };
  for (const link of review.querySelectorAll("[data-open]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(link.dataset.open);
    });
  }
  let sent = false;
  for (const form of review.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
  }
  addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const fold of folds) fold.open = false;
      document.activeElement?.blur();
      return;
    }
    if (typing(event) || event.repeat) return;
    const chosen = /^[1-9]$/.test(event.key)
      ? review.querySelector(`details[open] [data-choice="${event.key}"]`)
      : /^[a-z]$/.test(event.key) ? review.querySelector(`[data-key="${event.key}"]`) : null;
    if (chosen) {
      event.preventDefault();
      chosen.click();
    }
  });
  const field = review.querySelector("select[name=field]");
  const value = review.querySelector("#edit input[name=value]");
  field.addEventListener("change", () => { value.value = field.selectedOptions[0].dataset.value; });
})();
