/**
 * Most objects of one composite, those on their way out included: Crossplane's circuit breaker opens on composites with
 * many (design section 2).
 */
export const MAX_COMPOSED = 40;
