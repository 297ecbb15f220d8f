// What checks add to the window of a page that they look at.
interface Window {
  /** Times of a large page; see size.mjs. */
  emicTimes: Record<string, number>;
  /** Set by a script of the hostile study that should not have run. */
  hit?: number;
}
