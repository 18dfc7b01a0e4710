declare global {
  namespace App {
    interface Error {
      /** The contract's error code, where the error came from the platform. */
      code?: string;
      /** For the person to read out and for us to find it in the logs. */
      requestId?: string;
    }
    interface PageState {
      /** While a visit is booked: its time is chosen, and what it is about is asked. */
      isTimeChosen?: boolean;
    }
  }
}

export {};
