import { expect, it } from 'vitest';
import { classifyMediaError } from './media-problem.ts';

it.each([
  [new DOMException('Permission denied', 'NotAllowedError'), 'denied'],
  [new DOMException('Permission denied by system', 'NotAllowedError'), 'denied-by-system'],
  [new DOMException('Requested device not found', 'NotFoundError'), 'none'],
  [new DOMException('Could not start video source', 'NotReadableError'), 'in-use'],
  [new DOMException('Only secure origins are allowed', 'SecurityError'), 'insecure'],
  [new DOMException('Starting failed', 'AbortError'), 'failed'],
  [{ name: 'OverconstrainedError', constraint: 'deviceId' }, 'none'],
  ['a string', 'failed'],
  [null, 'failed'],
] as const)('names %s', (error, problem) => {
  expect(classifyMediaError(error)).toBe(problem);
});
