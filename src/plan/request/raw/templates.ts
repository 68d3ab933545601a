import { fieldPath } from '../../../base/issues.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { Catalog } from '../../../catalog/index.ts';
import type { Finding } from '../../finding.ts';
import { rawOverrides } from './overrides.ts';
import { walk } from './walk.ts';

/**
 * Template actions in overrides: many charts run values through Helm's `tpl`, so one action is code in the controller
 * that serves every cluster of the platform, and `{{ repeat 1000000000 "a" }}` ends it. Refused wherever they stand, in
 * names and lists too, unless the catalogue lets tenants write them for every chart the override may reach.
 */
export function checkTemplates(spec: JsonObject, catalog: Catalog): Finding[] {
  const judged = rawOverrides(spec).filter(({ charts }) => !charts.every(chart => catalog.charts[chart].templates));
  return judged.flatMap(({ path, values }) => {
    const problems: Finding[] = [];
    walk(values, (value, place) => {
      if (isTemplate(place[place.length - 1]) || isTemplate(value)) problems.push(refusal(fieldPath([path, ...place])));
      return true;
    });
    return problems;
  });
}

function isTemplate(text: unknown): boolean {
  return typeof text === 'string' && text.includes('{{');
}

function refusal(path: string): Finding {
  return {
    code: 'TemplateInOverride',
    path,
    message: 'a template action ({{) would be run by the Helm controller that serves all clusters',
    remedy: 'write the value itself, or ask the platform team to allow templates for this chart',
  };
}
