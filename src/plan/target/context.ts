import type { ClusterId } from '../../base/names.ts';
import type { Catalog } from '../../catalog/index.ts';
import type { Accepted } from '../children.ts';
import type { Request } from '../request/request.ts';
import type { Reservations } from '../reservations.ts';

/** All a target is made of: never a status, never the clock. */
export interface TargetContext {
  cluster: ClusterId;
  request: Request;
  /** As of today: a version that has ended says so. */
  catalog: Catalog;
  accepted: Accepted;
  reservations: Reservations;
}
