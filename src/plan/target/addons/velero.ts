import { isObject, type Json, objectAt } from '../../../base/json.ts';
import { EVERY_NODE } from './every-node.ts';
import { release } from './release.ts';
import type { Addon, Values } from './types.ts';

/** The plugin for S3 that belongs to the chart's Velero; Velero itself speaks to no store. */
const S3_PLUGIN = 'docker.io/velero/velero-plugin-for-aws:v1.14.2';
const LOCATIONS = ['backupStorageLocation', 'volumeSnapshotLocation'];

/** Velero: backups of objects and, file by file, of volumes to an S3 bucket. */
export const velero: Addon = {
  key: 'velero',
  spellings: ['velero'],
  releases(context, override) {
    const given = asLists(override);
    return { velero: release(context, 'velero', { values: values(given), override: given }) };
  },
};

function values(given: Values): Values {
  const { backupStorageLocation, volumeSnapshotLocation } = objectAt(given, 'configuration');
  return {
    initContainers: [
      {
        name: 'velero-plugin-for-aws',
        image: S3_PLUGIN,
        volumeMounts: [{ mountPath: '/target', name: 'plugins' }],
      },
    ],
    deployNodeAgent: true,
    nodeAgent: { tolerations: EVERY_NODE },
    configuration: { defaultVolumesToFsBackup: true },
    // Without a place to write to, the chart's own empty locations would be refused.
    backupsEnabled: backupStorageLocation !== undefined,
    snapshotsEnabled: volumeSnapshotLocation !== undefined,
    // Flux keeps the chart's CRDs up to date.
    upgradeCRDs: false,
  };
}

/** The documentation gives one location as a map, the chart wants a list (H76). */
function asLists(values: Values): Values {
  const { configuration } = values;
  if (!isObject(configuration)) return values;
  const lists = LOCATIONS.map((key): [string, Json | undefined] => [key, asList(configuration[key])]);
  return { ...values, configuration: { ...configuration, ...Object.fromEntries(lists.filter(([, list]) => list)) } };
}

function asList(location: Json | undefined): Json | undefined {
  return isObject(location) ? [{ default: true, ...location }] : location;
}
