/* global matchMedia, document, addEventListener */
// Runs before the first paint, so that nobody sees the wrong theme flash by.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const bar = document.querySelector('meta[name="theme-color"]');
  // What was chosen on this page; it holds here even where storage is blocked.
  let chosen = null;
  const read = () => {
    try {
      return localStorage.getItem('careconnect.theme');
    } catch {
      return null;
    }
  };
  const apply = () => {
    const choice = chosen ?? read();
    const theme = choice === 'dark' || choice === 'light' ? choice : system.matches ? 'dark' : 'light';
    root.dataset.theme = theme;
    bar.content = bar.dataset[theme];
  };
  apply();
  system.addEventListener('change', apply);
  addEventListener('careconnect:theme', ({ detail }) => {
    chosen = detail;
    apply();
  });
  addEventListener('storage', () => {
    chosen = null; // another tab chose later
    apply();
  });
})();
