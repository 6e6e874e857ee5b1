// The little that pages do with script. Everything works without it.
document.querySelectorAll("[data-print]").forEach(button => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

const summary = document.querySelector(".error-summary");
if (summary) summary.focus();

// Long work: what it says as it happens; at its end the page is asked for again, and that leads on.
document.querySelectorAll("[data-job]").forEach(job => {
  const bar = job.querySelector("progress"), percent = job.querySelector(".percent"), text = job.querySelector("[data-job-text]");
  const events = new EventSource(job.dataset.job);
  events.onmessage = message => {
    const now = JSON.parse(message.data);
    if (text.textContent !== now.text) text.textContent = now.text;
    if (now.percent === null) { bar.removeAttribute("value"); percent.textContent = ""; }
    else { bar.value = now.percent; percent.textContent = `${now.percent} %`; }
    if (now.ended) { events.close(); location.reload(); }
  };
});

// One key for each button of a part that says so, while the focus is in it: the buttons work without.
document.querySelectorAll("[data-keys]").forEach(part => part.addEventListener("keydown", event => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.target.matches("input, textarea, select")) return;
  const button = part.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button) { event.preventDefault(); button.click(); }
}));
