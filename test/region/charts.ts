/**
 * The one door between the region and the repository's chart packing: the region serves the project's own charts
 * exactly as a release would publish them.
 */
export { type Files, packArchive, readArchive } from '../../scripts/archive.ts';
export { chartNames, type PackedChart, packChart } from '../../scripts/charts.ts';
