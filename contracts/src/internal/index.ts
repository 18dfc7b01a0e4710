export * from './facts.ts';
export * from './node-load.ts';
export * from './pushes.ts';
export * from './sfu.ts';
export * from './sfu-load.ts';
export * from './sfu-parts.ts';
