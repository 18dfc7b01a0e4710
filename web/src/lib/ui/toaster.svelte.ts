import { createContext } from 'svelte';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'attention';
}

const SHOWN_MS = 6_000;

/** Short news that needs no answer. It is also spoken, because its region is live. */
export class Toaster {
  toasts = $state.raw<readonly Toast[]>([]);
  #nextId = 1;

  /** Shows a sentence for six seconds. */
  show(text: string, tone: Toast['tone'] = 'good'): void {
    const toast: Toast = { id: this.#nextId++, text, tone };
    this.toasts = [...this.toasts, toast];
    setTimeout(() => this.dismiss(toast.id), SHOWN_MS);
  }

  /** News of one page says nothing on the next, where another person may be looking. */
  clear(): void {
    this.toasts = [];
  }

  dismiss(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }
}

export const [getToaster, setToaster] = createContext<Toaster>();
