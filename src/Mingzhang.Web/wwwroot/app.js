// Progressive enhancement only: every page works without this file.
document.documentElement.classList.add('js');

// A filter form sends itself when a choice changes.
for (const form of document.querySelectorAll('form[data-auto]')) {
  form.addEventListener('change', e => { if (e.target.matches('select')) form.requestSubmit(); });
}

// A second tap on the same button sends nothing; the key in the form would make it harmless anyway.
for (const form of document.querySelectorAll('form[method=post]')) {
  form.addEventListener('submit', e => {
    if (form.dataset.busy) return e.preventDefault();
    form.dataset.busy = '1';
    setTimeout(() => delete form.dataset.busy, 4000);
  });
}

// A cost table has to be read: the button opens when the seconds are over. The server counts, too.
for (const button of document.querySelectorAll('button[data-wait]')) {
  const text = button.textContent, end = Date.now() + button.dataset.wait * 1000;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? button.dataset.waiting.replace('#', left) : text;
    if (left > 0) setTimeout(tick, 250);
  };
  tick();
}

// The PIN boxes show how many digits are in.
for (const input of document.querySelectorAll('.pin input')) {
  const boxes = input.parentElement.querySelectorAll('i');
  const show = () => boxes.forEach((box, i) => { box.textContent = i < input.value.length ? '\u25CF' : ''; });
  input.addEventListener('input', show);
  show();
}

// Fragment swap: asks for the same page again and replaces one region; the address follows.
for (const form of document.querySelectorAll('form[data-swap]')) {
  let timer, running;
  const run = async () => {
    running?.abort();
    running = new AbortController();
    const url = new URL(form.action);
    url.search = new URLSearchParams(new FormData(form));
    const old = document.querySelector(form.dataset.swap);
    old.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(url, { signal: running.signal });
      if (!answer.ok || answer.redirected) return location.assign(url);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      old.replaceWith(page.querySelector(form.dataset.swap));
      history.replaceState(null, '', url);
    } catch (e) {
      if (e.name !== 'AbortError') location.assign(url);
    }
  };
  const range = form.querySelector('input[type=range]'), text = form.querySelector('input[data-amount]');
  range?.addEventListener('input', () => { text.value = (range.value / 100).toFixed(2); });
  text?.addEventListener('input', () => { const v = Math.round(parseFloat(text.value) * 100); if (v >= 0) range.value = v; });
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(run, 200); });
  form.addEventListener('submit', e => { e.preventDefault(); run(); });
}

// Passkeys, on the pages that offer them.
if (document.querySelector('[data-passkey]')) import('/passkey.js');

// Without a network a page says so instead of the browser.
if (location.pathname.startsWith('/app')) navigator.serviceWorker?.register('/sw.js', { scope: '/app' }).catch(() => {});
