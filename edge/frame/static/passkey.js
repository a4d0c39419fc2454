// Passkeys need a script: browsers offer them in no other way. Without it the forms here stay hidden or say so, and an
// authenticator app does the same work.
const can = typeof PublicKeyCredential === "function" && PublicKeyCredential.parseCreationOptionsFromJSON;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!can) continue;
  form.hidden = false;
  const making = form.dataset.passkey === "create", field = form.elements.namedItem(making ? "answer" : "passkey");
  const said = form.querySelector('[role="alert"]');
  form.addEventListener("submit", async (e) => {
    if (field.value) return;
    e.preventDefault();
    said.hidden = true;
    try {
      const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const options = await answer.json().catch(() => ({}));
      if (!answer.ok) throw new Error(options.problem || form.dataset.failed);
      const credential = making
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      field.value = JSON.stringify(credential);
      form.submit();
    } catch (problem) {
      // What the browser says of itself (called off, timed out) is in its own words and language: ours are shown instead.
      said.textContent = problem instanceof DOMException ? form.dataset.failed : problem.message;
      said.hidden = false;
    }
  });
}
