// What the page does where scripts run: searches, filters, copies, and opens what a link leads to.

(() => {
  const filter = document.getElementById('filter');
  const entries = [...document.querySelectorAll('.requirement')];
  const texts = new Map(entries.map((entry) => [entry, entry.textContent.toLowerCase()]));

  function refine() {
    const words = filter.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = (name) => [...filter.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value);
    const statuses = chosen('status');
    const levels = chosen('level');
    let shown = 0;
    for (const entry of entries) {
      const { status, level } = entry.dataset;
      const fits =
        statuses.includes(status) &&
        levels.includes(level) &&
        words.every((word) => texts.get(entry).includes(word));
      entry.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const theme of document.querySelectorAll('.theme'))
      theme.hidden = theme.querySelector('.requirement:not([hidden])') === null;
    document.getElementById('nothing-matches').hidden = shown > 0;
    filter.querySelector('output').textContent = `${shown} of ${entries.length} requirements`;
  }

  if (filter !== null) {
    filter.hidden = false;
    filter.addEventListener('input', refine);
    filter.addEventListener('submit', (event) => event.preventDefault());
    document.addEventListener('keydown', (event) => {
      const typing = event.target instanceof Element && event.target.matches('input, textarea, select');
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        filter.elements.words.focus();
      } else if (event.key === 'Escape' && event.target === filter.elements.words) {
        filter.elements.words.value = '';
        refine();
      }
    });
    refine();
  }

  // A link into the page shows what it leads to, even where the filter hides it.
  function open() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target === null || !target.matches('.requirement')) return;
    target.hidden = false;
    target.closest('.theme').hidden = false;
    target.open = true;
    target.scrollIntoView();
  }
  addEventListener('hashchange', open);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) open();
  });
  open();

  async function copy(button) {
    const source = button.closest('.to-copy').querySelector('pre');
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(source);
      button.textContent = 'Selected: copy it with Ctrl+C';
    }
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  }
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', () => copy(button));
  }

  // On paper nothing can be opened.
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('.finding details:not([open])')];
    for (const one of closed) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of closed) one.open = false;
  });
})();
