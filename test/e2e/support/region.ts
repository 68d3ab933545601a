import { inject } from 'vitest';
import { connect, type Kube } from '../../region/kube.ts';

/** The administrator's client of the shared region. */
export function admin(): Kube {
  return connect(inject('region').admin);
}

/** A tenant's client: it may do what RoleBindings to its group allow, and nothing else. */
export function tenant(): Kube {
  return connect(inject('region').tenant);
}
