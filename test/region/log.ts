/** One line about what a part of the region does; it ends in that part's file in the logs folder. */
export type Log = (line: string) => void;
