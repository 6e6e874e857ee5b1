// Passkeys: asks this site for the question, the browser for the answer, and sends that with its form. Without script, or in a browser
// without passkeys, the form is not shown and codes remain.
const kind = { create: "parseCreationOptionsFromJSON", get: "parseRequestOptionsFromJSON" };

document.querySelectorAll("[data-passkey]").forEach(form => {
  const verb = form.dataset.passkey, text = form.querySelector("[data-passkey-text]");
  if (!window.PublicKeyCredential || !PublicKeyCredential[kind[verb]]) return;
  form.hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    text.textContent = "";
    const credential = form.elements.credential;
    credential.value = "";
    try {
      const asked = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
      if (!asked.ok) throw new Error(String(asked.status));
      const publicKey = PublicKeyCredential[kind[verb]](await asked.json());
      credential.value = JSON.stringify(await navigator.credentials[verb]({ publicKey }));
      form.submit();
    } catch {
      text.textContent = text.dataset.failed;
    }
  });
});
