// Keys and suggestions. Every page works without this file; it adds what a
// form cannot: one key a decision, and results while one types.
'use strict';
(() => {
  const search = document.getElementById('q-top');
  const box = document.getElementById('suggestions');
  let waiting = 0;
  let asked = '';

  const links = () => [...document.querySelectorAll('#suggestions:not([hidden]) a, .moves th a, .queue a, .people a, .margin a')];

  function step(by) {
    const all = links();
    const at = all.indexOf(document.activeElement);
    const to = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
    if (to) to.focus();
  }

  function close() {
    box.hidden = true;
    box.replaceChildren();
  }

  async function suggest() {
    const q = search.value.trim();
    asked = q;
    if (q.length < 2) return close();
    let text = '';
    try {
      const answer = await fetch('/search?part=1&q=' + encodeURIComponent(q), {credentials: 'same-origin'});
      if (!answer.ok) return close();
      text = await answer.text();
    } catch {
      return close(); // the form still works
    }
    if (asked !== q) return; // somebody typed on
    const found = new DOMParser().parseFromString(text, 'text/html').body;
    box.replaceChildren(...found.childNodes);
    box.hidden = box.childNodes.length === 0;
  }

  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 150);
  });
  document.addEventListener('focusin', (e) => {
    if (!e.target.closest('.search')) close();
  });

  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    const inSearch = e.target.closest('.search');
    if (inSearch && !box.hidden && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) {
      const all = [search, ...box.querySelectorAll('a')];
      const to = all[all.indexOf(e.target) + (e.key === 'ArrowDown' ? 1 : -1)];
      if (to) to.focus();
      return e.preventDefault();
    }
    if (e.key === 'Escape' && inSearch) {
      close();
      return search.focus();
    }
    if (e.target.closest('input, select, textarea')) return;
    const key = e.key.toLowerCase();
    if (key === '/') {
      search.focus();
      search.select();
    } else if (key === '?') {
      location.assign('/help');
    } else if (key === 'j' || key === 'k') {
      step(key === 'j' ? 1 : -1);
    } else {
      const button = [...document.querySelectorAll('[data-key]')].find((b) => b.dataset.key === key);
      if (!button || e.repeat) return;
      button.click();
    }
    e.preventDefault();
  });
})();
