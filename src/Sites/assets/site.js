// The little that pages do with script. Everything works without it.
document.querySelectorAll("[data-print]").forEach(button => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

const summary = document.querySelector(".error-summary");
if (summary) summary.focus();
