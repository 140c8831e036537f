// Passkeys: asks the server what to sign, the authenticator to sign it, and sends the form with the answer in it.
const ask = async (form, url, extra) => {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams([...new FormData(form), ...extra]) });
  if (!answer.ok) throw new Error(answer.status === 422 ? await answer.text() : '');
  return answer.json();
};
const put = (form, name, value) => {
  const field = form.querySelector(`input[type=hidden][name=${name}]`) ?? form.appendChild(document.createElement('input'));
  field.type = 'hidden'; field.name = name; field.value = value;
};
for (const button of document.querySelectorAll('button[data-passkey]')) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
  button.hidden = false;
  const form = button.form, say = form.querySelector('[data-passkey-says]');
  button.addEventListener('click', async () => {
    button.disabled = true;
    say.textContent = '';
    try {
      const create = button.dataset.passkey === 'create';
      const { step, options } = await ask(form, button.dataset.url, [['for', new URL(form.action).pathname]]);
      const credential = create
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      put(form, 'step', step);
      put(form, 'assertion', JSON.stringify(credential.toJSON()));
      form.submit();
    } catch (e) {
      say.textContent = e.name === 'Error' && e.message ? e.message : button.dataset.failed;
      button.disabled = false;
    }
  });
}
