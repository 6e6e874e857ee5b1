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
