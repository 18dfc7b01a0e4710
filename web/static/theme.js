/* global matchMedia, document, addEventListener */
// Runs before the first paint, so that nobody sees the wrong theme flash by.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const bar = document.querySelector('meta[name="theme-color"]');
  const apply = () => {
    let choice = null;
    try {
      choice = localStorage.getItem('careconnect.theme');
    } catch {
      // storage may be blocked; the system's preference then holds
    }
    const theme = choice === 'dark' || choice === 'light' ? choice : system.matches ? 'dark' : 'light';
    root.dataset.theme = theme;
    bar.content = bar.dataset[theme];
  };
  apply();
  system.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener('careconnect:theme', apply);
})();
