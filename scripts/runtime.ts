/**
 * How the Dockerfile starts the function; a test compares the two. Compiled code is only good for a Node started with
 * the flags it was compiled under.
 */
export const NODE_FLAGS = [
  // Garbage is collected in smaller steps: under steady calls the process stays at half the memory and answers evener.
  '--max-semi-space-size=2',
];

/** Settings of the C library's allocator. */
export const NODE_ENV = {
  // The work is single-threaded; each further arena would keep memory of its own.
  MALLOC_ARENA_MAX: '1',
  // What the compiler allocated in blocks of this size goes back to the system when it is done.
  MALLOC_MMAP_THRESHOLD_: '32768',
};
