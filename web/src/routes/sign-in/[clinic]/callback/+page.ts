// What comes with the address is for the browser that began, and for no server on the way.
export const ssr = false;
