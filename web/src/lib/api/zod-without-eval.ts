import { config } from 'zod/v4';

// zod compiles its checks with `new Function` where it may, and tries whether it may when the first of them is made. Our
// pages do not allow it, and each try would break their policy. So whatever imports zod gets it from here, configured.
config({ jitless: true });

export * from 'zod/v4';
