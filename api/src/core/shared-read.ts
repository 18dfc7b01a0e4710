/**
 * Answers the same question, asked by many at the same moment, with one read: a whole clinic's desks ask again
 * when their connection returns. Whoever asks while a read is under way shares the next one and never that one,
 * so that every answer was read after it was asked for, and a change is seen by whoever made it.
 */
export function createSharedRead<Question, Answer>(
  keyOf: (question: Question) => string,
  read: (question: Question) => Promise<Answer>,
): (question: Question) => Promise<Answer> {
  interface Turn {
    readonly underWay: Promise<unknown>;
    next: Promise<Answer> | null;
  }
  const turns = new Map<string, Turn>();

  function begin(key: string, question: Question): Promise<Answer> {
    const answer = read(question);
    const turn: Turn = { underWay: answer, next: null };
    turns.set(key, turn);
    const forget = () => {
      if (turn.next === null) turns.delete(key);
    };
    answer.then(forget, forget);
    return answer;
  }

  return (question) => {
    const key = keyOf(question);
    const turn = turns.get(key);
    if (!turn) return begin(key, question);
    const go = () => begin(key, question);
    turn.next ??= turn.underWay.then(go, go);
    return turn.next;
  };
}
